package dev.settle.policy.bulkhead;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.annotation.Bulkhead;
import dev.settle.annotation.Scope;
import dev.settle.core.Contexts;
import dev.settle.core.KeySettings;
import dev.settle.core.WaitBounds;
import dev.settle.core.Written;
import dev.settle.test.VirtualTime;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is written at a method becomes settings, and these a step. */
class BulkheadBindingTests {

    private final BulkheadBinding binding = new BulkheadBinding();

    @Bulkhead(4)
    private static final class Least {}

    @Bulkhead(value = 4, maxWait = "5s", queueCapacity = 20, key = "#id", maxKeys = 3)
    private static final class All {}

    @Test
    void theOthersAreTheDefaults() {
        assertThat(this.binding.settings(Written.on(Least.class)))
                .isEqualTo(new BulkheadSettings(4, WaitBounds.DEFAULT, new KeySettings(null, 1_000_000), Scope.LOCAL));
    }

    @Test
    void eachAttributeIsRead() {
        assertThat(this.binding.settings(Written.on(All.class)))
                .isEqualTo(new BulkheadSettings(
                        4, new WaitBounds(Duration.ofSeconds(5), 20), new KeySettings(Written.KEY, 3), Scope.LOCAL));
    }

    @Test
    void theStepHasThePermitsOfItsSettings() {
        BulkheadSettings settings = this.binding.settings(Written.on(Least.class));

        assertThat(this.binding.create(settings, Contexts.of(new VirtualTime())).state())
                .isEqualTo(Map.of("permits", 4L, "free", 4L, "waiting", 0L));
    }

    @Test
    void itIsForItsAnnotation() {
        assertThat(this.binding.policy()).isEqualTo("bulkhead");
        assertThat(this.binding.annotation()).isEqualTo(Bulkhead.class);
    }

    @Test
    void eachCallerHasARunOfItsOwnAtOnce() {
        BulkheadSettings settings = this.binding.settings(Written.on(Least.class));

        assertThat(this.binding.shares(settings)).isFalse();
        assertThat(this.binding.deferred()).isFalse();
    }
}
