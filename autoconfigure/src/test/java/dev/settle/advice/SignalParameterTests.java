package dev.settle.advice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.abort.AbortReason;
import dev.settle.abort.AbortReason.Kind;
import dev.settle.abort.AbortSignal;
import dev.settle.abort.AbortSource;
import dev.settle.annotation.Retry;
import dev.settle.annotation.Timeout;
import dev.settle.autoconfigure.Startup;
import dev.settle.test.VirtualTime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.springframework.test.util.AopTestUtils;

/** A method receives the signal of its call, as a parameter or as the current one. */
class SignalParameterTests {

    private final VirtualTime time = new VirtualTime();

    static class Prices {

        final List<AbortSignal> parameters = new CopyOnWriteArrayList<>();
        final List<AbortSignal> currents = new CopyOnWriteArrayList<>();
        final CompletableFuture<String> work = new CompletableFuture<>();

        @Timeout("10s")
        public CompletableFuture<String> find(String id, AbortSignal signal) {
            this.parameters.add(signal);
            this.currents.add(AbortSignal.current());
            return this.work;
        }

        @Timeout("10s")
        public String findNow(AbortSignal signal) {
            this.parameters.add(signal);
            this.currents.add(AbortSignal.current());
            return "7.30";
        }

        @Timeout("10s")
        public CompletableFuture<String> findWithTwo(AbortSignal one, AbortSignal other) {
            this.parameters.add(one);
            this.parameters.add(other);
            return this.work;
        }

        @Timeout("10s")
        @Timeout(value = "25s", scope = Timeout.Scope.TOTAL)
        @Retry(delay = "10s", jitter = Retry.Jitter.NONE)
        public CompletableFuture<String> both(AbortSignal signal) {
            this.parameters.add(signal);
            return new CompletableFuture<>();
        }

        public String plain(AbortSignal signal) {
            return String.valueOf(signal);
        }
    }

    private void run(BiConsumer<Prices, Prices> test) {
        Startup.runner(this.time).withBean("prices", Prices.class).run(context -> {
            Prices proxy = context.getBean(Prices.class);
            test.accept(proxy, AopTestUtils.getUltimateTargetObject(proxy));
        });
    }

    @Test
    void nullIsReplacedByTheSignalOfTheCall() {
        run((prices, target) -> {
            prices.find("EUR", null);

            assertThat(target.parameters.get(0)).isNotNull().isSameAs(target.currents.get(0));
            assertThat(target.parameters.get(0).remaining()).contains(Duration.ofSeconds(10));
        });
    }

    @Test
    void aSynchronousMethodReceivesItToo() {
        run((prices, target) -> {
            assertThat(prices.findNow(null)).isEqualTo("7.30");

            assertThat(target.parameters.get(0)).isNotNull().isSameAs(target.currents.get(0));
        });
    }

    @Test
    void theSignalThatTheCallerPassesIsLinkedIn() {
        AbortSource passed = new AbortSource();
        run((prices, target) -> {
            CompletableFuture<String> call = prices.find("EUR", passed);

            passed.abort(AbortReason.application("enough"));

            assertThat(target.parameters.get(0)).isNotSameAs(passed);
            assertThat(target.parameters.get(0).reason())
                    .hasValueSatisfying(reason -> assertThat(reason.kind()).isEqualTo(Kind.APPLICATION));
            assertThat(target.work).isCancelled();
            assertThat(call).isCancelled();
        });
    }

    @Test
    void theSignalThatTheCallerPassesIsNotAbortedWithTheCall() {
        AbortSource passed = new AbortSource();
        run((prices, target) -> {
            prices.find("EUR", passed).cancel(true);

            assertThat(target.parameters.get(0).aborted()).isTrue();
            assertThat(passed.aborted()).isFalse();
        });
    }

    @Test
    void eachOfTwoSignalsThatTheCallerPassesIsLinkedIn() {
        AbortSource other = new AbortSource();
        run((prices, target) -> {
            CompletableFuture<String> call = prices.findWithTwo(new AbortSource(), other);

            other.abort(AbortReason.application("enough"));

            assertThat(call).isCancelled();
            assertThat(target.parameters.get(0)).isSameAs(target.parameters.get(1));
        });
    }

    @Test
    void aSignalThatHasAbortedKeepsTheMethodFromRunning() {
        AbortSource passed = new AbortSource();
        passed.abort(AbortReason.application("enough"));
        run((prices, target) -> {
            CompletableFuture<String> call = prices.find("EUR", passed);

            assertThat(call).isCancelled();
            assertThat(target.parameters).isEmpty();
        });
    }

    @Test
    void theCurrentSignalMayBePassedOn() {
        run((prices, target) -> {
            prices.find("EUR", AbortSignal.current());

            assertThat(target.parameters.get(0).aborted()).isFalse();
        });
    }

    @Test
    void theNearestDeadlineOfAllIsTold() {
        run((prices, target) -> {
            prices.both(null);
            this.time.advance(Duration.ofSeconds(20));

            assertThat(target.parameters).hasSize(2);
            assertThat(target.parameters.get(1).remaining()).contains(Duration.ofSeconds(5));
        });
    }

    @Test
    void eachAttemptHasASignalOfItsOwnUnderATimeout() {
        run((prices, target) -> {
            prices.both(null);
            this.time.advance(Duration.ofSeconds(20));

            assertThat(target.parameters.get(0).reason().orElseThrow().kind()).isEqualTo(Kind.TIMEOUT);
            assertThat(target.parameters.get(1).aborted()).isFalse();
        });
    }

    @Test
    void aMethodWithoutPoliciesIsLeftAlone() {
        run((prices, target) -> assertThat(prices.plain(null)).isEqualTo("null"));
    }
}
