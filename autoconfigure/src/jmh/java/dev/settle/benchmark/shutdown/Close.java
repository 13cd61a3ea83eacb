package dev.settle.benchmark.shutdown;

import dev.settle.benchmark.Unit;
import dev.settle.benchmark.process.Applications;
import dev.settle.benchmark.process.Child;
import dev.settle.benchmark.process.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.context.ConfigurableApplicationContext;

/** In the child: closes an application with a thousand calls in flight, and tells what becomes of them. */
final class Close {

    private static final int CALLS = 1000;

    private Close() {}

    public static void main(String[] arguments) throws Exception {
        Child.library(arguments);
        Subject subject = Subject.valueOf(arguments[1]);
        Work work = Work.valueOf(arguments[2]);
        List<Class<?>> beans = new ArrayList<>(subject.beans());
        beans.add(Dependency.class);
        ConfigurableApplicationContext context = Applications.start(
                beans,
                "backoff=" + work.backoff(),
                "resilience4j.retry.instances.close.max-attempts=5",
                "resilience4j.retry.instances.close.wait-duration=" + Math.max(1, work.backoff()) + "ms",
                "resilience4j.timelimiter.instances.close.timeout-duration=30s");
        Caller caller = context.getBean(Caller.class);
        // Else the first calls have ended before the last begin.
        settle(calls(caller, work, 0, 1), 30_000);
        List<CompletableFuture<String>> calls = calls(caller, work, work.failures(), 300);
        close(context, calls);
        // In case they would still be told, if the process lived on.
        settle(calls, work.failures() * work.backoff() + 2000);
        Reading.tell(
                "never completed",
                Unit.COUNT,
                calls.stream().filter(call -> !call.isDone()).count());
        Reading.tell("uses of a destroyed bean", Unit.COUNT, Dependency.LATE.get());
        Runtime.getRuntime().halt(0);
    }

    private static List<CompletableFuture<String>> calls(Caller caller, Work work, int failures, int millis) {
        List<CompletableFuture<String>> calls = new ArrayList<>();
        for (int i = 0; i < CALLS; i++) {
            Task task = new Task(failures, millis);
            calls.add((work == Work.REMOTE) ? caller.remote(task) : caller.retried(task));
        }
        return calls;
    }

    /** What holds when close() has returned is what a process that is told to end leaves behind. */
    private static void close(ConfigurableApplicationContext context, List<CompletableFuture<String>> calls) {
        long before = System.nanoTime();
        context.close();
        double took = (System.nanoTime() - before) / 1e6;
        long ended = calls.stream().filter(CompletableFuture::isDone).count();
        long failed = calls.stream()
                .filter(CompletableFuture::isCompletedExceptionally)
                .count();
        Reading.tell("close() took", Unit.MILLIS, took);
        Reading.tell("answered when it returned", Unit.COUNT, ended - failed);
        Reading.tell("failed when it returned", Unit.COUNT, failed);
        Reading.tell("pending when it returned", Unit.COUNT, CALLS - ended);
    }

    private static void settle(List<CompletableFuture<String>> calls, long millis) throws InterruptedException {
        try {
            CompletableFuture.allOf(calls.toArray(CompletableFuture<?>[]::new)).get(millis, TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException ex) {
            // Each is looked at afterwards.
        }
    }
}
