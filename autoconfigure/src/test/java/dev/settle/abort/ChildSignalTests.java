package dev.settle.abort;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.test.VirtualTime;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Signals inside signals. */
class ChildSignalTests {

    private final AbortReason reason = AbortReason.application("enough");
    private final VirtualTime time = new VirtualTime();
    private final AbortSource parent = new AbortSource();

    @Test
    void childAbortsWithItsParentForTheVerySameReason() {
        ChildSource child = AbortSource.child(this.parent);

        this.parent.abort(this.reason);

        assertThat(child.reason()).containsSame(this.reason);
    }

    @Test
    void childOfAnAbortedParentIsBornAbortedWithTheVerySameReason() {
        this.parent.abort(this.reason);

        assertThat(AbortSource.child(this.parent).reason()).containsSame(this.reason);
    }

    @Test
    void abortOfAChildLeavesParentAndSiblingAlone() {
        ChildSource child = AbortSource.child(this.parent);
        ChildSource sibling = AbortSource.child(this.parent);

        child.abort(this.reason);

        assertThat(child.aborted()).isTrue();
        assertThat(this.parent.aborted()).isFalse();
        assertThat(sibling.aborted()).isFalse();
    }

    @Test
    void abortedChildKeepsItsOwnReason() {
        ChildSource child = AbortSource.child(this.parent);
        child.abort(this.reason);

        this.parent.abort(AbortReason.shutdown("later"));

        assertThat(child.reason()).containsSame(this.reason);
    }

    @Test
    void closedChildNoLongerFollows() {
        ChildSource child = AbortSource.child(this.parent);
        child.close();

        this.parent.abort(this.reason);

        assertThat(child.aborted()).isFalse();
    }

    @Test
    void closedChildLeavesNothingWithItsParent() {
        ChildSource child = AbortSource.child(this.parent);
        ChildSource other = AbortSource.child(this.parent);
        assertThat(this.parent.listenerCount()).isEqualTo(2);

        child.close();
        child.close();
        assertThat(this.parent.listenerCount()).isEqualTo(1);

        other.close();
        assertThat(this.parent.listenerCount()).isZero();
    }

    @Test
    void childMayBeClosedAfterTheAbort() {
        ChildSource child = AbortSource.child(this.parent);
        this.parent.abort(this.reason);

        child.close();

        assertThat(child.reason()).containsSame(this.reason);
    }

    @Test
    void abortedParentKeepsNoChild() {
        AbortSource.child(this.parent);

        this.parent.abort(this.reason);

        assertThat(this.parent.listenerCount()).isZero();
    }

    @Test
    void childThatIsKeptAfterTheAbortDoesNotKeepItsSiblings() {
        ChildSource kept = AbortSource.child(this.parent);
        WeakReference<ChildSource> sibling = new WeakReference<>(AbortSource.child(this.parent));

        this.parent.abort(this.reason);

        Garbage.awaitCollected(sibling);
        assertThat(kept.aborted()).isTrue();
    }

    @Test
    void childThatNobodyHoldsIsToldAllTheSame() {
        List<String> heard = new ArrayList<>();
        ChildSource middle = AbortSource.child(this.parent);
        AbortSource.child(middle).onAbort(why -> heard.add("grandchild"));
        middle = null;
        Garbage.collect();

        this.parent.abort(this.reason);

        assertThat(heard).containsExactly("grandchild");
    }

    @Test
    void allDependentsAreMarkedBeforeAnyListenerRuns() {
        ChildSource child = AbortSource.child(this.parent);
        ChildSource grandchild = AbortSource.child(child);
        AbortSignal any = AbortSignal.any(this.parent, new AbortSource());
        AbortSignal anyOfChild = AbortSignal.any(grandchild);
        List<Boolean> marked = new ArrayList<>();
        this.parent.onAbort(why -> List.of(child, grandchild, any, anyOfChild)
                .forEach(dependent -> marked.add(dependent.reason().orElse(null) == why)));

        this.parent.abort(this.reason);

        assertThat(marked).containsExactly(true, true, true, true);
    }

    @Test
    void listenersOfTheParentRunBeforeThoseOfItsChildren() {
        List<String> heard = new ArrayList<>();
        ChildSource child = AbortSource.child(this.parent);
        AbortSource.child(child).onAbort(why -> heard.add("grandchild"));
        child.onAbort(why -> heard.add("child"));
        this.parent.onAbort(why -> heard.add("parent"));

        this.parent.abort(this.reason);

        assertThat(heard).containsExactly("parent", "child", "grandchild");
    }

    @Test
    void throwingListenerOfTheParentDoesNotKeepTheChildrenFromBeingTold() {
        List<String> heard = new ArrayList<>();
        AbortSource.child(this.parent).onAbort(why -> heard.add("child"));
        this.parent.onAbort(why -> {
            throw new IllegalStateException("expected by the test");
        });

        this.parent.abort(this.reason);

        assertThat(heard).containsExactly("child");
    }

    @Test
    void manyGenerationsAbortWithoutRecursion() {
        ChildSource last = AbortSource.child(this.parent);
        for (int i = 0; i < 200_000; i++) {
            last = AbortSource.child(last);
        }

        this.parent.abort(this.reason);

        assertThat(last.reason()).containsSame(this.reason);
    }

