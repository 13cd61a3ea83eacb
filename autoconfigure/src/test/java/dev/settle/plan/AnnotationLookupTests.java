package dev.settle.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.annotation.Retry;
import dev.settle.annotation.Timeout;
import dev.settle.autoconfigure.Startup;
import dev.settle.policy.retry.RetryBinding;
import dev.settle.policy.timeout.TimeoutSettings;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.springframework.core.annotation.AliasFor;

/** Where annotations may stand, and which one holds. */
class AnnotationLookupTests {

    /** The plans of a bean as they would be shown, by the signature of their methods. */
    private static Map<String, String> plans(Class<?> type) {
        Map<String, String> shown = new TreeMap<>();
        plansOf(type).forEach((method, plan) -> shown.put(signature(method), policies(plan)));
        return shown;
    }

    private static Map<Method, MethodPlan> plansOf(Class<?> type) {
        Map<Method, MethodPlan> plans = new HashMap<>();
        Startup.runner()
                .run(context -> plans.putAll(context.getBean(MethodPlans.class).of("prices", type, 0)));
        return plans;
    }

    private static String signature(Method method) {
        List<String> parameters = List.of(method.getParameterTypes()).stream()
                .map(Class::getSimpleName)
                .toList();
        return method.getName() + "(" + String.join(", ", parameters) + ")";
    }

    private static String policies(MethodPlan plan) {
        return plan.toString().substring(plan.toString().indexOf(": ") + 2);
    }

    static class OnMethods {
        @Retry(maxRetries = 1)
        public void one() {}

        @Timeout("1s")
        void packagePrivate() {}

        @Timeout("1s")
        protected void isProtected() {}

        public void none() {}
    }

    @Test
    void onAMethodItIsForThatMethod() {
        assertThat(plans(OnMethods.class))
                .containsOnly(
                        Map.entry("one()", "Retry 1 times > method"),
                        Map.entry("packagePrivate()", "Timeout(ATTEMPT) 1 s > method"),
                        Map.entry("isProtected()", "Timeout(ATTEMPT) 1 s > method"));
    }

    @Retry(maxRetries = 1)
    @Timeout("1s")
    static class OnClass {
        public void inherits() {}

        @Retry(maxRetries = 9)
        public void overrides() {}

        @Timeout(value = "9s", scope = Timeout.Scope.TOTAL)
        public void adds() {}

        void packagePrivate() {}

        public static void isStatic() {}
    }

    @Test
    void onAClassItIsForThePublicMethodsAndTheMethodsOwnWins() {
        assertThat(plans(OnClass.class))
                .containsOnly(
                        Map.entry("inherits()", "Retry 1 times > Timeout(ATTEMPT) 1 s > method"),
                        Map.entry("overrides()", "Retry 9 times > Timeout(ATTEMPT) 1 s > method"),
                        Map.entry("adds()", "Timeout(TOTAL) 9 s > Retry 1 times > Timeout(ATTEMPT) 1 s > method"));
    }

    static class Everything {
        @Timeout("1s")
        @Timeout(value = "9s", scope = Timeout.Scope.TOTAL)
        @Retry(maxRetries = 2)
        public void find() {}
    }

    @Test
    void policiesStandInOneOrderHoweverTheyAreWritten() {
        assertThat(plans(Everything.class))
                .containsOnly(
                        Map.entry("find()", "Timeout(TOTAL) 9 s > Retry 2 times > Timeout(ATTEMPT) 1 s > method"));
    }

