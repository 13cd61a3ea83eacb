package dev.settle.advice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.annotation.Bulkhead;
import dev.settle.annotation.Retry;
import dev.settle.autoconfigure.Startup;
import dev.settle.core.Results;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.test.util.AopTestUtils;
import reactor.core.publisher.Mono;

/** Spring asks a scheduled method once for its publisher, and subscribes to that in each run. */
class ScheduledPublisherTests {

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

        private <T> Mono<T> failing() {
            return Mono.error(new IllegalStateException("reset"));
        }

        @Scheduled(fixedDelay = 1)
        @Retry(maxRetries = 1, delay = "1ms")
        public Mono<String> export() {
            this.runs.add("asked");
            return Mono.defer(() -> (this.runs.size() < 2) ? failing() : Mono.just("done"));
        }

        @Scheduled(fixedDelay = 1)
        @Retry(maxRetries = 1, delay = "1ms")
        public Mono<String> hopeless() {
            this.runs.add("asked");
            return failing();
        }

        @Scheduled(fixedRate = 1)
        @Bulkhead(1)
        public Mono<String> upload() {
            this.runs.add("asked");
            return Mono.fromFuture(this.outcome, true);
        }
    }

    private static void run(BiConsumer<HandScheduler, Jobs> test) {
        Startup.runner()
                .withUserConfiguration(Scheduling.class)
                .withBean(Jobs.class)
                .run(context -> test.accept(
                        context.getBean(HandScheduler.class),
                        AopTestUtils.getUltimateTargetObject(context.getBean(Jobs.class))));
    }

    @Test
    void aRunWithAFixedDelayIsOverWhenTheRetriesOfItsSubscriptionAre() {
        run((scheduler, jobs) -> {
            scheduler.run("export");

            assertThat(jobs.runs()).hasSize(2);
        });
    }

    @Test
    void eachRunIsACallOfItsOwn() {
        run((scheduler, jobs) -> {
            scheduler.run("export");
            scheduler.run("export");

            assertThat(jobs.runs()).hasSize(3);
        });
    }

    @Test
    void theLastFailureIsLoggedBySpringAndTheNextRunComes() {
        run((scheduler, jobs) -> {
            scheduler.run("hopeless");
            scheduler.run("hopeless");

            assertThat(jobs.runs()).hasSize(4);
        });
    }

    @Test
    void aRunAtAFixedRateIsOverForTheSchedulerBeforeItsWorkIs() {
        run((scheduler, jobs) -> {
            scheduler.run("upload");
            scheduler.run("upload");
            assertThat(jobs.runs()).as("the second waits for its permit").hasSize(1);

            jobs.outcome().complete("done");

            Results.until(() -> jobs.runs().size() == 2);
        });
    }
}
