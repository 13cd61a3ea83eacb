package dev.settle.ui;

import dev.settle.CallPhase;
import dev.settle.activity.Counts;
import dev.settle.activity.Moment;
import dev.settle.activity.NameActivity;
import dev.settle.activity.Sample;
import dev.settle.plan.MethodPlan;
import dev.settle.plan.PlannedPolicy;
import dev.settle.plan.Vocabulary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The methods of one name, as the page shows them. */
final class Lane {

    private static final Logger LOG = LoggerFactory.getLogger(Lane.class);

    private final int index;
    private final String name;
    private final NameActivity activity;
    private final List<MethodPlan> plans = new ArrayList<>();
    private long seen;
    private @Nullable Sample sample;
    private @Nullable View last;
    private boolean complained;

    /** What the page shows of it now. */
    private record View(List<String> policies, Map<String, Map<String, Long>> state, Counts counts, long unseen) {}

    Lane(int index, String name, NameActivity activity) {
        this.index = index;
        this.name = name;
        this.activity = activity;
    }

    int index() {
        return this.index;
    }

    NameActivity activity() {
        return this.activity;
    }

    void add(MethodPlan plan) {
        this.plans.add(plan);
    }

    /** How many of its next calls are watched, if there is room. */
    int sampled() {
        return (this.sample == null) ? 0 : this.sample.left();
    }

    /** Has so many of its next calls watched. */
    void sample(Consumer<Moment> witness, int calls, AtomicInteger leftInAll) {
        if (calls != sampled()) {
            this.sample = (calls == 0) ? null : new Sample(witness, calls, leftInAll);
            this.activity.sample(this.sample);
        }
    }

    /** One of its calls is watched. */
    void seen() {
        this.seen++;
    }

    /** What has changed since the last time; null when nothing has. */
    @Nullable
    Map<String, Object> news() {
        View before = this.last;
        Counts counts = this.activity.counts();
        View now = new View(policies(), state(), counts, counts.begun() - this.seen);
        this.last = now;
        if (now.equals(before)) {
            return null;
        }
        return view(now, before == null || !before.policies().equals(now.policies()));
    }

    /** How many calls have begun since another time. */
    long begun() {
        return (this.last == null) ? 0 : this.last.counts().begun();
    }

    /** All there is, as it was told last. */
    Map<String, Object> all() {
        View view = this.last;
        return (view == null) ? Map.of("i", this.index, "name", this.name) : view(view, true);
    }

    private Map<String, Object> view(View view, boolean named) {
        Counts counts = view.counts();
        Map<String, Object> lane = new LinkedHashMap<>();
        lane.put("i", this.index);
        if (named) {
            lane.put("name", this.name);
            lane.put("policies", view.policies());
        }
        lane.put("begun", counts.begun());
        lane.put("inFlight", counts.inFlight());
        lane.put("running", counts.running());
        lane.put("attempts", counts.attempts());
        lane.put("late", counts.late());
        lane.put("coalesced", counts.coalesced());
        lane.put("unseen", view.unseen());
        Map<String, Long> waiting = new LinkedHashMap<>();
        counts.waiting().forEach((phase, count) -> put(waiting, phase == CallPhase.RUNNING ? "" : phase.word(), count));
        lane.put("waiting", waiting);
        Map<String, Long> outcomes = new LinkedHashMap<>();
        counts.outcomes().forEach((outcome, count) -> put(outcomes, outcome.word(), count));
        lane.put("outcomes", outcomes);
        lane.put("state", view.state());
        return lane;
    }

    private static void put(Map<String, Long> numbers, String word, long count) {
        if (count > 0 && !word.isEmpty()) {
            numbers.put(word, count);
        }
    }

    private List<String> policies() {
        return this.plans.stream()
                .flatMap(plan -> plan.policies().stream())
                .filter(PlannedPolicy::enabled)
                .map(policy -> Vocabulary.dashed(policy.policy()))
                .distinct()
                .toList();
    }

    /** Of several methods, the sum: each has permits of its own. */
    private Map<String, Map<String, Long>> state() {
        Map<String, Map<String, Long>> states = new LinkedHashMap<>();
        for (MethodPlan plan : this.plans) {
            for (PlannedPolicy<?> policy : plan.policies()) {
                Map<String, Long> state = policy.enabled() ? stateOf(policy) : Map.of();
                if (!state.isEmpty()) {
                    Map<String, Long> sum =
                            states.computeIfAbsent(Vocabulary.dashed(policy.policy()), key -> new LinkedHashMap<>());
                    state.forEach((word, number) -> sum.merge(word, number, Long::sum));
                }
            }
        }
        return states;
    }

    /** A policy of the application's own that fails when it is asked must not stop the picture of all others. */
    private Map<String, Long> stateOf(PlannedPolicy<?> policy) {
        try {
            return policy.step().state();
        } catch (RuntimeException ex) {
            if (!this.complained) {
                this.complained = true;
                LOG.warn(
                        "The live page misses the state of '{}' of '{}'; this is said once",
                        policy.policy(),
                        this.name,
                        ex);
            }
            return Map.of();
        }
    }
}
