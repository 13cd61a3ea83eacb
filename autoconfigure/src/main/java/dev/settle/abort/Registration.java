package dev.settle.abort;

/** One registered listener or cleanup. */
@FunctionalInterface
public interface Registration extends AutoCloseable {

    /** Takes the registration back: true when it will now never run. Never waits. */
    boolean remove();

    /** The same as {@link #remove()}, for try-with-resources. */
    @Override
    default void close() {
        remove();
    }
}
