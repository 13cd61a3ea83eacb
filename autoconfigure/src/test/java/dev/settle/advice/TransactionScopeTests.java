package dev.settle.advice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.settle.CallTimeoutException;
import dev.settle.annotation.Bulkhead;
import dev.settle.annotation.Retry;
import dev.settle.annotation.Timeout;
import dev.settle.autoconfigure.Startup;
import dev.settle.test.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.util.AopTestUtils;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.event.TransactionalEventListener;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** How far the transaction of a {@code @Transactional} method reaches. */
class TransactionScopeTests {

    private final VirtualTime time = new VirtualTime();

    @Configuration(proxyBeanMethods = false)
    @EnableTransactionManagement(proxyTargetClass = true)
    static class Transactions {

        @Bean
        RecordedTransactions transactionManager() {
            return new RecordedTransactions();
        }
    }

    static class Orders {

        private final List<CompletableFuture<String>> started = new ArrayList<>();
        private final ApplicationEventPublisher events;

        Orders(ApplicationEventPublisher events) {
            this.events = events;
        }

        List<CompletableFuture<String>> started() {
            return this.started;
        }

        @Transactional
        @Bulkhead(1)
        public CompletableFuture<String> place(CompletableFuture<String> outcome) {
            this.started.add(outcome);
            return outcome;
        }

        @Transactional
        @Timeout("20ms")
        public void hang() throws InterruptedException {
            new CountDownLatch(1).await();
        }

        @Transactional(rollbackFor = InterruptedException.class)
        @Timeout("20ms")
        public void hangAndRollBack() throws InterruptedException {
            new CountDownLatch(1).await();
        }

        @Transactional
        @Retry(maxRetries = 1, delay = "1s", jitter = Retry.Jitter.NONE)
        public CompletableFuture<Boolean> later() {
            this.started.add(null);
            if (this.started.size() < 2) {
                return CompletableFuture.failedFuture(new IllegalStateException("reset"));
            }
            return CompletableFuture.completedFuture(TransactionSynchronizationManager.isActualTransactionActive());
        }

        @Transactional
        @Retry(delay = "0s")
        public void announce() {
            this.started.add(null);
            this.events.publishEvent("order " + this.started.size());
            if (this.started.size() < 3) {
                throw new IllegalStateException("reset");
            }
        }
    }

    static class Mails {

        private final List<String> sent = new ArrayList<>();
        private int attempts;

        List<String> sent() {
            return this.sent;
        }

        @Retry(maxRetries = 1, delay = "0s")
        @TransactionalEventListener
        public void send(String order) {
            if (++this.attempts < 2) {
                throw new IllegalStateException("refused");
            }
            this.sent.add(order + " on " + Thread.currentThread().getName());
        }
    }

    private ApplicationContextRunner application(ApplicationContextRunner runner) {
        return runner.withUserConfiguration(Transactions.class)
                .withBean(Orders.class)
                .withBean(Mails.class);
    }

    @Test
    void aCallThatWaitsHasNoTransactionYet() {
        application(Startup.runner(this.time)).run(context -> {
            List<String> done = context.getBean(RecordedTransactions.class).done();
            Orders orders = context.getBean(Orders.class);
            CompletableFuture<String> first = new CompletableFuture<>();
            orders.place(first);
            assertThat(done).containsExactly("begin", "commit");

            CompletableFuture<String> second = orders.place(CompletableFuture.completedFuture("tea"));
            assertThat(done).hasSize(2);
            first.complete("coffee");

            assertThat(second).isCompletedWithValue("tea");
            assertThat(done).containsExactly("begin", "commit", "begin", "commit");
        });
    }

    @Test
    void theTransactionOfAFutureEndsWhenTheMethodReturns() {
        application(Startup.runner(this.time)).run(context -> {
            CompletableFuture<String> outcome = new CompletableFuture<>();
            CompletableFuture<String> call = context.getBean(Orders.class).place(outcome);

            outcome.completeExceptionally(new IllegalStateException("too late for a rollback"));

            assertThat(call).isCompletedExceptionally();
            assertThat(context.getBean(RecordedTransactions.class).done()).containsExactly("begin", "commit");
        });
    }

    @Test
    void aFutureThatHasFailedAlreadyIsRolledBackAndTheRetryHasATransactionOnTheTimersThread() {
        application(Startup.runner(this.time)).run(context -> {
            CompletableFuture<Boolean> inTransaction =
                    context.getBean(Orders.class).later();

            this.time.advance(Duration.ofSeconds(1));

            assertThat(inTransaction).isCompletedWithValue(true);
            assertThat(context.getBean(RecordedTransactions.class).done())
                    .containsExactly("begin", "rollback", "begin", "commit");
        });
    }

    @Test
    void aTimeoutThatComesOutOfTheMethodAsACheckedExceptionCommits() {
        application(Startup.runner()).run(context -> {
            assertThat(catchThrowable(() -> context.getBean(Orders.class).hang()))
                    .isInstanceOf(CallTimeoutException.class);

            assertThat(context.getBean(RecordedTransactions.class).done()).containsExactly("begin", "commit");
        });
    }

    @Test
    void aTimeoutRollsBackWhenTheRulesSaySo() {
        application(Startup.runner()).run(context -> {
            assertThat(catchThrowable(() -> context.getBean(Orders.class).hangAndRollBack()))
                    .isInstanceOf(CallTimeoutException.class);

            assertThat(context.getBean(RecordedTransactions.class).done()).containsExactly("begin", "rollback");
        });
    }

    @Test
    void anEventOfAnAttemptThatIsRolledBackReachesNoTransactionalListener() {
        application(Startup.runner()).run(context -> {
            context.getBean(Orders.class).announce();

            Mails mails = AopTestUtils.getUltimateTargetObject(context.getBean(Mails.class));
            assertThat(mails.sent()).singleElement().asString().startsWith("order 3");
        });
    }

    @Test
    void aTransactionalListenerIsRetriedAfterTheCommitOnTheCommittingThread() {
        application(Startup.runner()).run(context -> {
            context.getBean(Orders.class).announce();

            Mails mails = AopTestUtils.getUltimateTargetObject(context.getBean(Mails.class));
            assertThat(mails.sent())
                    .containsExactly("order 3 on " + Thread.currentThread().getName());
            assertThat(context.getBean(RecordedTransactions.class).done()).endsWith("begin", "commit");
        });
    }
}
