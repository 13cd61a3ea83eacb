package dev.settle.abort;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** The place of a signal for what goes on under it. */
class RunningWorkTests {

    private final AbortReason reason = AbortReason.application("enough");
    private final AbortSource signal = new AbortSource();
    private final List<String> told = new ArrayList<>();

    private Consumer<AbortReason> work(String name) {
        return why -> this.told.add(name);
    }

    @Test
    void isToldBeforeTheListeners() {
        this.signal.onAbort(work("listener"));

        assertThat(this.signal.runs(work("work"))).isNull();
        this.signal.abort(this.reason);

        assertThat(this.told).containsExactly("work", "listener");
    }

    @Test
    void isToldAtOnceUnderASignalThatHasAborted() {
        this.signal.abort(this.reason);

        this.signal.runs(work("late"));

        assertThat(this.told).containsExactly("late");
    }

    @Test
    void isNotToldWhenItIsOver() {
        Consumer<AbortReason> work = work("work");
        Registration registration = this.signal.runs(work);

        this.signal.ran(work, registration);
        this.signal.abort(this.reason);

        assertThat(this.told).isEmpty();
    }

    @Test
    void severalAtOnceAreAllTold() {
        this.signal.runs(work("one"));
        Consumer<AbortReason> two = work("two");
        Registration second = this.signal.runs(two);
        this.signal.runs(work("three"));

        this.signal.ran(two, second);
        this.signal.abort(this.reason);

        assertThat(this.told).containsExactly("one", "three");
    }

    @Test
    void whoSaysTwiceThatItIsOverDoesNotTakeThePlaceOfTheNext() {
        Consumer<AbortReason> before = work("before");
        Registration registration = this.signal.runs(before);
        this.signal.ran(before, registration);
        this.signal.runs(work("next"));

        this.signal.ran(before, registration);
        this.signal.abort(this.reason);

        assertThat(this.told).containsExactly("next");
    }

    @Test
    void holdsASignalThatIsHeldWeakly() {
        AbortSource source = new AbortSource();
        ((AbortSource) AbortSignal.any(source, new AbortSource())).runs(work("work"));

        Garbage.collect();
        source.abort(this.reason);

        assertThat(this.told).containsExactly("work");
    }
}
