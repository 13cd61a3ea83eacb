package dev.settle.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;
import static org.junit.platform.testkit.engine.EventConditions.event;
import static org.junit.platform.testkit.engine.EventConditions.finishedWithFailure;
import static org.junit.platform.testkit.engine.EventConditions.test;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.message;

import dev.settle.annotation.Debounce;
import dev.settle.annotation.Retry;
import dev.settle.annotation.Timeout;
import dev.settle.autoconfigure.SettleAutoConfiguration;
import dev.settle.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.junit.jupiter.SpringExtension;

/** A whole context in virtual time. */
@ExtendWith(SpringExtension.class)
@ContextConfiguration(classes = WithVirtualTimeTests.Application.class)
@WithVirtualTime
class WithVirtualTimeTests {

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration(SettleAutoConfiguration.class)
    @Import(Search.class)
    static class Application {}

    static class Search {

        private final List<String> searched = new ArrayList<>();
        private CompletableFuture<String> reply = new CompletableFuture<>();

        @Debounce("10m")
        public CompletableFuture<String> find(String text) {
            this.searched.add(text);
            return CompletableFuture.completedFuture("found " + text);
        }

        @Debounce(value = "10m", leading = true)
        public CompletableFuture<String> findAtOnce(String text) {
            return CompletableFuture.completedFuture("found " + text);
        }

        @Timeout("1h")
        public CompletableFuture<String> ask() {
            this.reply = new CompletableFuture<>();
            return this.reply;
        }

        @Retry(delay = "1m", maxDelay = "1m", maxRetries = 5)
        public CompletableFuture<String> fail() {
            return CompletableFuture.failedFuture(new IllegalStateException("down"));
        }
    }

    @Autowired
    private VirtualTime time;

    @Autowired
    private TimeSource source;

    @Autowired
    private Search search;

    @Test
    void theTimeOfTheContextIsVirtual() {
        assertThat(this.source).isSameAs(this.time);
    }

    @Test
    void tenMinutesPassAtOnce() {
        CompletableFuture<String> first = this.search.find("c");
        this.time.advance(Duration.ofMinutes(9));
        CompletableFuture<String> second = this.search.find("con");
        this.time.advance(Duration.ofMinutes(9));
        assertThat(first).isNotDone();

        this.time.advance(Duration.ofMinutes(1));

        assertThat(first).isCompletedWithValue("found con");
        assertThat(second).isCompletedWithValue("found con");
    }

    private List<Duration> delays() {
        List<Duration> delays = new ArrayList<>();
        CompletableFuture<String> failed = this.search.fail();
        while (!failed.isDone()) {
            delays.add(this.time.untilNext().orElseThrow());
            this.time.advanceToNext();
        }
        return delays;
    }

    @Test
    void jitterIsDrawnFromTheSeed() {
        assertThat(delays()).hasSize(5).doesNotHaveDuplicates();
    }

    @Test
    void aTestThatLeavesACallFails() {
        EngineTestKit.engine("junit-jupiter")
                .selectors(selectMethod(Leaving.class, "leavesACall"))
                .execute()
                .testEvents()
                .assertThatEvents()
                .haveExactly(
                        1,
                        finishedWithFailure(message(text -> text.contains(
                                        "calls are in flight: 1 [dev.settle.test.WithVirtualTimeTests$Search.ask]")
                                && text.contains("due in 3600 s"))));
    }

    @ExtendWith(SpringExtension.class)
    @ContextConfiguration(classes = Application.class)
    @WithVirtualTime
    static class Leaving {

        @Autowired
        private Search search;

        @Test
        void leavesACall() {
            assertThat(this.search.ask()).isNotDone();
        }
    }

    @Test
    void whatATestLeavesIsNotFoundByTheNext() {
        EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(TwoBursts.class))
                .execute()
                .testEvents()
                .assertStatistics(ended -> ended.succeeded(1).failed(1))
                .assertThatEvents()
                .haveExactly(
                        1,
                        event(
                                test("firstLeavesABurst"),
                                finishedWithFailure(message(text -> text.contains("timers are left: 1")))));
    }

    @ExtendWith(SpringExtension.class)
    @ContextConfiguration(classes = Application.class)
    @WithVirtualTime
    @TestMethodOrder(MethodOrderer.MethodName.class)
    static class TwoBursts {

        @Autowired
        private Search search;

        @Autowired
        private VirtualTime time;

        @Test
        void firstLeavesABurst() {
            assertThat(this.search.findAtOnce("one")).isDone();
        }

        @Test
        void secondBeginsAnother() {
            assertThat(this.search.findAtOnce("another")).isCompletedWithValue("found another");
            this.time.advance(Duration.ofMinutes(10));
        }
    }
}
