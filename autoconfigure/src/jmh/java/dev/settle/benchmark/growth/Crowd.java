package dev.settle.benchmark.growth;

/** A place where entries stay until they leave: timers, waiters, keys. */
interface Crowd {

    /**
     * One more comes, and stays.
     *
     * @param number its own
     * @return the handle of the entry
     */
    Object enter(int number);

    /** One leaves. */
    void leave(Object entry);

    /** Whether they can leave; else they stay until they are forgotten. */
    default boolean leaves() {
        return true;
    }
}
