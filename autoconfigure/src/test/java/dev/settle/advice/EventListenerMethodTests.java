package dev.settle.advice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.settle.annotation.Debounce;
import dev.settle.annotation.Exclusive;
import dev.settle.annotation.Retry;
import dev.settle.autoconfigure.Startup;
import dev.settle.test.VirtualTime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;
import org.springframework.test.util.AopTestUtils;

/** An event that comes to a listener is a call like any other; the publisher is its caller. */
class EventListenerMethodTests {

    private final VirtualTime time = new VirtualTime();

    record Placed(String order) {}

    record Broken(String order) {}

    record Changed(String order) {}

    record Priced(String order) {}

    record Wished(String order) {}

    record Answer(String to) {}

    static class Listeners {

        private final List<String> seen = new CopyOnWriteArrayList<>();
        private final ApplicationEventPublisher events;

        Listeners(ApplicationEventPublisher events) {
            this.events = events;
        }

        List<String> seen() {
            return this.seen;
        }

        @EventListener
        @Retry(maxRetries = 1, delay = "0s")
        public Answer retried(Placed event) {
            this.events.publishEvent("inside " + event.order());
            this.seen.add("on " + Thread.currentThread().getName());
            if (this.seen.size() < 3) {
                throw new IllegalStateException("reset");
            }
            return new Answer(event.order());
        }

        @EventListener
        @Retry(maxRetries = 1, delay = "0s")
        public void broken(Broken event) {
            this.seen.add(event.order());
            throw new IllegalStateException("reset " + this.seen.size());
        }

        @EventListener
        @Debounce("1s")
        public void debounced(Changed event) {
            this.seen.add(event.order());
        }

        @EventListener
        @Debounce("1s")
        public CompletableFuture<Answer> answered(Priced event) {
            this.seen.add("asked " + event.order());
            return CompletableFuture.completedFuture(new Answer(event.order()));
        }

        @Async
        @EventListener
        @Exclusive(onConflict = Exclusive.OnConflict.JOIN)
        public CompletableFuture<Answer> later(Wished event) {
            this.seen.add(event.order());
            return CompletableFuture.completedFuture(null);
        }

        @EventListener
        public void text(String event) {
            this.seen.add(event);
        }

        @EventListener
        public void answer(Answer event) {
            this.seen.add("answer to " + event.to());
        }
    }

    private static void run(ApplicationContextRunner runner, BiConsumer<ApplicationEventPublisher, List<String>> test) {
        runner.withBean(Listeners.class)
                .run(context -> test.accept(
                        context,
                        AopTestUtils.<Listeners>getUltimateTargetObject(context.getBean(Listeners.class))
                                .seen()));
    }

    @Test
    void aListenerIsRetriedOnThePublishersThreadBeforeThePublisherGoesOn() {
        run(Startup.runner(), (publisher, seen) -> {
            publisher.publishEvent(new Placed("tea"));

            assertThat(seen)
                    .filteredOn(("on " + Thread.currentThread().getName())::equals)
                    .hasSize(2);
        });
    }

    @Test
    void whatAnAttemptPublishesIsPublishedByEachAttemptAndWhatItReturnsOnce() {
        run(Startup.runner(), (publisher, seen) -> {
            publisher.publishEvent(new Placed("tea"));

            assertThat(seen).filteredOn("inside tea"::equals).hasSize(2);
            assertThat(seen).filteredOn("answer to tea"::equals).hasSize(1);
        });
    }

    @Test
    void theLastFailureReachesThePublisher() {
        run(
                Startup.runner(),
                (publisher, seen) -> assertThat(catchThrowable(() -> publisher.publishEvent(new Broken("tea"))))
                        .hasMessage("reset 2"));
    }

    @Test
    void aDebouncedListenerSeesTheLatestEventAndThePublisherGoesOnAtOnce() {
        run(Startup.runner(this.time), (publisher, seen) -> {
            publisher.publishEvent(new Changed("tea"));
            publisher.publishEvent(new Changed("milk"));
            assertThat(seen).isEmpty();

            this.time.advance(Duration.ofSeconds(1));

            assertThat(seen).containsExactly("milk");
        });
    }

    @Test
    void whatASharedRunReturnsIsPublishedForEachEvent() {
        run(Startup.runner(this.time), (publisher, seen) -> {
            publisher.publishEvent(new Priced("tea"));
            publisher.publishEvent(new Priced("milk"));

            this.time.advance(Duration.ofSeconds(1));

            assertThat(seen).containsExactly("asked milk", "answer to milk", "answer to milk");
        });
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAsync
    static class AsyncConfiguration {

        @Bean
        HandExecutor taskExecutor() {
            return new HandExecutor();
        }
    }

    @Test
    void anAsyncListenerIsOneTaskForTheEventsThatJoin() {
        Startup.runner(this.time)
                .withUserConfiguration(AsyncConfiguration.class)
                .withBean(Listeners.class)
                .run(context -> {
                    HandExecutor executor = context.getBean(HandExecutor.class);

                    context.publishEvent(new Wished("tea"));
                    context.publishEvent(new Wished("milk"));

                    assertThat(executor.taken()).isOne();
                    executor.runNext();
                    Listeners listeners = AopTestUtils.getUltimateTargetObject(context.getBean(Listeners.class));
                    assertThat(listeners.seen()).containsExactly("tea");
                });
    }
}
