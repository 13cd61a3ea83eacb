package dev.settle.queue;

import java.util.ArrayList;
import java.util.List;

/** Somebody in line, who writes down what it is told. */
final class Guest extends Waiter {

    private final List<String> told = new ArrayList<>();

    Guest() {
        this(1);
    }

    Guest(int weight) {
        super(weight);
    }

    @Override
    public synchronized void run() {
        this.told.add("in");
    }

    @Override
    protected synchronized void closed() {
        this.told.add("closed");
    }

    @Override
    protected synchronized void tooHeavy() {
        this.told.add("too heavy");
    }

    synchronized List<String> told() {
        return List.copyOf(this.told);
    }
}