    @Test
    void deadlineIsTheNearerOfItsOwnAndItsParents() {
        AbortSource limited = AbortSource.timeout(this.time, TimeUnit.SECONDS.toNanos(10));

        ChildSource shorter = new LimitedSource(limited, this.time, TimeUnit.SECONDS.toNanos(3));
        ChildSource longer = new LimitedSource(limited, this.time, TimeUnit.SECONDS.toNanos(30));

        assertThat(shorter.remaining()).contains(Duration.ofSeconds(3));
        assertThat(longer.remaining()).contains(Duration.ofSeconds(10));
    }

    @Test
    void childWithoutADeadlineOfItsOwnHasItsParents() {
        AbortSource limited = AbortSource.timeout(this.time, TimeUnit.SECONDS.toNanos(10));

        assertThat(AbortSource.child(limited).remaining()).contains(Duration.ofSeconds(10));
        assertThat(AbortSource.child(this.parent).remaining()).isEmpty();
    }

    @Test
    void childArmsNoTimerOfItsOwn() {
        AbortSource limited = AbortSource.timeout(this.time, TimeUnit.SECONDS.toNanos(10));

        new LimitedSource(limited, this.time, TimeUnit.SECONDS.toNanos(3));

        assertThat(this.time.pending()).as("the parent's").isEqualTo(1);
    }

    @Test
    void childOfTheSignalThatNeverAbortsStandsAlone() {
        ChildSource child = new LimitedSource(AbortSignal.never(), this.time, TimeUnit.SECONDS.toNanos(3));
        assertThat(child.remaining()).contains(Duration.ofSeconds(3));

        child.abort(this.reason);
        child.close();

        assertThat(child.reason()).containsSame(this.reason);
    }

    @Test
    void childOfTwoParentsFollowsTheFirstToAbort() {
        AbortSource other = new AbortSource();
        Both child = new Both(this.parent, other);

        other.abort(this.reason);
        this.parent.abort(AbortReason.shutdown("later"));

        assertThat(child.reason()).containsSame(this.reason);
    }

    @Test
    void childOfTwoParentsOfWhichOneHasAbortedIsBornAborted() {
        AbortSource other = new AbortSource();
        other.abort(this.reason);

        assertThat(new Both(this.parent, other).reason()).containsSame(this.reason);
    }

    @Test
    void closedChildOfTwoParentsLeavesNothingWithEither() {
        AbortSource other = new AbortSource();
        Both child = new Both(this.parent, other);
        assertThat(this.parent.listenerCount()).isEqualTo(1);
        assertThat(other.listenerCount()).isEqualTo(1);

        child.close();

        assertThat(this.parent.listenerCount()).isZero();
        assertThat(other.listenerCount()).isZero();
    }

    @Test
    void childOfTheSameParentTwiceHangsOnItOnce() {
        Both child = new Both(this.parent, this.parent);
        assertThat(this.parent.listenerCount()).isEqualTo(1);

        child.close();

        assertThat(this.parent.listenerCount()).isZero();
    }

    @Test
    void childOfTwoParentsHasTheNearerDeadline() {
        AbortSource soon = AbortSource.timeout(this.time, TimeUnit.SECONDS.toNanos(3));
        AbortSource late = AbortSource.timeout(this.time, TimeUnit.SECONDS.toNanos(10));

        assertThat(new Both(late, soon).remaining()).contains(Duration.ofSeconds(3));
        assertThat(new Both(soon, AbortSignal.never()).remaining()).contains(Duration.ofSeconds(3));
    }

    @Test
    void whatComesLastComesAfterTheListenersOfDependentsToo() {
        List<String> heard = new ArrayList<>();
        AbortSource last = new AbortSource() {
            @Override
            protected void told() {
                heard.add("last");
            }
        };
        AbortSource.child(AbortSource.child(last)).onAbort(why -> heard.add("grandchild"));
        last.onAbort(why -> heard.add("listener"));

        last.abort(this.reason);

        assertThat(heard).containsExactly("listener", "grandchild", "last");
    }

    @Test
    void childFollowsASignalThatSomebodyElseWrote() {
        ForeignSignal foreign = new ForeignSignal();
        ChildSource child = AbortSource.child(foreign);

        foreign.source().abort(this.reason);

        assertThat(child.reason()).containsSame(this.reason);
    }

    @Test
    void childOfAForeignAbortedSignalIsBornAborted() {
        ForeignSignal foreign = new ForeignSignal();
        foreign.source().abort(this.reason);

        assertThat(AbortSource.child(foreign).reason()).containsSame(this.reason);
    }

    @Test
    void closedChildLeavesNothingWithAForeignParent() {
        ForeignSignal foreign = new ForeignSignal();
        ChildSource child = AbortSource.child(foreign);
        assertThat(foreign.source().listenerCount()).isEqualTo(1);

        child.close();

        assertThat(foreign.source().listenerCount()).isZero();
    }

    @Test
    void childHasTheDeadlineOfAForeignParent() {
        ForeignSignal foreign = new ForeignSignal(Duration.ofHours(1));

        assertThat(AbortSource.child(foreign).remaining().orElseThrow())
                .isLessThanOrEqualTo(Duration.ofHours(1))
                .isGreaterThan(Duration.ofMinutes(50));
    }

    private static final class Both extends WorkInFlight {

        Both(AbortSignal parent, AbortSignal other) {
            follow(parent, other);
        }
    }
}
