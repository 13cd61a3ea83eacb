package dev.settle.policy.bulkhead;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.annotation.Scope;
import dev.settle.core.HandWork;
import dev.settle.core.KeySettings;
import dev.settle.core.PlannedMethod;
import dev.settle.core.Results;
import dev.settle.core.StepPolicy;
import dev.settle.core.WaitBounds;
import dev.settle.test.VirtualTime;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What a bulkhead without keys tells of itself. */
class BulkheadStateTests {

    private final HandWork work = new HandWork();
    private final BulkheadStep step = new BulkheadStep(
            new BulkheadSettings(2, WaitBounds.DEFAULT, KeySettings.NONE, Scope.LOCAL), new VirtualTime());
    private final PlannedMethod method = PlannedMethod.with(new StepPolicy(this.step) {});

    private CompletableFuture<String> call(String name) {
        return this.method.start(() -> this.work.start(name));
    }

    @Test
    void atFirstAllPermitsAreFree() {
        assertThat(this.step.state()).isEqualTo(Map.of("permits", 2L, "free", 2L, "waiting", 0L));
    }

    @Test
    void whoWaitsIsCountedUntilItIsLetInOrLeaves() {
        call("Ann");
        call("Bob");
        call("Cid");
        CompletableFuture<String> leaving = call("Dee");
        assertThat(this.step.state()).isEqualTo(Map.of("permits", 2L, "free", 0L, "waiting", 2L));

        this.work.end("Ann");
        assertThat(this.step.state()).isEqualTo(Map.of("permits", 2L, "free", 0L, "waiting", 1L));
        leaving.cancel(true);

        assertThat(this.step.state()).isEqualTo(Map.of("permits", 2L, "free", 0L, "waiting", 0L));
    }

    @Test
    void moreThanThereArePermitsNowIsNoneFree() {
        call("Ann");
        call("Bob");

        this.step.tune(new BulkheadSettings(1, WaitBounds.DEFAULT, KeySettings.NONE, Scope.LOCAL));

        assertThat(this.step.state()).isEqualTo(Map.of("permits", 1L, "free", 0L, "waiting", 0L));
    }

    @Test
    void lookingWaitsForNobodyWhoIsAtTheLine() throws Exception {
        synchronized (this.step.only().line()) {
            assertThat(Results.await(CompletableFuture.supplyAsync(this.step::state)))
                    .containsEntry("waiting", 0L);
        }
    }
}
