package dev.settle.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.annotation.Bulkhead;
import dev.settle.annotation.Debounce;
import dev.settle.annotation.Exclusive;
import dev.settle.annotation.Scope;
import dev.settle.annotation.Throttle;
import dev.settle.autoconfigure.Startup;
import java.lang.reflect.Method;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Settings of limits that cannot be stop the application, each with its place, what is wrong and what to write. */
class PolicySettingsRefusalTests {

    static class NoPermit {
        @Bulkhead(0)
        public void bulkheadValue() {}
    }

    static class NegativeWait {
        @Bulkhead(value = 1, maxWait = "-1s")
        public void bulkheadMaxWait() {}
    }

    static class NegativeQueue {
        @Exclusive(queueCapacity = -1)
        public void exclusiveQueueCapacity() {}
    }

    static class NoKeys {
        @Exclusive(key = "#p0", maxKeys = 0)
        public void exclusiveMaxKeys(String id) {}
    }

    static class BadWait {
        @Exclusive(maxWait = "soon")
        public void exclusiveMaxWait() {}
    }

    static class NoEngine {
        @Exclusive(scope = Scope.CLUSTER)
        public void exclusiveScope() {}
    }

    static class NoStart {
        @Throttle(limit = 0)
        public void throttleLimit() {}
    }

    static class NoWindow {
        @Throttle(window = "0s")
        public void throttleWindow() {}
    }

    static class EmptyWindow {
        @Throttle(window = "")
        public void throttleWindow() {}
    }

    static class SlidingBurst {
        @Throttle(burst = 2)
        public void throttleBurst() {}
    }

    static class NeitherEdge {
        @Debounce(value = "1s", trailing = false)
        public void debounceTrailing() {}
    }

    static class ShortWait {
        @Debounce(value = "1s", maxWait = "500ms")
        public void debounceMaxWait() {}
    }

    static class NegativePause {
        @Debounce("-1s")
        public void debounceValue() {}
    }

    static Stream<Named<Class<?>>> types() {
        return Stream.of(PolicySettingsRefusalTests.class.getDeclaredClasses())
                .filter(type -> type.getDeclaredMethods().length == 1)
                .map(type -> Named.of(type.getSimpleName(), type));
    }

    /** The name of the method is that of the annotation and the attribute. */
    @ParameterizedTest
    @MethodSource("types")
    void aSettingThatCannotBeIsRefusedWithItsPlaceAndARemedy(Class<?> type) {
        Method method = type.getDeclaredMethods()[0];
        String place = method.getName().replaceFirst("^([a-z])([a-z]*)(.*)", "@$1$2($3)");

        FailureAnalysis analysis = Startup.analysis(Startup.runner().withBean("prices", type));

        assertThat(analysis.getCause()).isInstanceOf(InvalidPlanException.class);
        assertThat(analysis.getDescription())
                .startsWith("Bean 'prices', method " + type.getName() + "." + method.getName())
                .containsIgnoringCase(place);
        assertThat(analysis.getAction()).matches("[A-Z].{5,}\\.");
    }
}