    @Retention(RetentionPolicy.RUNTIME)
    @Target({ElementType.METHOD, ElementType.TYPE})
    @Retry(maxRetries = 7)
    @Timeout("3s")
    @interface Resilient {
        @AliasFor(annotation = Retry.class, attribute = "maxRetries")
        int retries() default 7;
    }

    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.METHOD)
    @Resilient(retries = 8)
    @interface VeryResilient {}

    static class Composed {
        @Resilient
        public void plain() {}

        @Resilient(retries = 2)
        public void aliased() {}

        @VeryResilient
        public void twice() {}

        @Resilient
        @Retry(maxRetries = 1)
        public void nearest() {}
    }

    @Test
    void itMayBePartOfAnotherAnnotation() {
        assertThat(plans(Composed.class))
                .containsOnly(
                        Map.entry("plain()", "Retry 7 times > Timeout(ATTEMPT) 3 s > method"),
                        Map.entry("aliased()", "Retry 2 times > Timeout(ATTEMPT) 3 s > method"),
                        Map.entry("twice()", "Retry 8 times > Timeout(ATTEMPT) 3 s > method"),
                        Map.entry("nearest()", "Retry 1 times > Timeout(ATTEMPT) 3 s > method"));
    }

    @Resilient
    static class ComposedOnClass {
        public void find() {}
    }

    @Test
    void anotherAnnotationMayStandOnAClass() {
        assertThat(plans(ComposedOnClass.class))
                .containsOnly(Map.entry("find()", "Retry 7 times > Timeout(ATTEMPT) 3 s > method"));
    }

    interface Finder {
        @Retry(maxRetries = 4)
        CompletableFuture<String> find(String id);

        @Retry(maxRetries = 4)
        default String defaulted() {
            return "7.30";
        }
    }

    static class ImplementsFinder implements Finder {
        @Override
        public CompletableFuture<String> find(String id) {
            return CompletableFuture.completedFuture(id);
        }
    }

    @Test
    void onAnInterfaceItIsForThoseThatImplementIt() {
        assertThat(plans(ImplementsFinder.class))
                .containsOnly(
                        Map.entry("find(String)", "Retry 4 times > method"),
                        Map.entry("defaulted()", "Retry 4 times > method"));
    }

    static class OverridesFinder implements Finder {
        @Override
        @Retry(maxRetries = 5)
        public CompletableFuture<String> find(String id) {
            return CompletableFuture.completedFuture(id);
        }

        @Override
        public String defaulted() {
            return "0.00";
        }
    }

    @Test
    void theImplementationsOwnWins() {
        assertThat(plans(OverridesFinder.class))
                .containsOnly(
                        Map.entry("find(String)", "Retry 5 times > method"),
                        Map.entry("defaulted()", "Retry 4 times > method"));
    }

    @Timeout("2s")
    interface Bounded {
        void find();
    }

    static class ImplementsBounded implements Bounded {
        @Override
        public void find() {}
    }

    @Test
    void onTheTypeOfAnInterfaceItIsForThoseThatImplementIt() {
        assertThat(plans(ImplementsBounded.class)).containsOnly(Map.entry("find()", "Timeout(ATTEMPT) 2 s > method"));
    }

    static class Parent {
        @Retry(maxRetries = 6)
        public void find() {}

        @Retry(maxRetries = 6)
        public void kept() {}
    }

    static class Child extends Parent {
        @Override
        public void find() {}
    }

    @Test
    void anOverriddenMethodHandsItDown() {
        assertThat(plans(Child.class))
                .containsOnly(
                        Map.entry("find()", "Retry 6 times > method"), Map.entry("kept()", "Retry 6 times > method"));
    }

    @Retry(maxRetries = 3)
    static class AnnotatedParent {
        public void inherited() {}
    }

    static class PlainChild extends AnnotatedParent {
        public void own() {}
    }

    @Test
    void anAnnotatedClassHandsItDown() {
        assertThat(plans(PlainChild.class))
                .containsOnly(
                        Map.entry("inherited()", "Retry 3 times > method"),
                        Map.entry("own()", "Retry 3 times > method"));
    }

    static class Overloaded {
        @Retry(maxRetries = 1)
        public void find(String id) {}

        @Retry(maxRetries = 2)
        public void find(String id, int version) {}

        public void find(long id) {}
    }

    @Test
    void overloadsAreToldApart() {
        assertThat(plans(Overloaded.class))
                .containsOnly(
                        Map.entry("find(String)", "Retry 1 times > method"),
                        Map.entry("find(String, int)", "Retry 2 times > method"));
    }

    interface Store<T> {
        T load(T key);
    }

    static class Generic implements Store<String> {
        @Override
        @Retry(maxRetries = 2)
        public String load(String key) {
            return key;
        }
    }

    @Test
    void aBridgeMethodIsNoMethodOfItsOwn() {
        assertThat(plans(Generic.class)).containsOnly(Map.entry("load(String)", "Retry 2 times > method"));
    }

    abstract static class Template<T> {
        @Retry(maxRetries = 2)
        public T load() {
            return null;
        }
    }

    static class LaterTemplate extends Template<CompletableFuture<String>> {}

    static class NowTemplate extends Template<String> {}

    @Test
    void aTypeVariableIsWhatItStandsFor() {
        assertThat(plansOf(LaterTemplate.class).values())
                .extracting(plan -> plan.returns().kind())
                .containsExactly(ReturnKind.STAGE);
        assertThat(plansOf(NowTemplate.class).values())
                .extracting(plan -> plan.returns().kind())
                .containsExactly(ReturnKind.VALUE);
    }

    static class Detailed {
        @Retry(
                maxRetries = 5,
                delay = "100ms",
                multiplier = 3,
                maxDelay = "PT2S",
                jitter = Retry.Jitter.DECORRELATED,
                maxDuration = "1m",
                includes = IllegalStateException.class,
                excludes = IllegalArgumentException.class,
                budget = "shared")
        @Timeout(value = "1500us", cancel = false)
        public void find() {}
    }

    @Test
    void theSettingsAreThoseThatAreWritten() {
        MethodPlan plan = plansOf(Detailed.class).values().iterator().next();

        assertThat(plan.policies()).extracting(PlannedPolicy::policy).containsExactly("retry", "timeout");
        assertThat(plan.policies().get(0).settings())
                .isInstanceOfSatisfying(
                        RetryBinding.Bound.class,
                        bound -> assertThat(bound.settings())
                                .hasToString("RetrySettings[maxRetries=5, delay=PT0.1S, multiplier=3.0, maxDelay=PT2S,"
                                        + " jitter=DECORRELATED, maxDuration=PT1M,"
                                        + " includes=[class java.lang.IllegalStateException],"
                                        + " excludes=[class java.lang.IllegalArgumentException], budget=shared]"));
        assertThat(plan.policies().get(1).settings())
                .isEqualTo(new TimeoutSettings(Duration.ofNanos(1_500_000), Timeout.Scope.ATTEMPT, false));
    }

    static class Defaults {
        @Retry
        public void find() {}
    }

    @Test
    void theDefaultsAreThoseOfTheDocumentation() {
        MethodPlan plan = plansOf(Defaults.class).values().iterator().next();

        assertThat(plan.policies().get(0).settings()).isInstanceOfSatisfying(RetryBinding.Bound.class, bound -> {
            assertThat(bound.settings())
                    .hasToString("RetrySettings[maxRetries=3, delay=PT0.2S, multiplier=2.0, maxDelay=PT10S,"
                            + " jitter=FULL, maxDuration=null, includes=[], excludes=[], budget=]");
            assertThat(bound.predicate()).isNull();
            assertThat(bound.onResult()).isNull();
            assertThat(bound.retryAfter()).isNull();
        });
    }
}
