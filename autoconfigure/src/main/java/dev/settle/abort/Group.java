package dev.settle.abort;

import dev.settle.time.Nanos;
import dev.settle.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One group: its place among the others, and what users ask of it. */
class Group implements AbortGroup {

    private final Controller controller;
    private final @Nullable Group parent;
    private final String name;
    private final Rank rank;
    private final AbortSource signal = new AbortSource();
    private final Members members = new Members(this);

    /** The settlement of this group and those made from it; guarded by the controller's lock. */
    private @Nullable Settlement ownSettlement;

    Group(@Nullable Controller controller, @Nullable Group parent, String name, Rank rank) {
        this.controller = (controller != null) ? controller : (Controller) this;
        this.parent = parent;
        this.name = name;
        this.rank = rank;
    }

    @Override
    public AbortSignal signal() {
        return this.signal;
    }

    @Override
    public String name() {
        return this.name;
    }

    @Override
    public int phase() {
        return this.rank.phase();
    }

    @Override
    public int priority() {
        return this.rank.priority();
    }

    Rank rank() {
        return this.rank;
    }

    Controller controller() {
        return this.controller;
    }

    Members members() {
        return this.members;
    }

    AbortSource source() {
        return this.signal;
    }

    TimeSource time() {
        return this.controller.settings().time();
    }

    void execute(Runnable task) {
        this.controller.execute(task);
    }

    InFlight inFlight() {
        return this.controller.inFlight();
    }

    @Override
    public Registration onAbort(String name, AsyncCleanup cleanup) {
        return this.members.register(new Cleanup(this, name, Nanos.FOREVER, cleanup));
    }

    @Override
    public Registration onAbort(String name, Duration limit, AsyncCleanup cleanup) {
        if (limit.isNegative() || limit.isZero()) {
            throw new IllegalArgumentException("The limit of cleanup '" + name + "' must be positive, not " + limit);
        }
        return this.members.register(new Cleanup(this, name, Nanos.of(limit), cleanup));
    }

    @Override
    public Registration closeOnAbort(String name, AutoCloseable resource) {
        return onAbort(name, event -> {
            resource.close();
            return null;
        });
    }

    @Override
    public <T> CompletableFuture<T> track(String name, Function<AbortSignal, ? extends CompletionStage<T>> operation) {
        return new Operation<T>(this, name).run(inFlight(), operation);
    }

    @Override
    public AbortGroup nextGroup() {
        return nextGroup(this.name + "+1");
    }

    @Override
    public AbortGroup nextGroup(String name) {
        return this.controller.add(new Group(
                this.controller, this, name, new Rank(this.rank.phase(), Math.addExact(this.rank.priority(), 1))));
    }

    @Override
    public CompletableFuture<AbortReport> abortAsync() {
        return abortAsync(AbortReason.application("Aborted by the application"));
    }

    @Override
    public CompletableFuture<AbortReport> abortAsync(AbortReason reason) {
        return abort(reason, Nanos.FOREVER);
    }

    @Override
    public CompletableFuture<AbortReport> abortAsync(AbortReason reason, Duration limit) {
        return abort(reason, Nanos.of(limit));
    }

    CompletableFuture<AbortReport> abort(AbortReason reason, long limitNanos) {
        return this.controller.settlementOf(this, reason).settle(Integer.MIN_VALUE, limitNanos);
    }

    @Override
    public AbortReport report() {
        return this.controller.report(this);
    }

    /** Whether the group is the given one, or was made from it. */
    boolean isIn(Group other) {
        if (other == this.controller) {
            return true;
        }
        for (Group group = this; group != null; group = group.parent) {
            if (group == other) {
                return true;
            }
        }
        return false;
    }

    @Nullable
    Settlement ownSettlement() {
        return this.ownSettlement;
    }

    void ownSettlement(Settlement settlement) {
        this.ownSettlement = settlement;
    }

    /** The settlements this group belongs to, its own first. Under the controller's lock. */
    List<Settlement> settlementsAround() {
        List<Settlement> all = new ArrayList<>(2);
        for (Group group = this; group != null; group = group.parent) {
            if (group.ownSettlement != null) {
                all.add(group.ownSettlement);
            }
        }
        return all;
    }

    /** A settlement this group belongs to that is over already. */
    @Nullable
    Settlement finishedScope() {
        return settlementsAround().stream()
                .filter(Settlement::finished)
                .findFirst()
                .orElse(null);
    }

    boolean isSettled() {
        return this.members.state() == GroupReport.State.SETTLED;
    }

    AbortReason reason() {
        return this.signal.reason().orElseThrow();
    }

    int listeners() {
        return this.signal.listening();
    }

    void endedLate(Entry entry, Duration lateness) {
        AbortReport.Entry report = entry.report();
        this.controller.tell(listener -> listener.endedLate(report, lateness));
    }

    int pending() {
        return (int) this.members.all().stream().filter(Entry::isPending).count();
    }

    GroupReport view(int mostEntries) {
        Map<Boolean, List<Entry>> byPending =
                this.members.all().stream().collect(Collectors.partitioningBy(Entry::isPending));
        List<Entry> pending = Objects.requireNonNull(byPending.get(true));
        List<Entry> ended = Objects.requireNonNull(byPending.get(false));
        List<AbortReport.Entry> lines = Stream.concat(pending.stream(), ended.stream())
                .limit(mostEntries)
                .map(Entry::report)
                .toList();
        return new GroupReport(
                this.name,
                (this.parent == null) ? null : this.parent.name,
                phase(),
                priority(),
                this.members.state(),
                pending.size(),
                lines,
                pending.size() + ended.size() - lines.size());
    }

    @Override
    public String toString() {
        return "AbortGroup[" + this.name + ", phase " + phase() + ", priority " + priority() + "]";
    }
}
