package dev.settle.activity;

import dev.settle.CallRejectedException;

/**
 * A call that was refused; nothing more of it is kept.
 *
 * @param policy the policy that refused it
 * @param at when, in nanoseconds of the time source
 */
public record Refusal(String policy, CallRejectedException.Reason reason, long at) {}
