package dev.settle.context;

import dev.settle.core.CallContext;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Captures the logging context, besides what another carrier captures. Micrometer's context propagation does not by
 * itself: its accessor for SLF4J has to be registered by hand.
 */
public final class MdcContext implements CallContext {

    /** Of a caller that carries nothing: one for all. */
    private static final Captured EMPTY = task -> run(null, task);

    private final CallContext others;

    /** Creates the carrier around another. */
    public MdcContext(CallContext others) {
        this.others = others;
    }

    @Override
    public Captured capture() {
        return captured(this.others.capture());
    }

    @Override
    public Captured capture(Object carrier) {
        return captured(this.others.capture(carrier));
    }

    @Override
    public <C> C attempt(C carrier) {
        return this.others.attempt(carrier);
    }

    private static Captured captured(Captured rest) {
        Map<String, String> captured = MDC.getCopyOfContextMap();
        if (captured == null && rest == NOTHING) {
            return EMPTY;
        }
        return task -> rest.run(() -> run(captured, task));
    }

    private static void run(@Nullable Map<String, String> captured, Runnable task) {
        Map<String, String> before = MDC.getCopyOfContextMap();
        set(captured);
        try {
            task.run();
        } finally {
            set(before);
        }
    }

    private static void set(@Nullable Map<String, String> context) {
        if (context == null) {
            MDC.clear();
        } else {
            MDC.setContextMap(context);
        }
    }
}
