package dev.settle.core;

import dev.settle.abort.AsyncCleanup;
import dev.settle.time.TimeSource;
import java.util.function.Function;

/**
 * What the application gives to the policies of a method.
 *
 * @param name the name of the method's policies
 * @param stream whether the method returns a stream of values, which is not over when it begins
 * @param time the one clock and timers
 * @param shared objects that several methods share, by their type and name
 * @param shutdown where work is settled at shutdown that is not a call in flight
 * @param clustering has policies count for all instances of the application
 */
public record PolicyContext(
        String name, boolean stream, TimeSource time, Shared shared, Shutdown shutdown, Clustering clustering) {

    /** The same for a method. */
    public PolicyContext forMethod(String method, boolean streaming) {
        return new PolicyContext(method, streaming, this.time, this.shared, this.shutdown, this.clustering);
    }

    /** Keeps what several methods share by name. */
    @FunctionalInterface
    public interface Shared {

        /** The object of that type and name; made by the function when it is first asked for. */
        <T> T get(Class<T> type, String name, Function<String, T> maker);
    }

    /** The shutdown, in the phase of the method's bean. */
    @FunctionalInterface
    public interface Shutdown {

        /** Has the cleanup run when the bean is about to stop. */
        void onShutdown(String name, AsyncCleanup cleanup);
    }
}
