package dev.settle.advice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.autoconfigure.Startup;
import dev.settle.core.Results;
import dev.settle.test.VirtualTime;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.test.util.AopTestUtils;

/** A thread that waits in a call holds no monitor: before JDK 24 that would pin a virtual thread to its carrier. */
class MonitorTests {

    private final VirtualTime time = new VirtualTime();

    private static ThreadInfo look(Thread thread) {
        long[] ids = {thread.getId()};
        return ManagementFactory.getThreadMXBean().getThreadInfo(ids, true, true)[0];
    }

    /** Parked by Settle itself, and not in the method. */
    private static boolean waits(Thread thread) {
        ThreadInfo info = look(thread);
        return info != null
                && info.getThreadState() == Thread.State.WAITING
                && info.getLockName() != null
                && info.getLockName().startsWith("dev.settle.core.CallerThread");
    }

    @ParameterizedTest
    @EnumSource
    void whoWaitsHoldsNoMonitor(Waits.Wait wait) {
        Startup.runner(this.time).withBean(Waits.class).run(context -> {
            Waits waits = context.getBean(Waits.class);
            Waits target = AopTestUtils.getUltimateTargetObject(waits);
            CompletableFuture<Object> end = new CompletableFuture<>();
            Thread first = new Thread(() -> wait.call(waits, end), "first");
            if (wait.needsAnother()) {
                first.start();
                Results.until(() -> target.entered() > 0);
            }
            Thread second = new Thread(() -> wait.call(waits, end), "second");
            second.start();
            Results.until(() -> waits(second));

            assertThat(look(second).getLockedMonitors()).isEmpty();
            assertThat(look(second).getLockedSynchronizers()).isEmpty();

            end.complete("done");
            Results.until(() -> {
                if (wait.needsTime()) {
                    this.time.advance(Duration.ofMillis(10));
                }
                return !second.isAlive();
            });
            first.join();
        });
    }
}
