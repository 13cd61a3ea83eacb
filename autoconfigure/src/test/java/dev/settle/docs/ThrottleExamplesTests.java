package dev.settle.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.CallRejectedException;
import dev.settle.CallRejectedException.Reason;
import dev.settle.autoconfigure.Startup;
import dev.settle.docs.ThrottleExamples.Importer;
import dev.settle.docs.ThrottleExamples.Maps;
import dev.settle.docs.ThrottleExamples.Problems;
import dev.settle.test.VirtualTime;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.springframework.http.ResponseEntity;

/** What docs/throttle.md says of its code. */
class ThrottleExamplesTests {

    private final VirtualTime time = new VirtualTime();
    private final HandClient client = new HandClient();

    private void withMaps(Consumer<Maps> test) {
        Startup.runner(this.time)
                .withBean(Maps.class, () -> new Maps(this.client))
                .run(context -> test.accept(context.getBean(Maps.class)));
    }

    private static CallRejectedException refusal(CompletableFuture<?> call) {
        return (CallRejectedException) call.handle((value, failure) -> failure).join();
    }

    @Test
    void aHundredStartInAMinuteForEachAccount() {
        withMaps(maps -> {
            for (int i = 0; i < 100; i++) {
                maps.route("ann", "here", "there");
            }
            maps.route("bob", "here", "there");
            assertThat(this.client.requests).hasSize(101);
        });
    }

    @Test
    void aWaitThatWouldBeTooLongIsRefusedAtOnceAndSaysWhenToComeBack() {
        withMaps(maps -> {
            for (int i = 0; i < 100; i++) {
                maps.route("ann", "here", "there");
            }
            this.time.advance(Duration.ofSeconds(20));
            CallRejectedException refused = refusal(maps.route("ann", "here", "there"));
            assertThat(refused.reason()).isEqualTo(Reason.WAIT_EXCEEDED);
            assertThat(refused.retryAfter()).contains(Duration.ofSeconds(40));

            this.time.advance(Duration.ofSeconds(36));
            maps.route("ann", "here", "there");
            assertThat(this.client.requests).hasSize(100);
            this.time.advance(Duration.ofSeconds(4));
            assertThat(this.client.requests).hasSize(101);
        });
    }

    @Test
    void smoothStartsAreSpacedEvenlyAfterABurst() {
        withMaps(maps -> {
            for (int i = 0; i < 5; i++) {
                maps.tile(i, 0);
            }
            assertThat(this.client.requests).hasSize(3);
            this.time.advance(Duration.ofMillis(100));
            assertThat(this.client.requests).hasSize(4);
            this.time.advance(Duration.ofMillis(100));
            assertThat(this.client.requests).hasSize(5);
        });
    }

    @Test
    void aFourthCodeIsRefusedAndIsNotCounted() {
        withMaps(maps -> {
            for (int i = 0; i < 3; i++) {
                maps.textCode("555");
            }
            assertThat(refusal(maps.textCode("555")).reason()).isEqualTo(Reason.RATE);
            this.time.advance(Duration.ofMinutes(10));
            maps.textCode("555");
            assertThat(this.client.requests).hasSize(4);
        });
    }

    @Test
    void whoAsksForTheTrafficTooOftenSharesTheNextAnswer() {
        withMaps(maps -> {
            maps.traffic();
            CompletableFuture<String> second = maps.traffic();
            CompletableFuture<String> third = maps.traffic();
            assertThat(this.client.requests).hasSize(1);
            this.time.advance(Duration.ofSeconds(5));
            assertThat(this.client.requests).hasSize(2);
            this.client.reply(1, "calm");
            assertThat(second).isCompletedWithValue("calm");
            assertThat(third).isCompletedWithValue("calm");
        });
    }

    @Test
    void plainObjectsNest() {
        Importer importer = new Importer(this.client);
        for (int i = 0; i < 3; i++) {
            importer.load("row " + i);
        }
        assertThat(this.client.requests).hasSize(3);
        CompletableFuture<String> fourth = importer.load("row 3");
        assertThat(fourth).isNotDone();
        fourth.cancel(true);
    }

    @Test
    void aRefusalIsAnsweredWithRetryAfter() {
        ResponseEntity<Void> answer = new Problems()
                .refused(new CallRejectedException(
                        "throttle", "maps.textCode", "555", Reason.RATE, Duration.ofMinutes(2)));
        assertThat(answer.getStatusCode().value()).isEqualTo(429);
        assertThat(answer.getHeaders().getFirst("Retry-After")).isEqualTo("120");
    }
}
