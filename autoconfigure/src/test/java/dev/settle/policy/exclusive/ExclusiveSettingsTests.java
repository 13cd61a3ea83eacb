package dev.settle.policy.exclusive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.annotation.Exclusive;
import dev.settle.annotation.Exclusive.OnConflict;
import dev.settle.annotation.Scope;
import dev.settle.autoconfigure.Startup;
import dev.settle.core.WaitBounds;
import dev.settle.test.VirtualTime;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Settings that cannot be stop the application, with the place and what to do about it. */
class ExclusiveSettingsTests {

    static class NegativeWait {
        @Exclusive(maxWait = "-1s")
        public void find() {}
    }

    static class UnreadableWait {
        @Exclusive(maxWait = "soon")
        public void find() {}
    }

    static class NegativeLine {
        @Exclusive(queueCapacity = -1)
        public void find() {}
    }

    static class NoKeys {
        @Exclusive(key = "#id", maxKeys = 0)
        public void find(String id) {}
    }

    static class UnknownKey {
        @Exclusive(key = "{#id, #nobody}")
        public void find(String id) {}
    }

    static class UnreadableKey {
        @Exclusive(key = "{#id")
        public void find(String id) {}
    }

    static Stream<Arguments> invalid() {
        return Stream.of(
                Arguments.of(NegativeWait.class, "maxWait", "-1", "0s"),
                Arguments.of(UnreadableWait.class, "maxWait", "soon", "300ms"),
                Arguments.of(NegativeLine.class, "queueCapacity", "-1", "use 0"),
                Arguments.of(NoKeys.class, "maxKeys", "0", "at least 1"),
                Arguments.of(UnknownKey.class, "key", "#nobody", "#id"),
                Arguments.of(UnreadableKey.class, "key", "{#id", "SpEL"));
    }

    @ParameterizedTest
    @MethodSource("invalid")
    void anInvalidSettingStopsTheApplication(Class<?> type, String attribute, String problem, String remedy) {
        FailureAnalysis analysis = Startup.analysis(Startup.runner().withBean("prices", type));

        assertThat(analysis.getDescription())
                .startsWith("Bean 'prices', method " + type.getName() + ".find(")
                .contains("@Exclusive(" + attribute + ")")
                .contains(problem);
        assertThat(analysis.getAction()).containsIgnoringCase(remedy);
    }

    static class Defaults {
        @Exclusive
        public void find() {}
    }

    @Test
    void byDefaultAThousandWaitForHalfAMinute() throws Exception {
        Exclusive exclusive = Defaults.class.getMethod("find").getAnnotation(Exclusive.class);

        assertThat(exclusive.onConflict()).isEqualTo(OnConflict.WAIT);
        assertThat(exclusive.maxWait()).isEqualTo("30s");
        assertThat(exclusive.queueCapacity()).isEqualTo(1000);
        assertThat(exclusive.scope()).isEqualTo(Scope.LOCAL);
        assertThat(exclusive.key()).isEmpty();
    }

    @Test
    void theStepSaysWhatItIs() {
        Mutex mutex = Mutex.keyed(OnConflict.JOIN, WaitBounds.DEFAULT, 10, new VirtualTime());

        assertThat(mutex).hasToString("Exclusive JOIN");
    }
}
