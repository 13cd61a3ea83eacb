package dev.settle.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.settle.annotation.Retry;
import dev.settle.autoconfigure.SettleAutoConfiguration;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;

/** A test during which a future has failed that nobody looked at fails, and names the method. */
class FailOnUnobservedFailuresTests {

    static class Prices {

        @Retry(maxRetries = 0)
        public CompletableFuture<String> find() {
            return CompletableFuture.failedFuture(new IOException("reset"));
        }
    }

    @SpringBootTest(classes = SettleAutoConfiguration.class)
    @Import(Prices.class)
    @FailOnUnobservedFailures
    static class Inner {

        @Autowired
        private Prices prices;

        @Test
        void looks() {
            assertThat(this.prices.find()).isCompletedExceptionally();
        }

        @Test
        void looksAway() {
            this.prices.find();
        }
    }

    @SpringBootTest(classes = SettleAutoConfiguration.class)
    @Import(Prices.class)
    @WithVirtualTime
    @FailOnUnobservedFailures
    static class InVirtualTime {

        @Autowired
        private Prices prices;

        @Test
        void looksAway() {
            this.prices.find();
        }
    }

    @SpringBootTest(classes = SettleAutoConfiguration.class)
    @Import(Prices.class)
    static class Lenient {

        @Autowired
        private Prices prices;

        @Test
        void looksAway() {
            this.prices.find();
        }
    }

    private static Events tests() {
        return tests(Inner.class);
    }

    private static Events tests(Class<?> test) {
        return EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(test))
                .execute()
                .testEvents();
    }

    @Test
    void failsTheTestThatLooksAway() {
        assertThat(tests().failed().list())
                .singleElement()
                .satisfies(event -> assertThat(event.toString())
                        .contains("looksAway")
                        .contains("FailOnUnobservedFailuresTests$Prices.find'")
                        .contains("reset"));
    }

    @Test
    void passesTheTestThatLooks() {
        assertThat(tests().succeeded().list())
                .singleElement()
                .satisfies(event -> assertThat(event.toString()).contains("looks()"));
    }

    @Test
    void failsTheTestInVirtualTimeThatLooksAway() {
        tests(InVirtualTime.class).assertStatistics(statistics -> statistics.failed(1));
    }

    @Test
    void leavesATestWithoutTheAnnotationAlone() {
        tests(Lenient.class).assertStatistics(statistics -> statistics.succeeded(1));
    }
}
