package dev.settle.advice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.CallTimeoutException;
import dev.settle.annotation.Bulkhead;
import dev.settle.annotation.Retry;
import dev.settle.annotation.Timeout;
import dev.settle.autoconfigure.Startup;
import dev.settle.test.VirtualTime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.reactive.AbstractReactiveTransactionManager;
import org.springframework.transaction.reactive.GenericReactiveTransaction;
import org.springframework.transaction.reactive.TransactionSynchronizationManager;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** Settle stands outside reactive transactions too: each attempt of each subscription has one of its own. */
class ReactiveTransactionTests {

    private final VirtualTime time = new VirtualTime();

    static final class Recorded extends AbstractReactiveTransactionManager {

        private static final long serialVersionUID = 1L;

        private final transient List<String> done = new CopyOnWriteArrayList<>();

        List<String> done() {
            return this.done;
        }

        private Mono<Void> recorded(String what) {
            return Mono.fromRunnable(() -> this.done.add(what));
        }

        @Override
        protected Object doGetTransaction(TransactionSynchronizationManager synchronizations) {
            return this;
        }

        @Override
        protected Mono<Void> doBegin(
                TransactionSynchronizationManager synchronizations,
                Object transaction,
                TransactionDefinition definition) {
            return recorded("begin");
        }

        @Override
        protected Mono<Void> doCommit(
                TransactionSynchronizationManager synchronizations, GenericReactiveTransaction status) {
            return recorded("commit");
        }

        @Override
        protected Mono<Void> doRollback(
                TransactionSynchronizationManager synchronizations, GenericReactiveTransaction status) {
            return recorded("rollback");
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableTransactionManagement(proxyTargetClass = true)
    static class Transactions {

        @Bean
        Recorded transactionManager() {
            return new Recorded();
        }
    }

    static class Orders {

        private final AtomicInteger attempts = new AtomicInteger();

        private <T> Mono<T> failing() {
            return Mono.error(new IllegalStateException("reset"));
        }

        @Transactional
        @Retry(maxRetries = 1, delay = "1s", jitter = Retry.Jitter.NONE)
        public Mono<String> place() {
            return Mono.defer(() -> (this.attempts.incrementAndGet() < 2) ? failing() : Mono.just("tea"));
        }

        @Transactional
        @Retry(maxRetries = 1, delay = "1s", jitter = Retry.Jitter.NONE)
        public Flux<String> placeAll() {
            return Flux.defer(() -> (this.attempts.incrementAndGet() < 2)
                    ? Flux.concat(Flux.just("tea"), failing())
                    : Flux.just("tea", "milk"));
        }

        @Transactional
        @Timeout("1s")
        public Mono<String> hang() {
            return Mono.never();
        }

        @Transactional
        @Bulkhead(1)
        public Flux<String> watch() {
            return Flux.never();
        }
    }

    private void run(BiConsumer<Orders, List<String>> test) {
        Startup.runner(this.time)
                .withUserConfiguration(Transactions.class)
                .withBean(Orders.class)
                .run(context -> test.accept(
                        context.getBean(Orders.class),
                        context.getBean(Recorded.class).done()));
    }

    @Test
    void eachAttemptAtAMonoHasATransactionOfItsOwn() {
        run((orders, done) -> {
            StepVerifier.create(orders.place())
                    .then(() -> this.time.advance(Duration.ofSeconds(1)))
                    .expectNext("tea")
                    .verifyComplete();

            assertThat(done).containsExactly("begin", "rollback", "begin", "commit");
        });
    }

    @Test
    void eachAttemptAtAFluxHasATransactionOfItsOwn() {
        run((orders, done) -> {
            StepVerifier.create(orders.placeAll())
                    .expectNext("tea")
                    .then(() -> this.time.advance(Duration.ofSeconds(1)))
                    .expectNext("tea", "milk")
                    .verifyComplete();

            assertThat(done).containsExactly("begin", "rollback", "begin", "commit");
        });
    }

    @Test
    void eachSubscriptionHasTransactionsOfItsOwn() {
        run((orders, done) -> {
            Mono<String> placed = orders.place();
            assertThat(done).isEmpty();
            StepVerifier.create(placed)
                    .then(() -> this.time.advance(Duration.ofSeconds(1)))
                    .expectNext("tea")
                    .verifyComplete();

            StepVerifier.create(placed).expectNext("tea").verifyComplete();

            assertThat(done).containsExactly("begin", "rollback", "begin", "commit", "begin", "commit");
        });
    }

    @Test
    void aTimeoutRollsBack() {
        run((orders, done) -> {
            StepVerifier.create(orders.hang())
                    .then(() -> this.time.advance(Duration.ofSeconds(1)))
                    .verifyError(CallTimeoutException.class);

            assertThat(done).containsExactly("begin", "rollback");
        });
    }

    @Test
    void aCancelRollsBackAndWhoWaitsHasNoTransactionYet() {
        run((orders, done) -> {
            Disposable first = orders.watch().subscribe();
            Disposable second = orders.watch().subscribe();
            assertThat(done).containsExactly("begin");

            first.dispose();

            assertThat(done).containsExactlyInAnyOrder("begin", "rollback", "begin");
            second.dispose();
            assertThat(done).containsExactlyInAnyOrder("begin", "rollback", "begin", "rollback");
        });
    }
}
