package dev.settle.core;

/**
 * Where calls of one method come in.
 *
 * @param name the name of the method's policies
 * @param host what the application gives to all its calls
 * @param deferred whether calls may run long after they were made, and are settled in the phase of their bean
 */
public record CallSite(String name, CallHost host, boolean deferred) {

    /** For plain objects: no tracking, no shutdown. */
    public static CallSite plain(String name) {
        return new CallSite(name, CallHost.plain(), false);
    }
}
