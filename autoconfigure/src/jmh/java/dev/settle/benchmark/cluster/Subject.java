package dev.settle.benchmark.cluster;

/** Who is measured. */
public enum Subject {
    /** A call of an annotated method. */
    SETTLE("Settle"),
    /** As it is used by a thread. */
    THREAD("Redisson, lock and unlock"),
    /** As it is used by asynchronous code. */
    ASYNCHRONOUS("Redisson, tryLockAsync and unlockAsync");

    private final String subject;

    Subject(String subject) {
        this.subject = subject;
    }

    String subject() {
        return this.subject;
    }
}
