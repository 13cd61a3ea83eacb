package dev.settle.queue;

import java.util.ArrayDeque;
import java.util.Queue;

/** What a line does when one does something after another: the specification for the model checker. */
public final class OneAfterAnother {

    private final Queue<Integer> line = new ArrayDeque<>();
    private final boolean[] over = new boolean[3];
    private int permits = 1;
    private int free = 1;

    public boolean tryEnter() {
        if (this.free <= 0 || !this.line.isEmpty()) {
            return false;
        }
        this.free--;
        return true;
    }

    public String enterFirst() {
        return enter(0);
    }

    public String enterSecond() {
        return enter(1);
    }

    public String enterThird() {
        return enter(2);
    }

    private String enter(int who) {
        if (this.over[who]) {
            return "LEFT";
        }
        if (tryEnter()) {
            this.over[who] = true;
            return "IN";
        }
        if (this.line.size() == 2) {
            return "FULL";
        }
        this.line.add(who);
        return "WAITING";
    }

    public boolean leave(int who) {
        this.line.remove(who);
        boolean waited = !this.over[who];
        this.over[who] = true;
        return waited;
    }

    public void release() {
        this.free++;
        letIn();
    }

    public void resize(int permits) {
        this.free += permits - this.permits;
        this.permits = permits;
        letIn();
    }

    private void letIn() {
        while (this.free > 0 && !this.line.isEmpty()) {
            this.free--;
            this.over[this.line.remove()] = true;
        }
    }
}
