package dev.settle.comparison.settle;

import dev.settle.CallRejectedException;
import dev.settle.abort.AbortSignal;
import dev.settle.autoconfigure.SettleAutoConfiguration;
import dev.settle.comparison.Applications;
import dev.settle.comparison.Library;
import dev.settle.comparison.Mistake;
import dev.settle.comparison.Rule;
import dev.settle.time.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.context.LifecycleAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Scope;

/** Settle, by its annotations on beans of a Spring Boot application. */
public final class SettleLibrary implements Library {

    private final Applications applications = new Applications(Application.class);

    private Service service(String... properties) {
        return this.applications
                .start(List.of(Service.class, Service.Chosen.class), properties)
                .getBean(Service.class);
    }

    private Service service(Duration time, Duration wait) {
        return service(
                property("time", time), property("wait", wait), "spring.lifecycle.timeout-per-shutdown-phase=2s");
    }

    private Service service(Duration time) {
        return service(time, Duration.ZERO);
    }

    private static String property(String name, Duration value) {
        return "comparison." + name + "=" + value.toMillis() + "ms";
    }

    @Override
    public Rule retry(Duration delay) {
        return service(delay)::retried;
    }

    @Override
    public Rule retryStage(Duration delay) {
        Service service = service(delay);
        return body -> service.retriedStage(body).toCompletableFuture();
    }

    @Override
    public Rule retryIf(Predicate<Throwable> retryable) {
        Service service = service(Duration.ofSeconds(1));
        this.applications.last().getBean(Service.Chosen.class).set(failure -> retryable.test((Throwable) failure));
        return service::retriedIfChosen;
    }

    @Override
    public Rule retryOf(String value) {
        Service service = service(Duration.ofSeconds(1));
        this.applications.last().getBean(Service.Chosen.class).set(value::equals);
        return service::retriedOnValue;
    }

    @Override
    public Rule retryWithin(Duration delay, Duration total) {
        return service(property("time", delay), property("total", total))::retriedWithin;
    }

    @Override
    public Rule timeoutAroundLimit(Duration limit) {
        return service(limit)::timedAndLimited;
    }

    @Override
    public Rule rateOfFive(Duration window, Duration maxWait) {
        return service(window, maxWait)::pacedByFive;
    }

    @Override
    public Rule timeout(Duration limit) {
        return service(limit)::timed;
    }

    @Override
    public Rule.Telling tellingTimeout(Duration limit) {
        Service service = service(limit);
        return body -> service.told(body, AbortSignal.never());
    }

    @Override
    public Rule.Sync syncTimeout(Duration limit) {
        return service(limit)::timedSync;
    }

    @Override
    public int timers() {
        return this.applications.last().getBean(TimeSource.class).pending();
    }

    @Override
    public Rule limit(Duration maxWait) {
        return service(Duration.ofSeconds(1), maxWait)::limited;
    }

    @Override
    public Rule.Sync syncLimit(Duration maxWait) {
        return service(Duration.ofSeconds(1), maxWait)::limitedSync;
    }

    @Override
    public Rule rate(Duration window, Duration maxWait) {
        return service(window, maxWait)::paced;
    }

    @Override
    public Duration retryAfter(Throwable refusal) {
        return ((CallRejectedException) refusal).retryAfter().orElse(Duration.ZERO);
    }

    @Override
    public Rule retryAroundLimit(Duration delay) {
        return service(delay)::retriedAndLimited;
    }

    @Override
    public Rule mutex() {
        return service(Duration.ofSeconds(1))::exclusive;
    }

    @Override
    public Rule.Keyed locks() {
        return service(Duration.ofSeconds(1))::locked;
    }

    @Override
    public Rule.WithArgument debounce(Duration quiet) {
        return service(quiet)::debounced;
    }

    @Override
    public Rule.WithArgument sharedThrottle(Duration window) {
        return service(window)::pacedAndShared;
    }

    @Override
    public void cleanups(List<Supplier<CompletionStage<?>>> inOrder) {
        this.applications.start(
                context -> context.registerBean(Cleanups.class, () -> new Cleanups(inOrder)),
                "spring.lifecycle.timeout-per-shutdown-phase=5s");
    }

    @Override
    public List<Mistake> impossibleNumbers() {
        return List.of(
                this.applications.mistake("limit -42", Wrong.Limit.class),
                this.applications.mistake("-5 retries", Wrong.Retries.class),
                this.applications.mistake("time limit -1 s", Wrong.Time.class));
    }

    @Override
    public List<Mistake> misplacedAnnotations() {
        return List.of(
                this.applications.mistake("retry on a final method", Wrong.Final.class),
                this.applications.mistake("time limit on a method that returns a Callable", Wrong.Deferred.class));
    }

    @Override
    public Supplier<Object> prototypes() {
        var context = this.applications.start(List.of(Prototype.class));
        return () -> {
            Prototype bean = context.getBean(Prototype.class);
            Applications.call(() -> bean.limited(() -> CompletableFuture.completedFuture("called")));
            return bean;
        };
    }

    @Override
    public void close() {
        this.applications.close();
    }

    @Scope("prototype")
    static class Prototype extends Service {}

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({SettleAutoConfiguration.class, LifecycleAutoConfiguration.class})
    static class Application {}
}
