package dev.settle.policy.bulkhead;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.annotation.Scope;
import dev.settle.core.HandWork;
import dev.settle.core.KeySettings;
import dev.settle.core.PlannedMethod;
import dev.settle.core.StepPolicy;
import dev.settle.core.WaitBounds;
import dev.settle.test.VirtualTime;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A bulkhead for each key gets another number of permits, and those of a key that is in use change at once. */
class KeyedBulkheadTuningTests {

    private final VirtualTime time = new VirtualTime();
    private final HandWork work = new HandWork();
    private Object key;
    private final KeySettings keys = new KeySettings(call -> this.key, 1_000_000);
    private final BulkheadStep step = new BulkheadStep(settings(1), this.time);
    private final PlannedMethod method = PlannedMethod.with(new StepPolicy(this.step) {});

    private BulkheadSettings settings(int permits) {
        return new BulkheadSettings(permits, WaitBounds.DEFAULT, this.keys, Scope.LOCAL);
    }

    private void call(Object ofKey, String... names) {
        this.key = ofKey;
        for (String name : names) {
            this.method.start(() -> this.work.start(name));
        }
    }

    @AfterEach
    void nothingIsLeft() {
        List.copyOf(this.work.started()).forEach(this.work::end);
        assertThat(this.step.states().keys()).isZero();
        assertThat(this.time.pending()).isZero();
    }

    @Test
    void eachKeyInUseLetsMoreIn() {
        call("EUR", "Ann", "Bob", "Cid");
        call("USD", "Dee", "Eve");

        this.step.tune(settings(2));

        assertThat(this.work.started()).containsExactlyInAnyOrder("Ann", "Dee", "Bob", "Eve");
        this.work.end("Ann");
        assertThat(this.work.started()).contains("Cid");
    }

    @Test
    void eachKeyInUseLetsFewerIn() {
        this.step.tune(settings(2));
        call("EUR", "Ann", "Bob", "Cid");

        this.step.tune(settings(1));

        this.work.end("Ann");
        assertThat(this.work.started()).containsExactly("Ann", "Bob");
        this.work.end("Bob");
        assertThat(this.work.started()).contains("Cid");
    }

    @Test
    void aKeyThatComesLaterHasTheNewNumber() {
        this.step.tune(settings(2));

        call("EUR", "Ann", "Bob", "Cid");

        assertThat(this.work.started()).containsExactly("Ann", "Bob");
        this.work.end("Ann");
    }

    @Test
    void itsStateIsHowManyKeysThereAreAndThePermitsOfEach() {
        call("EUR", "Ann", "Bob");
        call("USD", "Dee");

        this.step.tune(settings(3));

        assertThat(this.step.state()).containsOnlyKeys("keys", "permits");
        assertThat(this.step.state()).containsEntry("keys", 2L).containsEntry("permits", 3L);
    }
}
