package dev.settle.policy.bulkhead;

import static dev.settle.core.HandWork.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.settle.AbortedException;
import dev.settle.CallRejectedException;
import dev.settle.CallRejectedException.Reason;
import dev.settle.abort.AbortReason.Kind;
import dev.settle.core.Caller;
import dev.settle.core.PlannedMethod;
import dev.settle.core.WaitBounds;
import dev.settle.test.VirtualTime;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Methods that keep their caller's thread: the wait is on it too. */
class BulkheadBlockingMethodTests {

    private static final Duration SHORT = Duration.ofMillis(20);

    private final VirtualTime time = new VirtualTime();
    private final AsyncSemaphore one = AsyncSemaphore.of(1, new WaitBounds(SHORT, 1000), this.time);
    private final PlannedMethod method = PlannedMethod.with(this.one);
    private final CountDownLatch annMayGo = new CountDownLatch(1);
    private final List<String> started = new CopyOnWriteArrayList<>();

    @AfterEach
    void everythingIsGivenBack() {
        this.annMayGo.countDown();
        until(() -> this.one.free() == 1);
        assertThat(this.one.waiting()).isZero();
        assertThat(this.time.pending()).isZero();
    }

    private Caller ann() {
        Caller ann = new Caller(
                "Ann",
                () -> this.method.call(() -> {
                    this.annMayGo.await();
                    return "Ann";
                }));
        until(() -> this.one.free() == 0);
        return ann;
    }

    private Caller inLine(String name, Callable<?> body) {
        int before = this.one.waiting();
        Caller caller = new Caller(name, () -> this.method.call(body));
        until(() -> this.one.waiting() == before + 1);
        return caller;
    }

    @Test
    void aCallWaitsAndThenRunsOnItsCallersThread() throws Exception {
        Caller ann = ann();
        Caller bob = inLine("Bob", () -> Thread.currentThread().getName());
        assertThat(bob.isDone()).isFalse();

        this.annMayGo.countDown();

        assertThat(ann.value()).isEqualTo("Ann");
        assertThat(bob.value()).isEqualTo("Bob");
    }

    @Test
    void callersAreServedInTheOrderInWhichTheyCame() throws Exception {
        ann();
        Caller bob = inLine("Bob", () -> this.started.add("Bob"));
        Caller cid = inLine("Cid", () -> this.started.add("Cid"));
        Caller dee = inLine("Dee", () -> this.started.add("Dee"));

        this.annMayGo.countDown();
        bob.value();
        cid.value();
        dee.value();

        assertThat(this.started).containsExactly("Bob", "Cid", "Dee");
    }

    @Test
    void aCallThatHasWaitedTooLongThrowsTheRefusal() throws Exception {
        ann();
        Caller bob = inLine("Bob", () -> this.started.add("Bob"));

        this.time.advance(SHORT);

        assertThat(bob.failure())
                .isInstanceOfSatisfying(
                        CallRejectedException.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Reason.WAIT_EXCEEDED));
        assertThat(this.one.waiting()).isZero();
        assertThat(this.started).isEmpty();
    }

    @Test
    void anInterruptedWaiterLeavesTheLineAndStaysInterrupted() throws Exception {
        ann();
        Caller bob = inLine("Bob", () -> this.started.add("Bob"));

        bob.interrupt();

        assertThat(bob.failure())
                .isInstanceOfSatisfying(
                        AbortedException.class,
                        aborted -> assertThat(aborted.reason().kind()).isEqualTo(Kind.CALLER_CANCELLED));
        assertThat(bob.leftInterrupted()).isTrue();
        assertThat(this.one.waiting()).isZero();
        assertThat(this.started).isEmpty();
    }

    @Test
    void whenTheFirstInLineIsInterruptedTheNextIsServed() throws Exception {
        ann();
        Caller bob = inLine("Bob", () -> this.started.add("Bob"));
        Caller cid = inLine("Cid", () -> this.started.add("Cid"));
        bob.interrupt();
        bob.failure();

        this.annMayGo.countDown();
        cid.value();

        assertThat(this.started).containsExactly("Cid");
    }

    @Test
    void aMethodThatThrowsGivesItsPermitBack() {
        IOException failure = new IOException("refused");

        Throwable thrown = catchThrowable(() -> this.method.call(() -> {
            throw failure;
        }));

        assertThat(thrown).isSameAs(failure);
        assertThat(this.one.free()).isOne();
    }

    @Test
    void aMethodThatReturnsNullIsNoError() throws Throwable {
        assertThat(this.method.call(() -> null)).isNull();
    }

    @Test
    void thePermitIsFreeWhenTheMethodHasReturned() throws Throwable {
        Object free = this.method.call(this.one::free);

        assertThat(free).isEqualTo(0);
        assertThat(this.one.free()).isOne();
    }
}
