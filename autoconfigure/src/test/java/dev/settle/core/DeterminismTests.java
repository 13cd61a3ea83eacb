package dev.settle.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.policy.retry.RetryPolicy;
import dev.settle.policy.timeout.TimeoutPolicy;
import dev.settle.test.VirtualTime;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** The same seed and the same schedule give the same story, to the nanosecond. */
class DeterminismTests {

    private static List<String> story(long seed) {
        VirtualTime time = new VirtualTime();
        Random random = new Random(seed);
        List<String> story = new ArrayList<>();
        long origin = time.nanoTime();
        PlannedMethod method = PlannedMethod.with(
                TimeoutPolicy.of(Duration.ofSeconds(20), true, time),
                RetryPolicy.times(5).time(time).random(random::nextDouble).build(),
                TimeoutPolicy.of(Duration.ofMillis(500), true, time));
        for (int i = 0; i < 50; i++) {
            int caller = i;
            method.<String>start(() -> {
                        story.add((time.nanoTime() - origin) + " attempt of " + caller);
                        CompletableFuture<String> work = new CompletableFuture<>();
                        time.schedule(random.nextInt(1_000_000_000), () -> end(work, random));
                        return work;
                    })
                    .whenComplete((value, failure) ->
                            story.add((time.nanoTime() - origin) + " " + caller + " has " + value + " " + failure));
            time.advance(Duration.ofMillis(random.nextInt(100)));
        }
        time.advance(Duration.ofMinutes(10));
        assertThat(time.pending()).isZero();
        method.events().forEach(event -> story.add(event.toString()));
        return story;
    }

    private static void end(CompletableFuture<String> work, Random random) {
        if (random.nextBoolean()) {
            work.complete("7.30");
        } else {
            work.completeExceptionally(new IOException("reset"));
        }
    }

    @Test
    void twoRunsWithOneSeedAreTheSame() {
        assertThat(story(42)).hasSizeGreaterThan(150).isEqualTo(story(42));
    }

    @Test
    void twoRunsWithDifferentSeedsAreNot() {
        assertThat(story(42)).isNotEqualTo(story(43));
    }
}
