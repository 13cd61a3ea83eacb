package dev.settle.core;

import dev.settle.abort.AbortSignal;
import dev.settle.abort.AbortSource;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The signal of a whole call. The caller's future is settled after every listener has been told, so that permits are
 * free before the caller goes on.
 */
final class RootSignal extends AbortSource.Child {

    private volatile @Nullable Consumer<RootSignal> last;

    RootSignal(AbortSignal around, AbortSignal passed) {
        super(around, passed);
    }

    /** Called last on abort; at once if the signal has aborted. */
    void last(Consumer<RootSignal> action) {
        this.last = action;
        // Race: an abort between the start of the call and the line above found nobody to tell.
        if (aborted()) {
            action.accept(this);
        }
    }

    @Override
    protected boolean standsApart() {
        return true;
    }

    @Override
    protected void told() {
        Consumer<RootSignal> action = this.last;
        if (action != null) {
            action.accept(this);
        }
    }
}
