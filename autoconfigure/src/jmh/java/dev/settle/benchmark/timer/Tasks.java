package dev.settle.benchmark.timer;

/** What timers run. */
final class Tasks {

    static final Runnable NOTHING = () -> {};

    private Tasks() {}
}
