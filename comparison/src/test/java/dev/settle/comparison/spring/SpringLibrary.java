package dev.settle.comparison.spring;

import dev.settle.comparison.Applications;
import dev.settle.comparison.Library;
import dev.settle.comparison.Mistake;
import dev.settle.comparison.NotOffered;
import dev.settle.comparison.Rule;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.context.LifecycleAutoConfiguration;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Scope;
import org.springframework.resilience.annotation.EnableResilientMethods;

/** Spring's own annotations, on beans of a Spring Boot application. */
public final class SpringLibrary implements Library {

    private final Applications applications = new Applications(Application.class);

    private SpringService service(Predicate<Throwable> chosen, String... properties) {
        return this.applications
                .start(
                        context -> {
                            context.registerBean(SpringService.class);
                            context.registerBean(SpringService.Choice.class, () -> new SpringService.Choice(chosen));
                        },
                        properties)
                .getBean(SpringService.class);
    }

    private SpringService service(String... properties) {
        return service(failure -> true, properties);
    }

    private static String delay(Duration delay) {
        return "comparison.delay=" + delay.toMillis() + "ms";
    }

    @Override
    public Rule retry(Duration delay) {
        return service(delay(delay))::retried;
    }

    @Override
    public Rule retryStage(Duration delay) {
        SpringService service = service(delay(delay));
        return body -> service.retriedStage(body).toCompletableFuture();
    }

    @Override
    public Rule retryIf(Predicate<Throwable> retryable) {
        return service(retryable)::retriedIfChosen;
    }

    @Override
    public Rule retryWithin(Duration delay, Duration total) {
        return service(delay(delay), "comparison.total=" + total.toMillis() + "ms")::retriedWithin;
    }

    @Override
    public Rule limit(Duration maxWait) {
        SpringService service = service();
        return maxWait.isZero() ? service::limitedOrRejected : service::limited;
    }

    @Override
    public Rule limitWithEndingWait(Duration maxWait) {
        throw new NotOffered("A call waits without limit, or is refused at once.");
    }

    @Override
    public Rule.Sync syncLimit(Duration maxWait) {
        return service()::limitedSync;
    }

    @Override
    public Rule.Sync syncLimitWithEndingWait(Duration maxWait) {
        throw new NotOffered("A call waits without limit, or is refused at once.");
    }

    @Override
    public Rule retryAroundLimit(Duration delay) {
        return service(delay(delay))::retriedAndLimited;
    }

    /** Not of the annotations, but of the framework: the lifecycle of beans. */
    @Override
    public void cleanups(List<Supplier<CompletionStage<?>>> inOrder) {
        this.applications.start(
                context -> {
                    for (int i = 0; i < inOrder.size(); i++) {
                        Cleanup cleanup = new Cleanup(inOrder.size() - i, inOrder.get(i));
                        context.registerBean("cleanup" + i, SmartLifecycle.class, () -> cleanup);
                    }
                },
                "spring.lifecycle.timeout-per-shutdown-phase=1s");
    }

    @Override
    public List<Mistake> impossibleNumbers() {
        return List.of(
                this.applications.mistake("limit -42", Wrong.Limit.class),
                this.applications.mistake("-5 retries", Wrong.Retries.class));
    }

    @Override
    public List<Mistake> misplacedAnnotations() {
        return List.of(
                this.applications.mistake("retry on a final method", Wrong.Final.class),
                this.applications.mistake(
                        "limit on a method that returns a CompletableFuture", Wrong.Unfollowed.class));
    }

    @Override
    public Supplier<Object> prototypes() {
        var context = this.applications.start(fresh -> {
            fresh.registerBean(Prototype.class);
            fresh.registerBean(SpringService.Choice.class, () -> new SpringService.Choice(failure -> true));
        });
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
    static class Prototype extends SpringService {}

    @Configuration(proxyBeanMethods = false)
    @EnableResilientMethods
    @ImportAutoConfiguration(LifecycleAutoConfiguration.class)
    static class Application {}
}
