package dev.settle.flow;

import java.util.ArrayDeque;
import java.util.Queue;

/** What a channel does when one does something after another: the specification for the model checker. */
public class ChannelOneAfterAnother {

    private final int capacity;
    private final Queue<Integer> buffer = new ArrayDeque<>();
    private final Queue<Integer> senders = new ArrayDeque<>();
    private final Queue<Integer> receivers = new ArrayDeque<>();
    private final String[] sent = {"nothing", "nothing"};
    private final String[] received = {"nothing", "nothing"};
    private boolean closed;
    private boolean aborted;

    ChannelOneAfterAnother(int capacity) {
        this.capacity = capacity;
    }

    public void sendFirst() {
        send(0);
    }

    public void sendSecond() {
        send(1);
    }

    private void send(int value) {
        if (this.closed) {
            this.sent[value] = "failed";
        } else if (place(value)) {
            this.sent[value] = "done";
        } else {
            this.sent[value] = "waiting";
            this.senders.add(value);
        }
    }

    public boolean trySendThird() {
        return !this.closed && place(2);
    }

    private boolean place(int value) {
        Integer receiver = this.receivers.poll();
        if (receiver != null) {
            this.received[receiver] = "" + value;
            return true;
        }
        return this.buffer.size() < this.capacity && this.buffer.add(value);
    }

    public void receiveFirst() {
        receive(0);
    }

    public void receiveSecond() {
        if (this.aborted) {
            this.received[1] = "cancelled";
        } else {
            receive(1);
        }
    }

    private void receive(int who) {
        this.received[who] = tryReceive();
        if (this.received[who].equals("none") && !this.closed) {
            this.received[who] = "waiting";
            this.receivers.add(who);
        }
    }

    public String tryReceive() {
        Integer sender = this.senders.poll();
        if (sender != null) {
            this.sent[sender] = "done";
            this.buffer.add(sender);
        }
        Integer value = this.buffer.poll();
        return (value == null) ? "none" : "" + value;
    }

    public boolean cancelSend(int who) {
        return cancel(this.senders, this.sent, who);
    }

    public boolean cancelReceive(int who) {
        return cancel(this.receivers, this.received, who);
    }

    private static boolean cancel(Queue<Integer> waiting, String[] outcomes, int who) {
        if (waiting.remove(who)) {
            outcomes[who] = "cancelled";
        }
        return outcomes[who].equals("cancelled");
    }

    public void abort() {
        this.aborted = true;
        cancel(this.receivers, this.received, 1);
    }

    public void close() {
        this.closed = true;
        this.receivers.forEach(receiver -> this.received[receiver] = "none");
        this.receivers.clear();
    }

    public String outcomes() {
        return "sent " + String.join(", ", this.sent) + "; received " + String.join(", ", this.received);
    }

    /** Without a buffer. */
    public static final class Rendezvous extends ChannelOneAfterAnother {
        public Rendezvous() {
            super(0);
        }
    }

    /** With room for one value. */
    public static final class Buffer extends ChannelOneAfterAnother {
        public Buffer() {
            super(1);
        }
    }
}
