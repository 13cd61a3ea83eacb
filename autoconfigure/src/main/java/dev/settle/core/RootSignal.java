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

    private final CallSite site;
    private volatile @Nullable Consumer<RootSignal> last;
    private volatile boolean told;

    RootSignal(CallSite site, AbortSignal around, AbortSignal passed) {
        super(around, passed);
        this.site = site;
    }

    CallSite site() {
        return this.site;
    }

    /** Called last on abort; at once if that has been. The action may be called twice. */
    void last(Consumer<RootSignal> action) {
        this.last = action;
        // Race: an abort since the start of the call found nobody here. While it is still telling its listeners it is
        // not over, and comes here by itself; so each side first leaves its word, and then looks for the other's.
        if (this.told) {
            action.accept(this);
        }
    }

    @Override
    protected boolean standsApart() {
        return true;
    }

    @Override
    protected void told() {
        this.told = true;
        Consumer<RootSignal> action = this.last;
        if (action != null) {
            action.accept(this);
        }
    }
}
