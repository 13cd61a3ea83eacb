package dev.settle.context;

import dev.settle.core.CallContext;
import io.micrometer.context.ContextRegistry;

/**
 * What calls carry in plain code, where nobody sets anything up: the logging context, and what is registered with Micrometer's
 * context propagation, if that is there. Found by {@link java.util.ServiceLoader}.
 */
public final class PlainContext implements CallContext {

    private final CallContext carrier = new MdcContext(registered());

    /** For the service loader. */
    public PlainContext() {}

    private static CallContext registered() {
        try {
            return new SnapshotContext(ContextRegistry.getInstance());
        } catch (NoClassDefFoundError ex) {
            return CallContext.none();
        }
    }

    @Override
    public Captured capture() {
        return this.carrier.capture();
    }

    @Override
    public Captured capture(Object source) {
        return this.carrier.capture(source);
    }

    @Override
    public <C> C attempt(C source) {
        return this.carrier.attempt(source);
    }
}
