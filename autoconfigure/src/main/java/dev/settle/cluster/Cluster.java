package dev.settle.cluster;

import dev.settle.cluster.ClusterEngine.Capability;
import dev.settle.core.Call;
import dev.settle.core.ClusterLimit;
import dev.settle.core.Clustering;
import dev.settle.core.InvalidSettingException;
import dev.settle.core.PolicyContext;
import dev.settle.core.TunableStep;
import dev.settle.time.TimeSource;
import java.lang.System.Logger.Level;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;

/** The instances of an application, by the engine that they share. */
public final class Cluster implements Clustering {

    private static final System.Logger LOG = System.getLogger(Cluster.class.getName());

    /** So many questions may wait at the engine: each is a subscription there. Others are put again and again. */
    private static final int MOST_WAITS = 100;

    private final ClusterEngine engine;
    private final ClusterSettings settings;
    private final TimeSource time;
    private final EngineState state;
    private final Semaphore waits = new Semaphore(MOST_WAITS);
    private final LongAdder held = new LongAdder();
    private final LongAdder lost = new LongAdder();

    /** Through an engine that is there, or will be: nothing is asked of it now. */
    public Cluster(ClusterEngine engine, ClusterSettings settings, TimeSource time) {
        this.engine = engine;
        this.settings = settings;
        this.time = time;
        this.state = new EngineState(engine, settings, time);
    }

    @Override
    public <S> TunableStep<S> around(
            TunableStep<S> local, S settings, Function<? super S, ClusterLimit> limits, PolicyContext context) {
        Capability needed = switch (limits.apply(settings).kind()) {
            case LOCK -> Capability.LOCK;
            case PERMITS -> Capability.PERMITS;
            case RATE -> Capability.RATE;
        };
        InvalidSettingException.check(
                this.engine.capabilities().contains(needed),
                "scope",
                this.engine.name() + " cannot do what it takes (" + needed + ")",
                "use LOCAL, or another engine");
        return new ClusteredStep<>(local, settings, limits, this, context.name());
    }

    /** Gets the engine ready in the background. One that is away is no reason not to start. */
    public void prepare() {
        this.state.ready();
    }

    /** What the instances share. */
    public ClusterEngine engine() {
        return this.engine;
    }

    /** How this instance goes about with it. */
    public ClusterSettings settings() {
        return this.settings;
    }

    /** Whether the last question was not answered. */
    public boolean away() {
        return this.state.away();
    }

    /** How many questions were not answered. */
    public long failures() {
        return this.state.failures();
    }

    /** How many locks and permits calls of this instance have now. */
    public long leases() {
        return this.held.sum();
    }

    /** How many of them were lost while the call went on. */
    public long lost() {
        return this.lost.sum();
    }

    /** The questions that may still wait at the engine. Nobody waits for this. */
    Semaphore waits() {
        return this.waits;
    }

    EngineState state() {
        return this.state;
    }

    TimeSource time() {
        return this.time;
    }

    /** How long an answer may take that does not wait, in nanoseconds. */
    long patience() {
        return this.settings.commandTimeout().toNanos();
    }

    void began() {
        this.held.increment();
    }

    void ended() {
        this.held.decrement();
    }

    void lostLease(Call call) {
        this.lost.increment();
        LOG.log(Level.WARNING, "''{0}'' has lost its lease while it ran", call.name());
    }
}
