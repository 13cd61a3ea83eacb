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
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;

/** The instances of an application, by the engine that they share. */
public final class Cluster implements Clustering {

    private static final System.Logger LOG = System.getLogger(Cluster.class.getName());

    private final ClusterEngine engine;
    private final ClusterSettings settings;
    private final TimeSource time;
    private final AtomicBoolean prepared = new AtomicBoolean();
    private final AtomicBoolean away = new AtomicBoolean();
    private final LongAdder lost = new LongAdder();
    private final LongAdder failures = new LongAdder();

    /** Through an engine that is there, or will be: nothing is asked of it now. */
    public Cluster(ClusterEngine engine, ClusterSettings settings, TimeSource time) {
        this.engine = engine;
        this.settings = settings;
        this.time = time;
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
        if (this.prepared.compareAndSet(false, true)) {
            this.time.execute(this::prepare);
        }
        return new ClusteredStep<>(local, settings, limits, this, context.name());
    }

    /** An engine that is away is no reason not to start. */
    private void prepare() {
        try {
            this.engine.prepare();
        } catch (Throwable ex) {
            LOG.log(Level.INFO, "{0} is not there yet: {1}", this.engine.name(), ex);
        }
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
        return this.away.get();
    }

    /** How many leases were lost while a call had them. */
    public long lost() {
        return this.lost.sum();
    }

    /** How many questions were not answered. */
    public long failures() {
        return this.failures.sum();
    }

    TimeSource time() {
        return this.time;
    }

    /** How long an answer may take that does not wait, in nanoseconds. */
    long patience() {
        return this.settings.commandTimeout().multipliedBy(2).toNanos();
    }

    void answered() {
        if (this.away.get() && this.away.compareAndSet(true, false)) {
            LOG.log(Level.INFO, "{0} is back: calls count in all instances again", this.engine.name());
        }
    }

    void failed(Throwable failure) {
        this.failures.increment();
        if (this.away.compareAndSet(false, true)) {
            LOG.log(
                    Level.WARNING,
                    this.engine.name() + " does not answer: until it does, calls "
                            + switch (this.settings.onFailure()) {
                                case FAIL -> "that need it are refused";
                                case LOCAL -> "count in this instance only";
                            },
                    failure);
        }
    }

    void lostLease(Call call) {
        this.lost.increment();
        LOG.log(Level.WARNING, "''{0}'' has lost its lease while it ran", call.name());
    }
}
