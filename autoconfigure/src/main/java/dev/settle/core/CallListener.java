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
        List<CallListener> copy = List.copyOf(listeners);
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
