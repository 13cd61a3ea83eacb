package dev.settle.plan;

/** What a method's outcome is. */
public enum ReturnKind {
    /** The value returned, or what is thrown. */
    VALUE,
    /** The outcome of the {@code CompletionStage} returned. */
    STAGE,
    /** The outcome of a plain {@code Future}, which has to be waited for. */
    FUTURE,
    /** What a subscriber gets, at most one value: {@code Mono}, and what can be made one. */
    SINGLE,
    /** What a subscriber gets, any number of values: {@code Flux}, and what can be made one. */
    STREAM
}
