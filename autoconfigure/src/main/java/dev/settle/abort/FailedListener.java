package dev.settle.abort;

/** Stands in the report for a listener of a group's signal that threw. */
final class FailedListener extends Entry {

    FailedListener(Group group) {
        super(group, "signal listener");
        start();
    }

    @Override
    void begin() {}

    @Override
    void stop(Limit exceeded) {}
}
