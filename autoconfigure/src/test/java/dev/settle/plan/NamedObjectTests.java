package dev.settle.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.annotation.Retry;
import dev.settle.autoconfigure.Startup;
import dev.settle.core.Provider;
import dev.settle.core.Results;
import dev.settle.test.VirtualTime;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** The rules that annotations name by their class: a bean of it, or a new object with whatever it needs. */
class NamedObjectTests {

    private final VirtualTime time = new VirtualTime();
    private final Provider provider = new Provider(this.time);
    private final ApplicationContextRunner runner = Startup.runner(this.time)
            .withBean("prices", Prices.class, () -> new Prices(this.provider))
            .withBean(Vocabulary.class, () -> new Vocabulary("busy"));

    /** What the rules need. */
    record Vocabulary(String busy) {}

    static class Busy implements Predicate<Throwable> {

        private final Vocabulary vocabulary;

        Busy(Vocabulary vocabulary) {
            this.vocabulary = vocabulary;
        }

        @Override
        public boolean test(Throwable failure) {
            return failure.getMessage().equals(this.vocabulary.busy());
        }
    }

    static class Pending implements Predicate<String> {
        @Override
        public boolean test(String value) {
            return value.equals("pending");
        }
    }

    static class SevenSeconds implements Function<Throwable, Optional<Duration>> {
        @Override
        public Optional<Duration> apply(Throwable failure) {
            return Optional.of(Duration.ofSeconds(7));
        }
    }

    static class OnlyNumbers implements Predicate<Integer> {
        @Override
        public boolean test(Integer value) {
            return value > 0;
        }
    }

    static class Prices {

        private final Provider provider;

        Prices(Provider provider) {
            this.provider = provider;
        }

        @Retry(predicate = Busy.class)
        public CompletableFuture<String> whileBusy() throws Exception {
            return this.provider.start();
        }

        @Retry(retryOnResult = Pending.class)
        public CompletableFuture<String> whilePending() throws Exception {
            return this.provider.start();
        }

        @Retry(retryAfter = SevenSeconds.class)
        public CompletableFuture<String> later() throws Exception {
            return this.provider.start();
        }

        @Retry(retryOnResult = OnlyNumbers.class)
        public CompletableFuture<String> misfit() throws Exception {
            return this.provider.start();
        }
    }

    private void run(ThrowingCall call, ApplicationContextRunner application) {
        application.run(context -> {
            CompletableFuture<String> future = call.make(context.getBean(Prices.class));
            this.time.advance(Duration.ofMinutes(1));
            assertThat(future).isDone();
        });
    }

    private interface ThrowingCall {
        CompletableFuture<String> make(Prices prices) throws Exception;
    }

    @Test
    void aPredicateThatIsNoBeanIsMadeWithWhatItNeeds() {
        this.provider.thenFails(new IOException("busy")).thenFails(new IOException("gone"));

        run(Prices::whileBusy, this.runner);

        assertThat(this.provider.attempts()).isEqualTo(2);
    }

    @Test
    void aPredicateThatIsABeanIsUsed() {
        this.provider.thenFails(new IOException("overloaded")).thenFails(new IOException("busy"));

        run(Prices::whileBusy, this.runner.withBean(Busy.class, () -> new Busy(new Vocabulary("overloaded"))));

        assertThat(this.provider.attempts()).isEqualTo(2);
    }

    @Test
    void aRuleOnValuesIsUsed() {
        this.provider.thenAnswers("pending").thenAnswers("7.30");

        run(Prices::whilePending, this.runner);

        assertThat(this.provider.attempts()).isEqualTo(2);
    }

    @Test
    void aReaderOfTheServersWishIsUsed() {
        this.provider.thenFails().thenAnswers("7.30");

        run(Prices::later, this.runner);

        assertThat(this.provider.startedAt()).containsExactly(Duration.ZERO, Duration.ofSeconds(7));
    }

    @Test
    void aReaderOfTheServersWishMayBeABean() {
        this.provider.thenFails().thenAnswers("7.30");
        SevenSeconds two = new SevenSeconds() {
            @Override
            public Optional<Duration> apply(Throwable failure) {
                return Optional.of(Duration.ofSeconds(2));
            }
        };

        run(Prices::later, this.runner.withBean(SevenSeconds.class, () -> two));

        assertThat(this.provider.startedAt()).containsExactly(Duration.ZERO, Duration.ofSeconds(2));
    }

    @Test
    void aRuleForAnotherTypeFailsTheCall() {
        this.provider.thenAnswers("7.30");

        this.runner.run(context -> assertThat(
                        Results.failure(context.getBean(Prices.class).misfit()))
                .isInstanceOf(ClassCastException.class));
    }
}
