package dev.settle.abort;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.test.VirtualTime;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class AnySignalTests {

    private final AbortReason reason = AbortReason.application("one");
    private final AbortReason later = AbortReason.application("two");
    private final AbortSource one = new AbortSource();
    private final AbortSource two = new AbortSource();
    private final List<String> heard = new ArrayList<>();

    @Test
    void abortsWithTheFirstOfItsSourcesToAbort() {
        AbortSignal any = AbortSignal.any(this.one, this.two);

        this.two.abort(this.reason);
        this.one.abort(this.later);

        assertThat(any.reason()).containsSame(this.reason);
    }

    @Test
    void listenersAreToldOnce() {
        AbortSignal.any(this.one, this.two).onAbort(why -> this.heard.add(why.message()));

        this.two.abort(this.reason);
        this.one.abort(this.later);

        assertThat(this.heard).containsExactly("one");
    }

    @Test
    void ofAbortedSignalsItIsBornAbortedWithTheReasonOfTheFirstInTheList() {
        this.two.abort(this.later);
        this.one.abort(this.reason);

        assertThat(AbortSignal.any(this.one, this.two).reason()).containsSame(this.reason);
        assertThat(AbortSignal.any(this.two, this.one).reason()).containsSame(this.later);
    }

    @Test
    void ofOpenAndAbortedSignalsItIsBornAborted() {
        this.two.abort(this.reason);

        assertThat(AbortSignal.any(this.one, this.two).reason()).containsSame(this.reason);
    }

    @Test
    void bornAbortedItHangsOnNoSource() {
        this.two.abort(this.reason);

        AbortSignal.any(this.one, this.two);

        assertThat(this.one.listenerCount()).isZero();
    }

    @Test
    void duplicatesAreHarmless() {
        AbortSignal any = AbortSignal.any(this.one, this.one, this.one);
        any.onAbort(why -> this.heard.add(why.message()));
        assertThat(this.one.listenerCount()).isEqualTo(1);

        this.one.abort(this.reason);

        assertThat(this.heard).containsExactly("one");
    }

    @Test
    void ofNothingItNeverAborts() {
        AbortSignal any = AbortSignal.any();
        any.onAbort(why -> this.heard.add("never"));

        assertThat(any.aborted()).isFalse();
        assertThat(any.reason()).isEmpty();
        assertThat(any.remaining()).isEmpty();
    }

    @Test
    void signalThatNeverAbortsAddsNothing() {
        AbortSignal any = AbortSignal.any(AbortSignal.never(), this.one, AbortSignal.never());
        assertThat(any.aborted()).isFalse();

        this.one.abort(this.reason);

        assertThat(any.reason()).containsSame(this.reason);
    }

    @Test
    void abortOfTheCompositeIsNotItsSources() {
        AbortSignal any = AbortSignal.any(this.one);

        ((AbortSource) any).abort(this.reason);

        assertThat(this.one.aborted()).isFalse();
    }

    @Test
    void compositesOfCompositesFollowTheRoot() {
        AbortSignal any = AbortSignal.any(AbortSignal.any(AbortSignal.any(this.one), this.two));

        this.one.abort(this.reason);

        assertThat(any.reason()).containsSame(this.reason);
    }

    @Test
    void compositesHangOnTheRootsNotOnEachOther() {
        AbortSignal inner = AbortSignal.any(this.one);

        AbortSignal outer = AbortSignal.any(inner);

        assertThat(this.one.listenerCount()).isEqualTo(2);
        assertThat(((AbortSource) inner).listenerCount()).isZero();
        assertThat(outer.aborted()).isFalse();
    }

    @Test
    void listenersOfTheSourceRunFirstThenThoseOfTheCompositesInOrderOfCreation() {
        AbortSignal first = AbortSignal.any(this.one);
        AbortSignal second = AbortSignal.any(first);
        AbortSignal third = AbortSignal.any(first, this.one);
        AbortSignal fourth = AbortSignal.any(second, third);
        fourth.onAbort(why -> this.heard.add("4"));
        third.onAbort(why -> this.heard.add("3"));
        second.onAbort(why -> this.heard.add("2"));
        first.onAbort(why -> this.heard.add("1"));
        this.one.onAbort(why -> this.heard.add("0"));

        this.one.abort(this.reason);

        assertThat(this.heard).containsExactly("0", "1", "2", "3", "4");
    }

    @Test
    void abortOfAnotherSourceInsideAListenerIsNoSecondEvent() {
        AbortSignal inner = AbortSignal.any(this.one, this.two);
        AbortSignal outer = AbortSignal.any(inner, this.two);
        this.one.onAbort(why -> this.two.abort(this.later));
        inner.onAbort(why -> this.heard.add("inner " + why.message()));
        outer.onAbort(why -> this.heard.add("outer " + why.message()));
        this.two.onAbort(why -> this.heard.add("two " + why.message()));

        this.one.abort(this.reason);

        assertThat(this.heard).containsExactly("two two", "inner one", "outer one");
    }

    @Test
    void abortUnlinksItFromItsOtherSources() {
        AbortSignal any = AbortSignal.any(this.one, this.two);

        this.one.abort(this.reason);

        assertThat(any.aborted()).isTrue();
        assertThat(this.two.listenerCount()).isZero();
    }

    @Test
    void abortWhileItIsBeingLinkedLeavesNoLinkBehind() {
        AbortSource abortsTheFirst = new AbortsWhenLinked(this.one, this.reason);

        AbortSignal any = AbortSignal.any(this.one, abortsTheFirst, this.two);

        assertThat(any.reason()).containsSame(this.reason);
        assertThat(abortsTheFirst.listenerCount()).isZero();
        assertThat(this.two.listenerCount()).isZero();
    }

    @Test
    void sourceThatAbortsJustBeforeItIsLinkedIsNotMissed() {
        AbortSource abortsTheNext = new AbortsWhenLinked(this.one, this.reason);

        AbortSignal any = AbortSignal.any(abortsTheNext, this.one, this.two);

        assertThat(any.reason()).containsSame(this.reason);
        assertThat(abortsTheNext.listenerCount()).isZero();
        assertThat(this.two.listenerCount()).isZero();
    }

    @Test
    void deadlineIsTheNearestOfItsSources() {
        VirtualTime time = new VirtualTime();
        AbortSource soon = AbortSource.timeout(time, TimeUnit.SECONDS.toNanos(1));
        AbortSource late = AbortSource.timeout(time, TimeUnit.SECONDS.toNanos(5));

        assertThat(AbortSignal.any(late, soon, this.one).remaining()).contains(Duration.ofSeconds(1));
    }

    @Test
    void followsASignalThatSomebodyElseWrote() {
        ForeignSignal foreign = new ForeignSignal();
        AbortSignal any = AbortSignal.any(this.one, foreign);

        foreign.source().abort(this.reason);

        assertThat(any.reason()).containsSame(this.reason);
    }

    @Test
    void ofAForeignAbortedSignalItIsBornAborted() {
        ForeignSignal foreign = new ForeignSignal();
        foreign.source().abort(this.reason);

        assertThat(AbortSignal.any(this.one, foreign).reason()).containsSame(this.reason);
    }

    @Test
    void forgottenCompositesLeaveNothingWithTheirSource() {
        for (int i = 0; i < 1000; i++) {
            AbortSignal.any(this.one, this.two);
        }

        Garbage.await(() -> {
            AbortSignal.any();
            return this.one.listenerCount() == 0 && this.two.listenerCount() == 0;
        });
    }

    @Test
    void forgottenCompositesLeaveNothingWithAForeignSource() {
        ForeignSignal foreign = new ForeignSignal();
        for (int i = 0; i < 1000; i++) {
            AbortSignal.any(foreign);
        }

        Garbage.await(() -> {
            AbortSignal.any();
            return foreign.source().listenerCount() == 0;
        });
    }

    @Test
    void compositeWithAListenerIsKeptThoughNobodyHoldsIt() {
        AbortSignal.any(this.one, this.two).onAbort(why -> this.heard.add("told"));
        Garbage.collect();

        this.two.abort(this.reason);

        assertThat(this.heard).containsExactly("told");
    }

    @Test
    void compositeOfAForeignSignalWithAListenerIsKeptThoughNobodyHoldsIt() {
        ForeignSignal foreign = new ForeignSignal();
        AbortSignal.any(foreign).onAbort(why -> this.heard.add("told"));
        Garbage.collect();

        foreign.source().abort(this.reason);

        assertThat(this.heard).containsExactly("told");
    }

    @Test
    void compositeWithAChildIsKeptThoughNobodyHoldsIt() {
        AbortSource.child(AbortSignal.any(this.one)).onAbort(why -> this.heard.add("told"));
        Garbage.collect();

        this.one.abort(this.reason);

        assertThat(this.heard).containsExactly("told");
    }

    @Test
    void compositeIsForgottenOnceItsLastListenerHasBeenRemoved() {
        AbortSignal any = AbortSignal.any(this.one);
        Registration first = any.onAbort(why -> {});
        Registration second = any.onAbort(why -> {});
        WeakReference<AbortSignal> forgotten = new WeakReference<>(any);
        any = null;

        first.remove();
        Garbage.collect();
        assertThat(forgotten.refersTo(null))
                .as("forgotten though somebody listens")
                .isFalse();

        second.remove();
        // The handles know their signal.
        Reference.reachabilityFence(second);
        first = null;
        second = null;
        Garbage.awaitCollected(forgotten);
    }

    @Test
    void compositeIsForgottenOnceItsLastChildHasBeenClosed() {
        AbortSignal any = AbortSignal.any(this.one);
        WeakReference<AbortSignal> forgotten = new WeakReference<>(any);
        AbortSource.child(any).close();
        any = null;

        Garbage.awaitCollected(forgotten);
    }

    @Test
    void compositeKeepsItsSources() {
        AbortSource source = new AbortSource();
        WeakReference<AbortSource> held = new WeakReference<>(source);
        AbortSignal any = AbortSignal.any(source);
        source = null;

        Garbage.collect();

        assertThat(held.refersTo(null)).isFalse();
        Reference.reachabilityFence(any);
    }

    /** Aborts another signal as soon as something is linked to it. */
    private static final class AbortsWhenLinked extends AbortSource {

        private final AbortSource other;
        private final AbortReason reason;

        AbortsWhenLinked(AbortSource other, AbortReason reason) {
            this.other = other;
            this.reason = reason;
        }

        @Override
        boolean countsInterest() {
            return true;
        }

        @Override
        void listenedTo(boolean listened) {
            this.other.abort(this.reason);
        }
    }
}
