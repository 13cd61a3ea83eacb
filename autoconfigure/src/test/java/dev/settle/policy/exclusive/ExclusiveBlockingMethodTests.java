package dev.settle.policy.exclusive;

import static dev.settle.core.HandWork.until;
import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.AbortedException;
import dev.settle.CallRejectedException;
import dev.settle.CallRejectedException.Reason;
import dev.settle.SupersededException;
import dev.settle.abort.AbortReason.Kind;
import dev.settle.abort.AbortSignal;
import dev.settle.annotation.Exclusive.OnConflict;
import dev.settle.core.Caller;
import dev.settle.core.LineEvent;
import dev.settle.core.PlannedMethod;
import dev.settle.core.Results;
import dev.settle.time.TimeSource;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Methods that keep their caller's thread. */
class ExclusiveBlockingMethodTests {

    private final CountDownLatch annMayGo = new CountDownLatch(1);
    private final CountDownLatch annRuns = new CountDownLatch(1);
    private final List<String> started = new CopyOnWriteArrayList<>();

    private static PlannedMethod method(OnConflict onConflict) {
        return PlannedMethod.with(Mutex.unkeyed(onConflict, TimeSource.system()));
    }

    @AfterEach
    void letAnnGo() {
        this.annMayGo.countDown();
    }

    private String ann() throws InterruptedException {
        this.started.add("Ann");
        this.annRuns.countDown();
        this.annMayGo.await();
        return "Ann";
    }

    private Caller annOn(PlannedMethod method) throws Exception {
        Caller ann = new Caller("Ann", () -> method.call(this::ann));
        Results.await(this.annRuns);
        return ann;
    }

    /** A caller that has come to the point where the event is told. */
    private static Caller after(Enum<?> event, PlannedMethod method, String name, Callable<?> body) {
        int before = Collections.frequency(method.events(), event);
        Caller caller = new Caller(name, () -> method.call(body));
        until(() -> Collections.frequency(method.events(), event) > before);
        return caller;
    }

    private Callable<String> body(String name) {
        return () -> {
            this.started.add(name);
            return name;
        };
    }

    @Test
    void callersWaitInOrderOnTheirOwnThreads() throws Exception {
        PlannedMethod method = method(OnConflict.WAIT);
        Caller ann = annOn(method);
        Caller bob = after(
                LineEvent.WAITING, method, "Bob", () -> Thread.currentThread().getName());

        this.annMayGo.countDown();

        assertThat(ann.value()).isEqualTo("Ann");
        assertThat(bob.value()).isEqualTo("Bob");
    }

    @Test
    void anInterruptedWaiterLeavesTheLineAndStaysInterrupted() throws Exception {
        PlannedMethod method = method(OnConflict.WAIT);
        Caller ann = annOn(method);
        Caller bob = after(LineEvent.WAITING, method, "Bob", body("Bob"));

        bob.interrupt();

        assertThat(bob.failure())
                .isInstanceOfSatisfying(
                        AbortedException.class,
                        aborted -> assertThat(aborted.reason().kind()).isEqualTo(Kind.CALLER_CANCELLED));
        assertThat(bob.leftInterrupted()).isTrue();
        this.annMayGo.countDown();
        ann.value();
        assertThat(this.started).containsExactly("Ann");
    }

