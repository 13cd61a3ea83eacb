package dev.settle.activity;

import dev.settle.CallRejectedException;
import dev.settle.core.CallEvent;
import dev.settle.core.CallListener;
import dev.settle.core.CallObserver;
import dev.settle.core.LineEvent;
import dev.settle.time.TimeSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What the calls of each name are doing, and what has become of those before: counted without a lock. */
public class Activity implements CallObserver, CallListener {

    private final TimeSource time;

    /** As many as there are names of methods. */
    private final Map<String, NameActivity> names = new ConcurrentHashMap<>();

    /** Nothing has happened yet. */
    public Activity(TimeSource time) {
        this.time = time;
    }

    @Override
    public ObservedCall begin(String name) {
        return of(name).begin();
    }

    @Override
    public void onEvent(CallEvent event) {
        if (event.type() == LineEvent.REJECTED && event.detail() instanceof CallRejectedException refusal) {
            of(event.name()).rejected(refusal);
        }
    }

    /** What the calls of one name are doing. */
    public NameActivity of(String name) {
        NameActivity known = this.names.get(name);
        return (known != null) ? known : this.names.computeIfAbsent(name, key -> new NameActivity(this.time));
    }
}
