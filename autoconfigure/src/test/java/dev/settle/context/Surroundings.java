package dev.settle.context;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.abort.AbortSignal;
import dev.settle.core.Results;
import dev.settle.time.Workers;
import io.micrometer.observation.NullObservation;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.handler.DefaultTracingObservationHandler;
import io.micrometer.tracing.test.simple.SimpleTracer;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import org.slf4j.MDC;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;

/** What an application's threads carry with them: logging context, observation, trace and user. */
final class Surroundings {

    private static final SimpleTracer TRACER = new SimpleTracer();
    private static final ObservationRegistry OBSERVATIONS = ObservationRegistry.create();

    static {
        OBSERVATIONS.observationConfig().observationHandler(new DefaultTracingObservationHandler(TRACER));
    }

    private Surroundings() {}

    /** What code sees on its thread; each null when there is none, for which Micrometer has an observation, too. */
    record Seen(String request, String observation, String trace, String user) {

        static final Seen NOTHING = new Seen(null, null, null, null);

        /** What is on this thread. */
        static Seen here() {
            Observation observation = OBSERVATIONS.getCurrentObservation();
            Authentication user = SecurityContextHolder.getContext().getAuthentication();
            return new Seen(
                    MDC.get("request"),
                    (observation == null || observation instanceof NullObservation)
                            ? null
                            : observation.getContext().getName(),
                    (TRACER.currentSpan() == null)
                            ? null
                            : TRACER.currentSpan().context().traceId(),
                    (user == null) ? null : user.getName());
        }
    }

    /** The user, as Spring Security has it. */
    static SecurityContext user(String name) {
        return new SecurityContextImpl(new TestingAuthenticationToken(name, "secret"));
    }

    /** An observation, with a trace of its own. */
    static Observation observation(String name) {
        return Observation.start(name, OBSERVATIONS);
    }

    /** Runs the task on this thread, surrounded by all that belongs to the name. */
    static <T> T as(String name, Callable<T> task) throws Exception {
        Map<String, String> before = MDC.getCopyOfContextMap();
        SecurityContext user = SecurityContextHolder.getContext();
        Observation observation = observation(name);
        MDC.put("request", name);
        SecurityContextHolder.setContext(user(name));
        try (Observation.Scope scope = observation.openScope()) {
            assertThat(Seen.here()).doesNotHaveToString(Seen.NOTHING.toString());
            return task.call();
        } finally {
            observation.stop();
            SecurityContextHolder.setContext(user);
            MDC.setContextMap((before == null) ? Map.of() : before);
        }
    }

    /** Runs the task on a new thread that carries nothing else than what belongs to the name. */
    static <T> CompletableFuture<T> onThreadOf(String name, Callable<T> task) {
        CompletableFuture<T> outcome = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    try {
                        outcome.complete(as(name, task));
                    } catch (Throwable ex) {
                        outcome.completeExceptionally(ex);
                    }
                },
                "of " + name);
        thread.setDaemon(true);
        thread.start();
        return outcome;
    }

    /** Nothing is left on this thread, on any of Settle's, and on that of the executor. */
    static void nothingIsLeft(Executor ofOneThread) throws Exception {
        assertThat(Seen.here()).isEqualTo(Seen.NOTHING);
        assertThat(AbortSignal.current()).isSameAs(AbortSignal.never());
        nothingIsLeftOn(ofOneThread, 1);
        long idle = Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("settle-"))
                .count();
        nothingIsLeftOn(Workers.shared(), (int) idle + 1);
    }

    /** Looks at that many threads at once: each probe waits for all the others. */
    private static void nothingIsLeftOn(Executor executor, int threads) throws Exception {
        CountDownLatch all = new CountDownLatch(threads);
        CompletableFuture<?>[] probes = new CompletableFuture<?>[threads];
        for (int i = 0; i < threads; i++) {
            probes[i] = CompletableFuture.runAsync(
                    () -> {
                        all.countDown();
                        assertThat(Seen.here()).isEqualTo(Seen.NOTHING);
                        assertThat(AbortSignal.current()).isSameAs(AbortSignal.never());
                        try {
                            Results.await(all);
                        } catch (InterruptedException ex) {
                            throw new AssertionError(ex);
                        }
                    },
                    executor);
        }
        Results.await(CompletableFuture.allOf(probes));
    }
}
