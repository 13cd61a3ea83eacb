package dev.settle.core;

/**
 * Something that happened to a call.
 *
 * @param name the name of the method's policies
 * @param type what happened; an enum of the policy, for example {@code RetryEvent.RETRYING}
 * @param detail what the type says it is
 */
public record CallEvent(String name, Enum<?> type, Object detail) {}
