package dev.settle.policy.bulkhead;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.annotation.Bulkhead;
import dev.settle.annotation.Scope;
import dev.settle.autoconfigure.Startup;
import dev.settle.core.WaitBounds;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Settings that cannot be stop the application, with the place and what to do about it. */
class BulkheadSettingsTests {

    static class NoPermit {
        @Bulkhead(0)
        public void find() {}
    }

    static class NegativePermits {
        @Bulkhead(-3)
        public CompletableFuture<String> find() {
            return new CompletableFuture<>();
        }
    }

    static class NegativeWait {
        @Bulkhead(value = 1, maxWait = "-1s")
        public void find() {}
    }

    static class UnreadableWait {
        @Bulkhead(value = 1, maxWait = "soon")
        public void find() {}
    }

    static class NegativeLine {
        @Bulkhead(value = 1, queueCapacity = -1)
        public void find() {}
    }

    static class NoKeys {
        @Bulkhead(value = 1, key = "#id", maxKeys = 0)
        public void find(String id) {}
    }

    static class UnknownKey {
        @Bulkhead(value = 1, key = "#nobody")
        public void find(String id) {}
    }

    static Stream<Arguments> invalid() {
        return Stream.of(
                Arguments.of(NoPermit.class, "value", "0", "at least 1"),
                Arguments.of(NegativePermits.class, "value", "-3", "at least 1"),
                Arguments.of(NegativeWait.class, "maxWait", "-1", "0s"),
                Arguments.of(UnreadableWait.class, "maxWait", "soon", "300ms"),
                Arguments.of(NegativeLine.class, "queueCapacity", "-1", "use 0"),
                Arguments.of(NoKeys.class, "maxKeys", "0", "at least 1"),
                Arguments.of(UnknownKey.class, "key", "#nobody", "#id"));
    }

    @ParameterizedTest
    @MethodSource("invalid")
    void anInvalidSettingStopsTheApplication(Class<?> type, String attribute, String problem, String remedy) {
        FailureAnalysis analysis = Startup.analysis(Startup.runner().withBean("prices", type));

        assertThat(analysis.getDescription())
                .startsWith("Bean 'prices', method " + type.getName() + ".find(")
                .contains("@Bulkhead(" + attribute + ")")
                .contains(problem);
        assertThat(analysis.getAction()).containsIgnoringCase(remedy);
    }

    static class Defaults {
        @Bulkhead(4)
        public void find() {}
    }

    @Test
    void byDefaultAThousandWaitForHalfAMinute() throws Exception {
        Bulkhead bulkhead = Defaults.class.getMethod("find").getAnnotation(Bulkhead.class);

        assertThat(bulkhead.maxWait()).isEqualTo("30s");
        assertThat(WaitBounds.DEFAULT.maxWait()).hasSeconds(30);
        assertThat(bulkhead.queueCapacity()).isEqualTo(1000).isEqualTo(WaitBounds.DEFAULT.queueCapacity());
        assertThat(bulkhead.scope()).isEqualTo(Scope.LOCAL);
    }

    @Test
    void thePolicySaysWhatItIs() {
        assertThat(AsyncSemaphore.of(4)).hasToString("Bulkhead 4");
    }
}
