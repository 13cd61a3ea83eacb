package dev.settle.reactive;

import static dev.settle.core.Results.until;
import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.abort.AsyncAbortController;
import dev.settle.autoconfigure.Startup;
import dev.settle.reactive.Crowd.Calling;
import dev.settle.reactive.Crowd.Policy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Hooks;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Many subscriptions on several threads, some cancelled at any moment: each ends once, and all permits come back. */
class SubscriptionStressTests {

    private static final int ROUNDS = 3;
    private static final int CALLS = 100;

    private final Scheduler threads = Schedulers.newParallel("callers", 4);

    @BeforeEach
    void forgetWhatIsDropped() {
        // A failure that meets the cancel may be dropped, as Reactor's own operators do it.
        Hooks.onErrorDropped(failure -> {});
    }

    @AfterEach
    void end() {
        Hooks.resetOnErrorDropped();
        this.threads.dispose();
    }

    @ParameterizedTest
    @EnumSource
    void everySubscriptionEndsOnce(Policy policy) {
        Startup.runner().withBean(Crowd.class).run(context -> {
            Crowd crowd = context.getBean(Crowd.class);
            AsyncAbortController controller = context.getBean(AsyncAbortController.class);
            for (int round = 0; round < ROUNDS; round++) {
                Random random = new Random(round);
                policy.callings().forEach(calling -> callMany(crowd, calling, random));
                until(() -> controller.inFlight().size() == 0);
            }
            // Whoever comes now finds all permits.
            policy.callings()
                    .forEach(calling -> assertThat(Flux.from(calling.call(crowd, () -> Flux.just(7)))
                                    .blockLast(Duration.ofSeconds(30)))
                            .isEqualTo(7));
        });
    }

    private void callMany(Crowd crowd, Calling calling, Random random) {
        List<Seen<Integer>> kept = new ArrayList<>();
        List<Seen<Integer>> cancelled = new ArrayList<>();
        for (int i = 0; i < CALLS; i++) {
            long takes = random.nextInt(3);
            boolean fails = random.nextInt(4) == 0;
            Seen<Integer> seen = Seen.ready();
            calling.call(crowd, () -> work(takes, fails)).subscribe(seen);
            if (random.nextInt(3) == 0) {
                cancelled.add(seen);
                this.threads.schedule(seen::cancel, random.nextInt(3_000), TimeUnit.MICROSECONDS);
            } else {
                kept.add(seen);
            }
        }
        until(() -> kept.stream().allMatch(seen -> seen.ends() > 0));
        until(() -> cancelled.stream().allMatch(Seen::isDisposed));
        assertThat(kept).allSatisfy(seen -> assertThat(seen.ends()).isEqualTo(1));
        assertThat(cancelled).allSatisfy(seen -> assertThat(seen.ends()).isLessThanOrEqualTo(1));
    }

    /** Fails for good: what is not tried again ends with that. */
    private Flux<Integer> work(long takes, boolean fails) {
        Mono<Integer> ended = fails ? Mono.error(new CancellationException("not now")) : Mono.just(1);
        return (takes == 0
                        ? ended
                        : Mono.delay(Duration.ofMillis(takes), this.threads).then(ended))
                .flux();
    }
}
