package dev.settle.abort;

import static dev.settle.abort.Outcomes.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The bridges to what knows no signals. */
class AbortsTests {

    private final AbortReason reason = AbortReason.application("enough");
    private final AbortSource signal = new AbortSource();
    private final CompletableFuture<Thread> acted = new CompletableFuture<>();
    private final AtomicInteger times = new AtomicInteger();

    @AfterEach
    void nothingIsLeft() {
        CurrentSignal.swap(null);
    }

    private void act() {
        this.times.incrementAndGet();
        this.acted.complete(Thread.currentThread());
    }

    /** A statement that knows nothing but how to be cancelled. */
    private Statement statement() {
        return (Statement) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Statement.class}, (proxy, method, arguments) -> {
                    assertThat(method.getName()).isEqualTo("cancel");
                    act();
                    return null;
                });
    }

    @Test
    void statementIsCancelledOnAbort() throws Exception {
        Aborts.cancelling(this.signal, statement());
        assertThat(this.acted).isNotDone();

        this.signal.abort(this.reason);

        await(this.acted);
        assertThat(this.times).hasValue(1);
    }

    @Test
    void statementIsCancelledOnAThreadOfItsOwn() throws Exception {
        Aborts.cancelling(this.signal, statement());

        this.signal.abort(this.reason);

        assertThat(await(this.acted)).isNotSameAs(Thread.currentThread());
    }

    @Test
    void statementFollowsTheCurrentSignal() throws Exception {
        CurrentSignal.swap(this.signal);
        Aborts.cancelling(statement());

        this.signal.abort(this.reason);

        await(this.acted);
    }

    @Test
    void bridgesToTheCurrentSignalAreTakenBack() {
        CurrentSignal.swap(this.signal);
        List<Registration> bridges = List.of(
                Aborts.cancelling(statement()),
                Aborts.cancelling(new CompletableFuture<>()),
                Aborts.closing(this::act),
                Aborts.cancelling(this.signal, new CompletableFuture<>()));
        assertThat(this.signal.listenerCount()).isEqualTo(4);

        assertThat(bridges).allMatch(Registration::remove);

        assertThat(this.signal.listenerCount()).isZero();
    }

    @Test
    void statementOfAnAbortedSignalIsCancelledAtOnce() throws Exception {
        this.signal.abort(this.reason);

        Aborts.cancelling(this.signal, statement());

        await(this.acted);
    }

    @Test
    void removedBridgeDoesNotAct() throws Exception {
        Registration registration = Aborts.cancelling(this.signal, statement());
        assertThat(this.signal.listenerCount()).isEqualTo(1);

        assertThat(registration.remove()).isTrue();

        assertThat(this.signal.listenerCount()).isZero();
        assertThat(registration.remove()).isFalse();
    }

    @Test
    void bridgeEndsWithItsTryBlock() {
        try (Registration cancelling = Aborts.cancelling(this.signal, statement())) {
            assertThat(cancelling).isNotNull();
        }

        assertThat(this.signal.listenerCount()).isZero();
    }

    @Test
    void futureIsCancelledOnAbort() throws Exception {
        CompletableFuture<String> future = new CompletableFuture<>();
        CompletableFuture<Boolean> cancelled = future.handle((value, failure) -> future.isCancelled());
        Aborts.cancelling(this.signal, future);
        assertThat(future).isNotDone();

        this.signal.abort(this.reason);

        assertThat(await(cancelled)).isTrue();
    }

    @Test
    void futureFollowsTheCurrentSignal() throws Exception {
        CurrentSignal.swap(this.signal);
        CompletableFuture<String> future = new CompletableFuture<>();
        CompletableFuture<Boolean> cancelled = future.handle((value, failure) -> future.isCancelled());
        Aborts.cancelling(future);

        this.signal.abort(this.reason);

        assertThat(await(cancelled)).isTrue();
    }

    @Test
    void bridgeToAFutureGoesWhenTheFutureIsDone() {
        CompletableFuture<String> future = new CompletableFuture<>();
        Aborts.cancelling(this.signal, future);
        assertThat(this.signal.listenerCount()).isEqualTo(1);

        future.complete("done");

        assertThat(this.signal.listenerCount()).isZero();
    }

    @Test
    void bridgeToAFutureThatIsDoneAlreadyLeavesNothing() {
        Aborts.cancelling(this.signal, CompletableFuture.completedFuture("done"));

        assertThat(this.signal.listenerCount()).isZero();
    }

    @Test
    void taskOfAnExecutorIsInterruptedOnAbort() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        FutureTask<Void> task = new FutureTask<>(() -> {
            running.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException ex) {
                interrupted.complete(true);
            }
            return null;
        });
        new Thread(task).start();
        await(running);
        Aborts.cancelling(this.signal, task);

        this.signal.abort(this.reason);

        assertThat(await(interrupted)).isTrue();
    }

    @Test
    void resourceIsClosedOnAbort() throws Exception {
        Aborts.closing(this.signal, this::act);
        assertThat(this.acted).isNotDone();

        this.signal.abort(this.reason);

        await(this.acted);
        assertThat(this.times).hasValue(1);
    }

    @Test
    void resourceFollowsTheCurrentSignal() throws Exception {
        CurrentSignal.swap(this.signal);
        Aborts.closing(this::act);

        this.signal.abort(this.reason);

        await(this.acted);
    }

    @Test
    void bridgeThatFailsIsLogged() {
        IOException thrown = new IOException("expected by the test");
        Aborts.closing(this.signal, () -> {
            throw thrown;
        });

        try (Logs logs = new Logs(Aborts.class)) {
            this.signal.abort(this.reason);

            await(() -> !logs.records().isEmpty());
            assertThat(logs.records().get(0).getThrown()).isSameAs(thrown);
        }
    }

    @Test
    void bridgeThatFailsStopsNothing() throws Exception {
        Aborts.closing(this.signal, () -> {
            throw new IOException("expected by the test");
        });
        Aborts.cancelling(this.signal, (Statement) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Statement.class}, (proxy, method, arguments) -> {
                    throw new SQLException("expected by the test");
                }));
        Aborts.closing(this.signal, this::act);

        assertThat(this.signal.abort(this.reason)).isTrue();

        await(this.acted);
    }

    @Test
    void bridgeThatBlocksHoldsUpNobody() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        Aborts.closing(this.signal, never::await);
        Aborts.closing(this.signal, this::act);

        this.signal.abort(this.reason);

        await(this.acted);
        never.countDown();
    }

    @Test
    void withoutACurrentSignalNothingHappens() {
        Registration registration = Aborts.closing(this::act);

        assertThat(registration.remove()).isTrue();
        assertThat(this.acted).isNotDone();
    }
}
