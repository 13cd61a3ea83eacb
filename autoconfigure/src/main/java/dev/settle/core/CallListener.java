package dev.settle.core;

import java.util.List;

/** Is told what happens to calls, on whatever thread it happens. Must be quick; what it throws is logged and ignored. */
@FunctionalInterface
public interface CallListener {

    /** Something has happened. */
    void onEvent(CallEvent event);

    /** Nobody listens. */
    static CallListener none() {
        return event -> {};
    }

    /** One listener for several; one that throws disturbs neither the call nor the others. */
    static CallListener all(List<CallListener> listeners) {
        // An array: there is an event for each wait and attempt, and an iterator for each would be thrown away.
        CallListener[] copy = listeners.toArray(CallListener[]::new);
        return event -> {
            for (CallListener listener : copy) {
                try {
                    listener.onEvent(event);
                } catch (Throwable ex) {
                    Failures.log(CallListener.class, "A CallListener failed", ex);
                }
            }
        };
    }
}
