package dev.settle.ui;

import dev.settle.activity.Activity;
import dev.settle.activity.Moment;
import dev.settle.activity.NameActivity;
import dev.settle.plan.MethodPlan;
import dev.settle.plan.PlanRegistry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** All lanes, in the order in which their methods came; and whose calls are watched next. */
final class Lanes {

    /** With each tick. */
    private static final int MORE_OF_EACH = Feed.CALLS_PER_LANE / Feed.TICKS_A_SECOND;

    /** At once, after a pause: more bars beside each other could not be told apart. */
    static final int BURST = Feed.CALLS_PER_LANE / 2;

    /** With each tick. */
    private static final int MORE_IN_ALL = Feed.CALLS_IN_ALL / Feed.TICKS_A_SECOND;

    private final PlanRegistry registry;
    private final Activity activity;
    private final Map<String, Lane> byName = new LinkedHashMap<>();
    private final Map<NameActivity, Lane> byActivity = new HashMap<>();
    private final List<Lane> busy = new ArrayList<>();
    private final AtomicInteger left = new AtomicInteger(Feed.CALLS_IN_ALL);
    private int plans;
    private int turn;

    Lanes(PlanRegistry registry, Activity activity) {
        this.registry = registry;
        this.activity = activity;
    }

    Map<NameActivity, Lane> byActivity() {
        return this.byActivity;
    }

    /** Beans may be made late, and their methods with them. */
    void look() {
        List<MethodPlan> all = List.copyOf(this.registry.plans());
        for (MethodPlan plan : all.subList(this.plans, all.size())) {
            lane(plan.name()).add(plan);
        }
        this.plans = all.size();
    }

    private Lane lane(String name) {
        return this.byName.computeIfAbsent(name, key -> {
            Lane made = new Lane(this.byName.size(), name, this.activity.of(name));
            this.byActivity.put(made.activity(), made);
            return made;
        });
    }

    /** What has changed since the last time. */
    List<Object> news() {
        List<Object> news = new ArrayList<>();
        this.busy.clear();
        for (Lane lane : this.byName.values()) {
            long before = lane.begun();
            Map<String, Object> changed = lane.news();
            if (changed != null) {
                news.add(changed);
            }
            if (lane.begun() != before) {
                this.busy.add(lane);
            }
        }
        return news;
    }

    List<Object> all() {
        List<Object> all = new ArrayList<>();
        this.byName.values().forEach(lane -> all.add(lane.all()));
        return all;
    }

    /**
     * Has some more calls watched of each method, as long as there is room; a method that was quiet may have a burst. Those that
     * have had calls just now, when they are more than there is for all, take turns.
     */
    void sample(Consumer<Moment> witness, int room) {
        int most = Math.min(room, Feed.CALLS_IN_ALL);
        this.left.updateAndGet(left -> Math.min(most, Math.max(0, left) + MORE_IN_ALL));
        boolean enough = this.busy.size() * MORE_OF_EACH <= MORE_IN_ALL;
        Set<Lane> rivals = enough ? Set.of() : new HashSet<>(this.busy);
        for (Lane lane : this.byName.values()) {
            int calls = Math.min(BURST, lane.sampled() + MORE_OF_EACH);
            lane.sample(witness, rivals.contains(lane) ? 0 : calls, this.left);
        }
        int turns = Math.min(rivals.size(), MORE_IN_ALL);
        for (int i = 0; i < turns; i++) {
            lane(this.turn + i).sample(witness, MORE_IN_ALL / turns, this.left);
        }
        this.turn += turns;
    }

    private Lane lane(int turn) {
        return this.busy.get(Math.floorMod(turn, this.busy.size()));
    }

    void end() {
        this.byName.values().forEach(lane -> lane.activity().sample(null));
    }
}
