package dev.settle.abort;

/** How many listen to a signal, for tests in other packages. */
public final class Listeners {

    private Listeners() {}

    public static int on(AbortSource signal) {
        return signal.listenerCount();
    }
}
