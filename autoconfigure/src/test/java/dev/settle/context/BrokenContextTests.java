package dev.settle.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.settle.annotation.Bulkhead;
import dev.settle.annotation.Debounce;
import dev.settle.annotation.Retry;
import dev.settle.autoconfigure.Startup;
import dev.settle.core.Results;
import dev.settle.test.VirtualTime;
import io.micrometer.context.ContextRegistry;
import io.micrometer.context.ThreadLocalAccessor;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** An accessor of the application's that throws: no call is lost by it, and no permit. */
class BrokenContextTests {

    private final VirtualTime time = new VirtualTime();
    private final Broken broken = new Broken();

    /** Throws where it is told to. */
    static final class Broken implements ThreadLocalAccessor<String> {

        private boolean reading;
        private boolean setting;

        private static IllegalStateException expected() {
            return new IllegalStateException("a broken accessor: this is expected");
        }

        @Override
        public Object key() {
            return "broken";
        }

        @Override
        public String getValue() {
            if (this.reading) {
                throw expected();
            }
            return "value";
        }

        @Override
        public void setValue(String value) {
            if (this.setting) {
                throw expected();
            }
        }

        @Override
        public void setValue() {
            setValue("none");
        }
    }

    @AfterEach
    void removeTheAccessor() throws Exception {
        ContextRegistry.getInstance().removeThreadLocalAccessor("broken");
        Surroundings.nothingIsLeft(Runnable::run);
    }

    static class Prices {

        private boolean failed;

        private boolean first() {
            boolean first = !this.failed;
            this.failed = true;
            return first;
        }

        @Retry(maxRetries = 1, delay = "1s", jitter = Retry.Jitter.NONE)
        public CompletableFuture<String> flaky() {
            return first()
                    ? CompletableFuture.failedFuture(new IllegalStateException("reset"))
                    : CompletableFuture.completedFuture("7.30");
        }

        @Retry(maxRetries = 1, delay = "1s", jitter = Retry.Jitter.NONE)
        public Mono<String> flakyMono() {
            return first() ? Mono.error(new IllegalStateException("reset")) : Mono.just("7.30");
        }

        @Retry(maxRetries = 1, delay = "0s")
        public String flakyValue() {
            if (first()) {
                throw new IllegalStateException("reset");
            }
            return "7.30";
        }

        @Bulkhead(1)
        public CompletableFuture<String> find(CompletableFuture<String> outcome) {
            return outcome;
        }

        @Bulkhead(1)
        public Mono<String> findMono(Mono<String> outcome) {
            return outcome;
        }

        @Debounce("1s")
        public CompletableFuture<String> search(String text) {
            return CompletableFuture.completedFuture(text);
        }
    }

    private void run(Consumer<Prices> test) {
        Startup.runner(this.time).withBean(Prices.class).run(context -> {
            ContextRegistry.getInstance().registerThreadLocalAccessor(this.broken);
            test.accept(context.getBean(Prices.class));
        });
    }

    private void aSecond() {
        this.time.advance(Duration.ofSeconds(1));
    }

    @Test
    void whatCannotBeReadIsNotCarriedAndTheCallGoesOn() {
        this.broken.reading = true;
        run(prices -> {
            CompletableFuture<String> call = prices.flaky();

            aSecond();

            assertThat(call).isCompletedWithValue("7.30");
        });
    }

    @Test
    void soItIsForAMono() {
        this.broken.reading = true;
        run(prices -> {
            CompletableFuture<String> call = prices.flakyMono().toFuture();

            aSecond();

            assertThat(call).isCompletedWithValue("7.30");
        });
    }

    @Test
    void anAttemptWhoseContextCannotBeSetDoesNotRunAsSomebodyElse() {
        this.broken.setting = true;
        run(prices -> {
            CompletableFuture<String> call = prices.flakyMono().toFuture();

            aSecond();

            assertThat(Results.failure(call)).hasMessage("a broken accessor: this is expected");
        });
    }

    @Test
    void aSynchronousMethodNeedsNoContextToBeSet() {
        this.broken.setting = true;
        this.broken.reading = true;
        Startup.runner().withBean(Prices.class).run(context -> {
            ContextRegistry.getInstance().registerThreadLocalAccessor(this.broken);

            assertThat(context.getBean(Prices.class).flakyValue()).isEqualTo("7.30");
        });
    }

    @Test
    void aWaitingCallWhoseContextCannotBeSetFailsAndGivesItsPermitBack() {
        run(prices -> {
            CompletableFuture<String> first = new CompletableFuture<>();
            prices.find(first);
            CompletableFuture<String> second = prices.find(CompletableFuture.completedFuture("7.31"));
            this.broken.setting = true;

            Throwable thrown = catchThrowable(() -> first.complete("7.30"));

            assertThat(thrown).isNull();
            assertThat(Results.failure(second)).hasMessage("a broken accessor: this is expected");
            this.broken.setting = false;
            assertThat(prices.find(CompletableFuture.completedFuture("7.32"))).isCompletedWithValue("7.32");
        });
    }

    @Test
    void aWaitingMonoWhoseContextCannotBeSetFailsAndGivesItsPermitBack() {
        run(prices -> {
            CompletableFuture<String> first = new CompletableFuture<>();
            prices.findMono(Mono.fromFuture(first)).subscribe();
            CompletableFuture<String> second =
                    prices.findMono(Mono.just("7.31")).toFuture();
            this.broken.setting = true;

            first.complete("7.30");

            assertThat(Results.failure(second)).hasMessage("a broken accessor: this is expected");
            this.broken.setting = false;
            assertThat(prices.findMono(Mono.just("7.32")).toFuture()).isCompletedWithValue("7.32");
        });
    }

    @Test
    void aDebouncedRunWhoseContextCannotBeSetFailsForAllItsCallers() {
        run(prices -> {
            CompletableFuture<String> first = prices.search("a");
            CompletableFuture<String> second = prices.search("ab");
            this.broken.setting = true;

            aSecond();

            assertThat(Results.failure(first)).hasMessage("a broken accessor: this is expected");
            assertThat(Results.failure(second)).hasMessage("a broken accessor: this is expected");
        });
    }
}
