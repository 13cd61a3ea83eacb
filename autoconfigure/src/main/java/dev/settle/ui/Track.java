package dev.settle.ui;

import dev.settle.CallPhase;
import dev.settle.CallRejectedException;
import dev.settle.activity.Moment;
import dev.settle.core.CallOutcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongToDoubleFunction;

/** One call of a sample, as the page shows it: no argument, no key and no message is in it. */
final class Track {

    private final long id;
    private final int lane;
    private final LongToDoubleFunction clock;
    private final List<List<Object>> events = new ArrayList<>();
    private int sent;
    private int attemptsOpen;
    private boolean ended;
    private long lastAt;

    /**
     * A call that has begun.
     *
     * @param clock makes the page's milliseconds of the time source's nanoseconds
     */
    Track(long id, int lane, LongToDoubleFunction clock) {
        this.id = id;
        this.lane = lane;
        this.clock = clock;
    }

    void add(Moment moment) {
        this.lastAt = moment.nanos();
        switch (moment.kind()) {
            case BEGIN -> event(moment, "begin");
            case PHASE -> event(moment, "phase", phase(moment));
            case ATTEMPT -> {
                this.attemptsOpen++;
                event(moment, "attempt", moment.attempt());
            }
            case ABANDONED -> event(moment, "abandoned", moment.attempt());
            case ATTEMPTED -> {
                this.attemptsOpen--;
                event(moment, "attempted", moment.attempt(), (moment.detail() == null) ? "ok" : "failed");
            }
            case COALESCED -> end(moment, "coalesced");
            case END -> end(moment, why(moment));
        }
    }

    private void end(Moment moment, String more) {
        this.ended = true;
        String outcome = CallOutcome.of((Throwable) moment.detail()).word();
        if (more.isEmpty()) {
            event(moment, "end", outcome);
        } else {
            event(moment, "end", outcome, more);
        }
    }

    private static String phase(Moment moment) {
        return (moment.detail() instanceof CallPhase phase) ? phase.word() : "";
    }

    private static String why(Moment moment) {
        return (moment.detail() instanceof CallRejectedException refusal)
                ? refusal.policy() + ": " + refusal.reason().name().toLowerCase(Locale.ROOT)
                : "";
    }

    private void event(Moment moment, Object... words) {
        List<Object> event = new ArrayList<>(words.length + 1);
        event.add(this.clock.applyAsDouble(moment.nanos()));
        event.addAll(List.of(words));
        this.events.add(event);
    }

    /** Whether more can come. */
    boolean isOpen() {
        return !this.ended || this.attemptsOpen > 0;
    }

    /** Whether nothing more can come, and nothing has come since then. */
    boolean isOver(long nanos) {
        return !isOpen() && this.lastAt - nanos < 0;
    }

    boolean hasNews() {
        return this.sent < this.events.size();
    }

    /** What has come since the last time. */
    Map<String, Object> news() {
        Map<String, Object> view = view(this.events.subList(this.sent, this.events.size()));
        this.sent = this.events.size();
        return view;
    }

    Map<String, Object> all() {
        // Without what is to come with the next news: the page would have it twice.
        return view(this.events.subList(0, this.sent));
    }

    private Map<String, Object> view(List<List<Object>> some) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("id", this.id);
        view.put("i", this.lane);
        view.put("events", List.copyOf(some));
        return view;
    }
}
