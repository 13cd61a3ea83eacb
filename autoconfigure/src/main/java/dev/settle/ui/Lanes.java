package dev.settle.ui;

import dev.settle.activity.Activity;
import dev.settle.activity.Moment;
import dev.settle.activity.NameActivity;
import dev.settle.activity.Sample;
import dev.settle.plan.MethodPlan;
import dev.settle.plan.PlanRegistry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** All lanes, in the order in which their methods came; and whose calls are watched next. */
final class Lanes {

    private final PlanRegistry registry;
    private final Activity activity;
    private final Map<String, Lane> byName = new LinkedHashMap<>();
    private final Map<NameActivity, Lane> byActivity = new HashMap<>();
    private final List<Lane> busy = new ArrayList<>();
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
     * Has the next calls watched, so many of each method and so many in all. Methods that have had calls just now, when they
     * are more than that, take turns; the others are there at once when a call comes.
     */
    void sample(Consumer<Moment> witness, int mostOfEach, AtomicInteger mostOfAll) {
        int most = mostOfAll.get();
        int turns = Math.min(this.busy.size(), most);
        int ofEach = (turns == 0) ? mostOfEach : Math.min(mostOfEach, Math.max(1, most / turns));
        this.byName.values().forEach(lane -> lane.activity().sample(new Sample(witness, mostOfEach, mostOfAll)));
        if (ofEach == mostOfEach) {
            return;
        }
        this.busy.forEach(lane -> lane.activity().sample(null));
        for (int i = 0; i < turns; i++) {
            Lane lane = this.busy.get((this.turn + i) % this.busy.size());
            lane.activity().sample(new Sample(witness, ofEach, mostOfAll));
        }
        this.turn = (this.turn + turns) % this.busy.size();
    }

    void end() {
        this.byName.values().forEach(lane -> lane.activity().sample(null));
    }
}
