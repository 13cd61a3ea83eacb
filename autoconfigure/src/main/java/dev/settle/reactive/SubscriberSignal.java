package dev.settle.reactive;

import dev.settle.abort.AbortReason;
import dev.settle.abort.AbortSignal;
import dev.settle.abort.ChildSource;
import reactor.core.Disposable;

/**
 * What the call of one subscriber hangs on: it aborts when the subscriber cancels, also while the call is still on its way
 * through its policies and there is no future of it to cancel.
 */
final class SubscriberSignal extends ChildSource implements Disposable {

    private final String name;
    private volatile boolean gone;

    SubscriberSignal(String name, AbortSignal passed) {
        super(passed);
        this.name = name;
    }

    /** The subscriber cancels. */
    @Override
    public void dispose() {
        this.gone = true;
        abort(AbortReason.callerCancelled("The subscriber of '" + this.name + "' cancelled"));
    }

    /** Whether the subscriber has cancelled, and wants to hear nothing more. */
    @Override
    public boolean isDisposed() {
        return this.gone;
    }
}