    @Test
    void aCallThatDoesNotWaitIsRefused() throws Exception {
        PlannedMethod method = method(OnConflict.REJECT);
        Caller ann = annOn(method);
        Caller bob = new Caller("Bob", () -> method.call(body("Bob")));

        assertThat(bob.failure())
                .isInstanceOfSatisfying(
                        CallRejectedException.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Reason.CONFLICT))
                .hasMessageContaining("called on thread Ann");
        this.annMayGo.countDown();
        assertThat(ann.value()).isEqualTo("Ann");
    }

    @Test
    void callersThatJoinShareOneRun() throws Exception {
        PlannedMethod method = method(OnConflict.JOIN);
        Caller ann = annOn(method);
        Caller bob = after(ExclusiveEvent.JOINED, method, "Bob", body("Bob"));
        Caller cid = after(ExclusiveEvent.JOINED, method, "Cid", body("Cid"));

        this.annMayGo.countDown();

        assertThat(List.of(ann.value(), bob.value(), cid.value())).containsOnly("Ann");
        assertThat(this.started).containsExactly("Ann");
    }

    @Test
    void aJoinerThatIsInterruptedHurtsOnlyItself() throws Exception {
        PlannedMethod method = method(OnConflict.JOIN);
        Caller ann = annOn(method);
        Caller bob = after(ExclusiveEvent.JOINED, method, "Bob", body("Bob"));

        ann.interrupt();
        assertThat(ann.failure()).isInstanceOf(AbortedException.class);
        this.annMayGo.countDown();

        assertThat(bob.value()).isEqualTo("Ann");
    }

    @Test
    void whenAllThatSharedItAreInterruptedTheRunIsInterruptedToo() throws Exception {
        PlannedMethod method = method(OnConflict.JOIN);
        CountDownLatch interrupted = new CountDownLatch(1);
        Caller ann = new Caller(
                "Ann",
                () -> method.call(() -> {
                    try {
                        return ann();
                    } catch (InterruptedException ex) {
                        interrupted.countDown();
                        throw ex;
                    }
                }));
        Results.await(this.annRuns);
        Caller bob = after(ExclusiveEvent.JOINED, method, "Bob", body("Bob"));

        ann.interrupt();
        bob.interrupt();

        Results.await(interrupted);
        assertThat(ann.failure()).isInstanceOf(AbortedException.class);
        assertThat(bob.failure()).isInstanceOf(AbortedException.class);
    }

    @Test
    void aCallThatIsReplacedIsInterruptedAndItsThreadIsNotLeftSo() throws Exception {
        PlannedMethod method = method(OnConflict.REPLACE);
        Caller ann = annOn(method);
        Caller bob = new Caller("Bob", () -> method.call(body("Bob")));

        assertThat(ann.failure()).isInstanceOf(SupersededException.class);
        assertThat(ann.leftInterrupted()).isFalse();
        assertThat(bob.value()).isEqualTo("Bob");
        assertThat(this.started).containsExactly("Ann", "Bob");
    }

    @Test
    void aReplacedCallThatTakesNoNoticeOfItsInterruptKeepsTheLock() throws Exception {
        PlannedMethod method = method(OnConflict.REPLACE);
        Caller ann = new Caller(
                "Ann",
                () -> method.call(() -> {
                    this.annRuns.countDown();
                    // Deaf: it is told, and goes on.
                    until(() -> AbortSignal.current().aborted());
                    this.started.add("Ann is told");
                    until(() -> this.annMayGo.getCount() == 0);
                    this.started.add("Ann ends");
                    return "Ann";
                }));
        Results.await(this.annRuns);
        Caller bob = after(LineEvent.WAITING, method, "Bob", body("Bob"));

        this.annMayGo.countDown();

        assertThat(bob.value()).isEqualTo("Bob");
        assertThat(ann.failure()).isInstanceOf(SupersededException.class);
        assertThat(this.started).containsExactly("Ann is told", "Ann ends", "Bob");
    }

    @Test
    void aCallThatWaitsAndIsReplacedNeverStarts() throws Exception {
        PlannedMethod method = method(OnConflict.REPLACE);
        new Caller(
                "Ann",
                () -> method.call(() -> {
                    this.annRuns.countDown();
                    until(() -> this.annMayGo.getCount() == 0);
                    return "Ann";
                }));
        Results.await(this.annRuns);
        Caller bob = after(LineEvent.WAITING, method, "Bob", body("Bob"));
        Caller cid = after(LineEvent.WAITING, method, "Cid", body("Cid"));

        assertThat(bob.failure()).isInstanceOf(SupersededException.class);
        this.annMayGo.countDown();

        assertThat(cid.value()).isEqualTo("Cid");
        assertThat(this.started).containsExactly("Cid");
    }
}
