package dev.settle.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.annotation.Bulkhead;
import dev.settle.annotation.Retry;
import dev.settle.autoconfigure.Startup;
import dev.settle.core.PolicyBinding;
import dev.settle.core.Provider;
import dev.settle.policy.fallback.Fallback;
import dev.settle.policy.fallback.FallbackBinding;
import dev.settle.policy.retry.RetryBinding;
import dev.settle.test.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** A seventh policy is an annotation, a package and a line in the list; nothing else in Settle knows of it. */
class SeventhPolicyTests {

    private final VirtualTime time = new VirtualTime();
    private final Provider provider = new Provider(this.time).thenFails();

    static class Prices {

        private final Provider provider;

        Prices(Provider provider) {
            this.provider = provider;
        }

        @Fallback("${the.text:unknown}")
        @Retry(maxRetries = 2, delay = "1s", jitter = Retry.Jitter.NONE)
        @Bulkhead(1)
        public CompletableFuture<String> find() throws Exception {
            return this.provider.start();
        }

        @Fallback("unknown")
        public String findNow() throws Exception {
            return this.provider.callNow();
        }

        @Fallback("unknown")
        public Future<String> findSometime() throws Exception {
            return this.provider.start();
        }

        @Retry(maxRetries = 0)
        public CompletableFuture<String> without() throws Exception {
            return this.provider.start();
        }
    }

    @Fallback("unknown")
    static class OnClass {

        public String find() {
            throw new IllegalStateException("nobody knows");
        }
    }

    static class Empty {

        @Fallback("")
        public String find() {
            return "7.30";
        }
    }

    /** The one line: in front of the retries, behind the time limit of the whole call. */
    private static PolicyBindings seven() {
        List<PolicyBinding<?>> list = new ArrayList<>(PolicyBindings.OUTERMOST_FIRST);
        list.removeIf(RetryBinding.class::isInstance);
        list.addAll(2, List.of(new FallbackBinding(), new RetryBinding()));
        return new PolicyBindings(list);
    }

    private ApplicationContextRunner app() {
        return Startup.runner(this.time)
                .withBean(
                        PolicyBindings.class,
                        SeventhPolicyTests::seven,
                        definition -> definition.setRole(BeanDefinition.ROLE_INFRASTRUCTURE))
                .withBean("prices", Prices.class, () -> new Prices(this.provider));
    }

    @Test
    void itStandsInItsPlaceInThePlan() throws Exception {
        app().run(context -> assertThat(context.getBean(MethodPlans.class)
                        .of("prices", Prices.class, 0)
                        .get(Prices.class.getMethod("find")))
                .hasToString("prices.find: Fallback > Retry 2 times > Bulkhead 1 > method"));
    }

    @Test
    void itWorksOnMethodsThatReturnAFuture() {
        app().run(context -> {
            CompletableFuture<String> call = context.getBean(Prices.class).find();
            this.time.advance(Duration.ofSeconds(3));

            assertThat(call).isCompletedWithValue("unknown");
            assertThat(this.provider.attempts()).as("retries stand inside it").isEqualTo(3);
        });
    }

    @Test
    void itWorksOnMethodsThatReturnTheirValue() {
        app().run(context -> assertThat(context.getBean(Prices.class).findNow()).isEqualTo("unknown"));
    }

    @Test
    void itWorksOnMethodsThatReturnAPlainFuture() {
        app().run(context ->
                assertThat(context.getBean(Prices.class).findSometime().get()).isEqualTo("unknown"));
    }

    @Test
    void itsAnnotationAloneIsEnoughOnAClass() {
        app().withBean(OnClass.class)
                .run(context ->
                        assertThat(context.getBean(OnClass.class).find()).isEqualTo("unknown"));
    }

    @Test
    void methodsWithoutItFailAsBefore() {
        app().run(context -> assertThat(context.getBean(Prices.class).without()).isCompletedExceptionally());
    }

    @Test
    void itsPlaceholdersAreFilledIn() {
        app().withPropertyValues("the.text=sold out").run(context -> {
            CompletableFuture<String> call = context.getBean(Prices.class).find();
            this.time.advance(Duration.ofSeconds(3));

            assertThat(call).isCompletedWithValue("sold out");
        });
    }

    @Test
    void itsBadSettingsStopTheStartUp() {
        FailureAnalysis analysis = Startup.analysis(app().withBean("empty", Empty.class));

        assertThat(analysis.getDescription())
                .startsWith("Bean 'empty', ")
                .contains("@Fallback(value)")
                .contains("it is empty");
        assertThat(analysis.getAction()).isEqualTo("Say what callers get.");
    }

    @Test
    void withoutTheLineItsAnnotationDoesNothing() {
        Startup.runner(this.time)
                .withBean(OnClass.class)
                .run(context ->
                        assertThat(context.getBean(OnClass.class).getClass()).isEqualTo(OnClass.class));
    }
}
