package dev.settle.metrics;

import dev.settle.core.CallObserver;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** One observation a call, and a child of it an attempt, which is the current one while the method is called. */
public class CallObservations implements CallObserver {

    private final ObservationRegistry registry;
    private final @Nullable CallObservationConvention calls;
    private final @Nullable AttemptObservationConvention attempts;

    /**
     * Creates it.
     *
     * @param calls the application's own convention for calls, or null
     * @param attempts the application's own convention for attempts, or null
     */
    public CallObservations(
            ObservationRegistry registry,
            @Nullable CallObservationConvention calls,
            @Nullable AttemptObservationConvention attempts) {
        this.registry = registry;
        this.calls = calls;
        this.attempts = attempts;
    }

    @Override
    public @Nullable ObservedCall begin(String name) {
        if (this.registry.isNoop()) {
            return null;
        }
        Observation call = SettleObservation.CALL.observation(
                this.calls, CallObservationConvention.DEFAULT, () -> new CallObservationContext(name), this.registry);
        // One that the application has switched off has a context of its own.
        return (call.getContext() instanceof CallObservationContext) ? new Seen(name, call.start()) : null;
    }

    private final class Seen implements ObservedCall {

        private final String name;
        private final Observation call;
        private final AtomicInteger number = new AtomicInteger();

        Seen(String name, Observation call) {
            this.name = name;
            this.call = call;
        }

        @Override
        public ObservedAttempt attempt() {
            Observation attempt = SettleObservation.ATTEMPT
                    .observation(
                            CallObservations.this.attempts,
                            AttemptObservationConvention.DEFAULT,
                            () -> new AttemptObservationContext(this.name, this.number.incrementAndGet()),
                            CallObservations.this.registry)
                    .parentObservation(this.call);
            // Tracing takes the span that is current for the parent, whatever the observation says.
            this.call.scoped(() -> {
                attempt.start();
            });
            return new Attempt(attempt, attempt.openScope());
        }

        @Override
        public void end(@Nullable Throwable failure) {
            CallObservations.end(this.call, failure);
        }
    }

    private record Attempt(Observation observation, Observation.Scope scope) implements CallObserver.ObservedAttempt {

        @Override
        public void returned() {
            this.scope.close();
        }

        @Override
        public void end(@Nullable Throwable failure) {
            CallObservations.end(this.observation, failure);
        }
    }

    private static void end(Observation observation, @Nullable Throwable failure) {
        if (failure != null) {
            observation.error(failure);
        }
        observation.stop();
    }
}
