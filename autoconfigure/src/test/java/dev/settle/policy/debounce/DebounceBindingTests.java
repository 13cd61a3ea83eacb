package dev.settle.policy.debounce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.settle.annotation.Debounce;
import dev.settle.annotation.Debounce.OnShutdown;
import dev.settle.annotation.Debounce.Running;
import dev.settle.annotation.Debounce.Superseded;
import dev.settle.core.Contexts;
import dev.settle.core.InvalidSettingException;
import dev.settle.core.KeySettings;
import dev.settle.core.PlannedMethod;
import dev.settle.core.Steps;
import dev.settle.core.Written;
import dev.settle.test.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What is written at a method becomes settings, and these a step. */
class DebounceBindingTests {

    private final VirtualTime time = new VirtualTime();
    private final DebounceBinding binding = new DebounceBinding();
    private final DebounceSettings least = this.binding.settings(Written.on(Least.class));

    @Debounce("300ms")
    private static final class Least {}

    @Debounce(
            value = "300ms",
            maxWait = "2s",
            leading = true,
            trailing = false,
            superseded = Superseded.CANCEL,
            running = Running.QUEUE,
            onShutdown = OnShutdown.CANCEL,
            key = "#id",
            maxKeys = 3)
    private static final class All {}

    @Debounce("")
    private static final class Empty {}

    @Test
    void theOthersAreTheDefaults() {
        assertThat(this.least)
                .isEqualTo(new DebounceSettings(
                        Duration.ofMillis(300),
                        null,
                        false,
                        true,
                        Superseded.SHARE,
                        Running.OVERLAP,
                        OnShutdown.FLUSH,
                        new KeySettings(null, 1_000_000)));
    }

    @Test
    void eachAttributeIsRead() {
        assertThat(this.binding.settings(Written.on(All.class)))
                .isEqualTo(new DebounceSettings(
                        Duration.ofMillis(300),
                        Duration.ofSeconds(2),
                        true,
                        false,
                        Superseded.CANCEL,
                        Running.QUEUE,
                        OnShutdown.CANCEL,
                        new KeySettings(Written.KEY, 3)));
    }

    @Test
    void withoutAQuietPeriodItIsRefused() {
        InvalidSettingException refused = catchThrowableOfType(
                InvalidSettingException.class, () -> this.binding.settings(Written.on(Empty.class)));

        assertThat(refused.attribute()).isEqualTo("value");
    }

    @Test
    void callsAreSharedAndRunLater() {
        assertThat(this.binding.shares(this.least)).isTrue();
        assertThat(this.binding.deferred()).isTrue();
    }

    @Test
    void theFirstCallHasWhatIsPendingSettledAtShutdownAndOnlyTheFirst() {
        List<String> settled = new ArrayList<>();
        PlannedMethod method = PlannedMethod.with(Steps.policy(
                this.binding.create(this.least, Contexts.of(this.time, (name, cleanup) -> settled.add(name)))));

        assertThat(settled).isEmpty();
        method.start(() -> CompletableFuture.completedFuture("7.30"));
        method.start(() -> CompletableFuture.completedFuture("7.30"));

        assertThat(settled).containsExactly("debounced calls of 'prices.find'");
        this.time.advance(Duration.ofMillis(300));
    }

    @Test
    void itIsForItsAnnotation() {
        assertThat(this.binding.policy()).isEqualTo("debounce");
        assertThat(this.binding.annotation()).isEqualTo(Debounce.class);
    }
}
