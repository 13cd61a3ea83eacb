package dev.settle.metrics;

import dev.settle.CallRejectedException;
import dev.settle.core.CallEvent;
import dev.settle.core.CallListener;
import dev.settle.core.CallObserver;
import dev.settle.core.Failures;
import dev.settle.core.LineEvent;
import dev.settle.time.TimeSource;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Measures calls. What a registry, or a filter of the application's, throws costs the meters of a method, and no call. */
public class CallMeters implements CallObserver, CallListener {

    private final Map<String, MethodMeters> methods = new ConcurrentHashMap<>();
    private final TimeSource time;

    /** Creates it; only methods that are added are measured. */
    public CallMeters(TimeSource time) {
        this.time = time;
    }

    /**
     * Measures a method; those that share a name are added one after another.
     *
     * @param policies its policies, outermost first
     */
    public void add(MeterRegistry registry, String name, List<String> policies) {
        try {
            MethodMeters known = this.methods.get(name);
            MethodMeters meters = (known != null) ? known : new MethodMeters(registry, name);
            meters.add(policies);
            this.methods.put(name, meters);
        } catch (RuntimeException ex) {
            Failures.log(CallMeters.class, "The meters of '" + name + "' cannot be made", ex);
        }
    }

    @Override
    public @Nullable ObservedCall begin(String name) {
        MethodMeters meters = this.methods.get(name);
        return (meters == null) ? null : new MeteredCall(meters, this.time);
    }

    @Override
    public void onEvent(CallEvent event) {
        MethodMeters meters = this.methods.get(event.name());
        if (meters == null) {
            return;
        }
        if (event.type() == LineEvent.REJECTED && event.detail() instanceof CallRejectedException refused) {
            meters.refused(refused);
        } else {
            meters.happened(event.type(), event.detail());
        }
    }
}
