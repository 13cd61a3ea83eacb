package dev.settle.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.abort.AbortReason;
import dev.settle.abort.AbortSignal;
import dev.settle.abort.AbortSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What comes last when a call is aborted. */
class CallRootTests {

    private static final Work NO_WORK = new Work() {

        @Override
        public Object run(AbortSignal signal) {
            throw new AssertionError("There is no method");
        }

        @Override
        public boolean asynchronous() {
            return true;
        }
    };

    private final AbortSource passed = new AbortSource();
    private final CallRoot signal = call();
    private final List<String> told = new ArrayList<>();

    @Test
    void lastComesAfterTheListeners() {
        this.signal.last(() -> this.told.add("last"));
        this.signal.onAbort(why -> this.told.add("listener"));

        this.passed.abort(AbortReason.application("enough"));

        assertThat(this.told).containsExactly("listener", "last");
    }

    @Test
    void lastThatComesWhileTheListenersAreToldWaitsForThem() {
        this.signal.onAbort(why -> {
            this.signal.last(() -> this.told.add("last"));
            this.told.add("first listener");
        });
        this.signal.onAbort(why -> this.told.add("second listener"));

        this.passed.abort(AbortReason.application("enough"));

        assertThat(this.told).containsExactly("first listener", "second listener", "last");
    }

    @Test
    void lastThatComesAfterTheAbortIsCalledAtOnce() {
        this.passed.abort(AbortReason.application("enough"));

        this.signal.last(() -> this.told.add("last"));

        assertThat(this.told).containsExactly("last");
    }

    @Test
    void signalThatIsBornAbortedHasNobodyToTell() {
        this.passed.abort(AbortReason.application("enough"));

        call().last(() -> this.told.add("last"));

        assertThat(this.told).containsExactly("last");
    }

    private CallRoot call() {
        return new CallRoot(CallSite.plain("prices.find"), NO_WORK, CallRoot.Kind.ASYNCHRONOUS, this.passed);
    }
}
