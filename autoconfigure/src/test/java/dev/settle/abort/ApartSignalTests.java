package dev.settle.abort;

import static dev.settle.abort.Outcomes.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Signals of calls: when they are told, their callers go on, and must not hold each other up. */
class ApartSignalTests {

    private final AbortReason reason = AbortReason.application("enough");
    private final AbortSource parent = new AbortSource();
    private final List<String> heard = new CopyOnWriteArrayList<>();

    @Test
    void callsAreMarkedBeforeAnyListenerRuns() {
        AbortSource call = new CallSignal(this.parent);
        AbortSource inside = AbortSource.child(call);
        List<Boolean> marked = new ArrayList<>();
        this.parent.onAbort(why -> {
            marked.add(call.aborted());
            marked.add(inside.aborted());
        });

        this.parent.abort(this.reason);

        assertThat(marked).containsExactly(true, true);
        assertThat(inside.reason()).containsSame(this.reason);
    }

    @Test
    void callsAreToldAfterAllOthers() throws Exception {
        CountDownLatch told = new CountDownLatch(2);
        for (String name : List.of("call 1", "call 2")) {
            new CallSignal(this.parent).onAbort(why -> {
                this.heard.add(name);
                told.countDown();
            });
        }
        AbortSource.child(this.parent).onAbort(why -> this.heard.add("child"));
        this.parent.onAbort(why -> this.heard.add("parent"));

        this.parent.abort(this.reason);

        await(told);
        assertThat(this.heard).startsWith("parent", "child").hasSize(4).contains("call 1", "call 2");
    }

    @Test
    void callsMayWaitForEachOther() throws Exception {
        int calls = 20;
        CountDownLatch all = new CountDownLatch(calls);
        CountDownLatch ended = new CountDownLatch(calls);
        for (int i = 0; i < calls; i++) {
            new CallSignal(this.parent).onAbort(why -> {
                all.countDown();
                Outcomes.awaitDeaf(all);
                ended.countDown();
            });
        }

        CompletableFuture<Boolean> aborted = new CompletableFuture<>();
        new Thread(() -> aborted.complete(this.parent.abort(this.reason))).start();

        await(ended);
        assertThat(await(aborted)).isTrue();
    }

    @Test
    void callInsideACallIsToldToo() throws Exception {
        CompletableFuture<AbortReason> told = new CompletableFuture<>();
        new CallSignal(AbortSource.child(new CallSignal(this.parent))).onAbort(told::complete);

        this.parent.abort(this.reason);

        assertThat(await(told)).isSameAs(this.reason);
    }

    @Test
    void singleCallIsToldOnTheAbortingThread() {
        List<Thread> threads = new ArrayList<>();
        new CallSignal(this.parent).onAbort(why -> threads.add(Thread.currentThread()));

        this.parent.abort(this.reason);

        assertThat(threads).containsExactly(Thread.currentThread());
    }

    @Test
    void callThatHasAbortedBeforeIsNotToldAgain() {
        AbortSource call = new CallSignal(this.parent);
        call.onAbort(why -> this.heard.add(why.message()));
        call.abort(AbortReason.application("by itself"));

        assertThat(this.parent.abort(this.reason)).isTrue();

        assertThat(this.heard).containsExactly("by itself");
    }

    @Test
    void whatComesLastForACallComesAfterItsOwnListeners() {
        AbortSource call = new CallSignal(this.parent) {
            @Override
            protected void told() {
                ApartSignalTests.this.heard.add("last");
            }
        };
        AbortSource.child(call).onAbort(why -> this.heard.add("child of the call"));
        call.onAbort(why -> this.heard.add("call"));

        this.parent.abort(this.reason);

        assertThat(this.heard).containsExactly("call", "child of the call", "last");
    }

    private static class CallSignal extends ChildSource {

        CallSignal(AbortSignal parent) {
            super(parent);
        }

        @Override
        protected boolean standsApart() {
            return true;
        }
    }
}
