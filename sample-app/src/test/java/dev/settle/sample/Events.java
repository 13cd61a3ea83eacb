package dev.settle.sample;

import dev.settle.core.CallEvent;
import dev.settle.core.CallListener;
import dev.settle.core.LineEvent;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** What Settle has told of the desk's calls. */
final class Events implements CallListener {

    private final Queue<CallEvent> all = new ConcurrentLinkedQueue<>();

    @Override
    public void onEvent(CallEvent event) {
        this.all.add(event);
    }

    long count(Enum<?> type) {
        return this.all.stream().filter(event -> event.type() == type).count();
    }

    /** How many calls have had to wait for a policy. */
    long waited(String policy) {
        return this.all.stream()
                .filter(event ->
                        event.type() == LineEvent.WAITING && event.detail().equals(policy))
                .count();
    }
}
