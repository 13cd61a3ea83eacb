package dev.settle.advice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.settle.CallRejectedException;
import dev.settle.annotation.Bulkhead;
import dev.settle.annotation.Debounce;
import dev.settle.annotation.Exclusive;
import dev.settle.annotation.Retry;
import dev.settle.annotation.Throttle;
import dev.settle.annotation.Timeout;
import dev.settle.autoconfigure.Startup;
import dev.settle.test.VirtualTime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.test.util.AopTestUtils;

/** A run that Spring schedules is a call like any other; when it is over for Spring depends on what the method returns. */
class ScheduledMethodTests {

    private final VirtualTime time = new VirtualTime();

    @Configuration(proxyBeanMethods = false)
    @EnableScheduling
    static class Scheduling {

        @Bean
        HandScheduler taskScheduler() {
            return new HandScheduler();
        }
    }

    static class Jobs {

        private final List<String> runs = new CopyOnWriteArrayList<>();
        private final CompletableFuture<String> outcome = new CompletableFuture<>();

        List<String> runs() {
            return this.runs;
        }

        CompletableFuture<String> outcome() {
            return this.outcome;
        }

        @Scheduled(fixedDelay = 1)
        @Retry(maxRetries = 2, delay = "0s")
        public void flaky() {
            this.runs.add("flaky on " + Thread.currentThread().getName());
            if (this.runs.size() < 3) {
                throw new IllegalStateException("reset");
            }
        }

        @Scheduled(fixedDelay = 1)
        @Retry(maxRetries = 1, delay = "0s")
        public void hopeless() {
            this.runs.add("hopeless");
            throw new IllegalStateException("reset " + this.runs.size());
        }

        @Scheduled(fixedRate = 1)
        @Timeout("20ms")
        public void hang() throws InterruptedException {
            new CountDownLatch(1).await();
        }

        @Scheduled(fixedDelay = 1)
        @Debounce("1s")
        public void index() {
            this.runs.add("index");
        }

        @Scheduled(cron = "* * * * * *")
        @Throttle(excess = Throttle.Excess.REJECT)
        public void poll() {
            this.runs.add("poll");
        }

        @Scheduled(fixedDelay = 1)
        @Exclusive(onConflict = Exclusive.OnConflict.REJECT)
        public Future<String> export() {
            this.runs.add("export");
            return this.outcome;
        }

        @Scheduled(fixedDelay = 1)
        @Bulkhead(1)
        public Future<String> upload() {
            this.runs.add("upload");
            return this.outcome;
        }
    }

    private static void run(ApplicationContextRunner runner, BiConsumer<HandScheduler, Jobs> test) {
        runner.withUserConfiguration(Scheduling.class)
                .withBean(Jobs.class)
                .run(context -> test.accept(
                        context.getBean(HandScheduler.class),
                        AopTestUtils.getUltimateTargetObject(context.getBean(Jobs.class))));
    }

    @Test
    void aRunOfAVoidMethodIsOverWhenItsRetriesAre() {
        run(Startup.runner(), (scheduler, jobs) -> {
            scheduler.run("flaky");

            assertThat(jobs.runs())
                    .hasSize(3)
                    .containsOnly("flaky on " + Thread.currentThread().getName());
        });
    }

    @Test
    void theLastFailureGoesToTheScheduler() {
        run(
                Startup.runner(),
                (scheduler, jobs) -> assertThat(catchThrowable(() -> scheduler.run("hopeless")))
                        .hasMessage("reset 2"));
    }

    @Test
    void aTimeoutInterruptsTheThreadOfTheSchedulerAndLeavesNoInterrupt() {
        run(Startup.runner(), (scheduler, jobs) -> {
            assertThat(catchThrowable(() -> scheduler.run("hang"))).hasRootCauseInstanceOf(TimeoutException.class);

            assertThat(Thread.currentThread().isInterrupted()).isFalse();
        });
    }

    @Test
    void aRunOfADebouncedMethodIsOverAtOnce() {
        run(Startup.runner(this.time), (scheduler, jobs) -> {
            scheduler.run("index");
            scheduler.run("index");
            assertThat(jobs.runs()).isEmpty();

            this.time.advance(Duration.ofSeconds(1));

            assertThat(jobs.runs()).containsExactly("index");
        });
    }

    @Test
    void whatIsRefusedIsAFailureOfTheRun() {
        run(Startup.runner(this.time), (scheduler, jobs) -> {
            scheduler.run("poll");

            assertThat(catchThrowable(() -> scheduler.run("poll"))).isInstanceOf(CallRejectedException.class);
            assertThat(jobs.runs()).containsExactly("poll");
        });
    }

    @Test
    void aRunThatReturnsAFutureIsOverForTheSchedulerBeforeItsWorkIs() {
        run(Startup.runner(this.time), (scheduler, jobs) -> {
            scheduler.run("upload");
            scheduler.run("upload");

            assertThat(jobs.runs()).as("the second waits for its permit").containsExactly("upload");
            jobs.outcome().complete("done");
            assertThat(jobs.runs()).containsExactly("upload", "upload");
        });
    }

    @Test
    void anExclusiveFutureKeepsARunThatComesTooEarlyAway() {
        run(Startup.runner(this.time), (scheduler, jobs) -> {
            scheduler.run("export");
            scheduler.run("export");
            assertThat(jobs.runs()).containsExactly("export");

            jobs.outcome().complete("done");
            scheduler.run("export");

            assertThat(jobs.runs()).containsExactly("export", "export");
        });
    }

    static class Later {

        @Scheduled(fixedDelay = 1)
        public CompletableFuture<String> export() {
            return CompletableFuture.completedFuture("done");
        }
    }

    @Test
    void aCompletableFutureIsRefusedBySpringItselfWhereReactorIs() {
        Startup.runner()
                .withUserConfiguration(Scheduling.class)
                .withBean(Later.class)
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining("only be annotated with @Scheduled if"));
    }
}
