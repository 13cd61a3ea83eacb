package dev.settle.advice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.AbortedException;
import dev.settle.CallRejectedException;
import dev.settle.abort.AsyncAbortController;
import dev.settle.autoconfigure.Startup;
import dev.settle.core.Results;
import dev.settle.plan.MethodPlan;
import dev.settle.plan.MethodPlans;
import dev.settle.test.VirtualTime;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/** Whatever becomes of the calls of two policies together, each caller has an outcome and nothing is left behind. */
class PolicyPairTests {

    private static final Duration LONG = Duration.ofMinutes(1);

    private final VirtualTime time = new VirtualTime();
    private final List<CompletableFuture<String>> running = new CopyOnWriteArrayList<>();

    /** What runs now is what shutdown has flushed, and ends at once. */
    private volatile boolean flushing;

    static Stream<Named<Method>> pairs() {
        return Stream.of(Pairs.class.getDeclaredMethods())
                .filter(method -> method.getReturnType() == CompletableFuture.class)
                .map(method -> Named.of(method.getName(), method));
    }

    private CompletableFuture<String> begin() {
        CompletableFuture<String> future = new CompletableFuture<>();
        this.running.add(future);
        if (this.flushing) {
            future.complete("flushed");
        }
        return future;
    }

    @SuppressWarnings("unchecked") // all of them return one
    private CompletableFuture<String> call(ApplicationContext context, Method method) throws Exception {
        Pairs.Work work = this::begin;
        return (CompletableFuture<String>) method.invoke(context.getBean(Pairs.class), work);
    }

    private List<CompletableFuture<String>> threeCalls(ApplicationContext context, Method method) throws Exception {
        List<CompletableFuture<String>> calls = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            calls.add(call(context, method));
        }
        return calls;
    }

    /** Ends what runs, and what comes after it, until nothing comes any more. */
    private void run(Consumer<CompletableFuture<String>> end) {
        for (int ended = -1; ended < this.running.size(); ) {
            ended = this.running.size();
            List.copyOf(this.running).forEach(end);
            this.time.advance(LONG);
        }
    }

    /** A new call runs at once, or after what it has to wait for, and nothing remembers the others. */
    private void assertNothingIsLeft(ApplicationContext context, Method method) throws Exception {
        assertThat(this.running).allSatisfy(work -> assertThat(work).isDone());
        assertThat(this.time.pending()).as("timers").isZero();
        assertThat(context.getBean(AsyncAbortController.class).inFlight().size())
                .as("calls in flight")
                .isZero();
        this.running.clear();
        CompletableFuture<String> next = call(context, method);
        this.time.advance(LONG);
        assertThat(this.running).hasSize(1);
        this.running.get(0).complete("again");
        assertThat(next).isCompletedWithValue("again");
        assertThat(this.time.pending()).as("timers").isZero();
    }

    private void with(Startups test) {
        Startup.runner(this.time).withBean("pairs", Pairs.class).run(test::run);
    }

    /** What a test does with the application. */
    private interface Startups {
        void run(ConfigurableApplicationContext context) throws Exception;
    }

    /** Shutdown takes its own timers back on the threads on which calls end. */
    private void awaitNoTimers() {
        long patience = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (this.time.pending() > 0) {
            assertThat(System.nanoTime() - patience).as("patience").isNegative();
            Thread.onSpinWait();
        }
    }

    private static String outcome(String value, Throwable failure) {
        return (failure instanceof AbortedException)
                ? "aborted"
                : (failure instanceof CallRejectedException)
                        ? "refused"
                        : (failure == null) ? value : failure.toString();
    }

    @Test
    void thereIsAMethodForEachPair() {
        with(context -> {
            Collection<MethodPlan> plans = context.getBean(MethodPlans.class)
                    .of("pairs", Pairs.class, 0)
                    .values();

            assertThat(plans)
                    .hasSize(7 * 6 / 2)
                    .allSatisfy(plan -> assertThat(plan.policies()).hasSize(2));
            assertThat(plans)
                    .extracting(plan -> plan.policies().stream()
                            .map(planned -> planned.step().toString())
                            .toList())
                    .doesNotHaveDuplicates();
        });
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void eachCallThatSucceedsHasItsValue(Method method) {
        with(context -> {
            List<CompletableFuture<String>> calls = threeCalls(context, method);
            this.time.advance(Duration.ofSeconds(1));
            run(work -> work.complete("7.30"));

            assertThat(calls).allSatisfy(call -> assertThat(call).isCompletedWithValue("7.30"));
            assertNothingIsLeft(context, method);
        });
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void eachCallThatFailsHasItsFailure(Method method) {
        IllegalStateException failure = new IllegalStateException("refused");
        with(context -> {
            List<CompletableFuture<String>> calls = threeCalls(context, method);
            this.time.advance(Duration.ofSeconds(1));
            run(work -> work.completeExceptionally(failure));

            assertThat(calls)
                    .allSatisfy(call -> assertThat(Results.failure(call)).isSameAs(failure));
            assertNothingIsLeft(context, method);
        });
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void callsThatAreCancelledBeforeTheyRunLeaveNothing(Method method) {
        with(context -> {
            List<CompletableFuture<String>> calls = threeCalls(context, method);
            for (int number : new int[] {1, 0, 2}) {
                calls.get(number).cancel(true);
            }

            assertThat(calls).allSatisfy(call -> assertThat(call).isCancelled());
            this.time.advance(LONG);
            assertNothingIsLeft(context, method);
        });
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void callsThatAreCancelledWhileTheyRunLeaveNothing(Method method) {
        with(context -> {
            List<CompletableFuture<String>> calls = threeCalls(context, method);
            this.time.advance(LONG);
            for (int number : new int[] {2, 0, 1}) {
                calls.get(number).cancel(true);
            }

            assertThat(calls).allSatisfy(call -> assertThat(call).isCancelled());
            this.time.advance(LONG);
            assertNothingIsLeft(context, method);
        });
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void callsThatMeetTheShutdownHaveAnOutcome(Method method) {
        with(context -> {
            List<CompletableFuture<String>> calls = threeCalls(context, method);
            this.time.advance(Duration.ofMillis(500));
            AsyncAbortController controller = context.getBean(AsyncAbortController.class);
            this.flushing = true;
            context.close();

            for (CompletableFuture<String> call : calls) {
                assertThat(Results.await(call.handle(PolicyPairTests::outcome))).isIn("flushed", "aborted", "refused");
            }
            assertThat(this.running).allSatisfy(work -> assertThat(work).isDone());
            assertThat(controller.inFlight().size()).isZero();
            awaitNoTimers();
        });
    }
}
