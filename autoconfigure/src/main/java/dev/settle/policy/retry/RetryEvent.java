package dev.settle.policy.retry;

/** What retries tell of; the detail is the failure, or the value that counted as one. */
public enum RetryEvent {
    /** An attempt has failed, and there will be another. */
    RETRYING,
    /** An attempt has failed, and it was the last there may be. */
    EXHAUSTED,
    /** An attempt has failed, and the budget has no retry left. */
    BUDGET_SPENT
}
