package dev.settle.chaos;

import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Which threads there were before; a round with virtual time needs none but its own. */
final class BaseLine {

    private final Set<Thread> before = Thread.getAllStackTraces().keySet();

    void check(World world) {
        Thread.getAllStackTraces().entrySet().stream()
                .filter(thread -> !this.before.contains(thread.getKey()))
                .filter(BaseLine::waitsInSettle)
                .forEach(thread -> world.broken(
                        Law.WAITING_HOLDS_NO_THREAD,
                        world.pending().size() + " calls are pending, and a thread is held: " + thread.getKey()));
    }

    private static boolean waitsInSettle(Map.Entry<Thread, StackTraceElement[]> thread) {
        return Stream.of(thread.getValue())
                .anyMatch(frame -> frame.getClassName().startsWith("dev.settle."));
    }
}
