package dev.settle.policy.exclusive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.annotation.Exclusive;
import dev.settle.annotation.Exclusive.OnConflict;
import dev.settle.annotation.Scope;
import dev.settle.core.Contexts;
import dev.settle.core.KeySettings;
import dev.settle.core.WaitBounds;
import dev.settle.core.Written;
import dev.settle.test.VirtualTime;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is written at a method becomes settings, and these a step. */
class ExclusiveBindingTests {

    private final ExclusiveBinding binding = new ExclusiveBinding();

    @Exclusive
    private static final class Least {}

    @Exclusive(
            onConflict = OnConflict.JOIN,
            maxWait = "5s",
            queueCapacity = 20,
            key = "#id",
            maxKeys = 3,
            scope = Scope.LOCAL)
    private static final class All {}

    @Test
    void theOthersAreTheDefaults() {
        assertThat(this.binding.settings(Written.on(Least.class)))
                .isEqualTo(new ExclusiveSettings(
                        OnConflict.WAIT, WaitBounds.DEFAULT, new KeySettings(null, 1_000_000), Scope.LOCAL));
    }

    @Test
    void eachAttributeIsRead() {
        assertThat(this.binding.settings(Written.on(All.class)))
                .isEqualTo(new ExclusiveSettings(
                        OnConflict.JOIN,
                        new WaitBounds(Duration.ofSeconds(5), 20),
                        new KeySettings(Written.KEY, 3),
                        Scope.LOCAL));
    }

    @ParameterizedTest
    @CsvSource({"WAIT,false", "REJECT,false", "JOIN,true", "REPLACE,false"})
    void onlyThoseWhoJoinShareARun(OnConflict onConflict, boolean shares) {
        ExclusiveSettings settings =
                new ExclusiveSettings(onConflict, WaitBounds.DEFAULT, KeySettings.NONE, Scope.LOCAL);

        assertThat(this.binding.shares(settings)).isEqualTo(shares);
    }

    @Test
    void theStepIsOfItsSettings() {
        ExclusiveSettings settings = this.binding.settings(Written.on(Least.class));

        assertThat(this.binding.create(settings, Contexts.of(new VirtualTime())))
                .hasToString("Exclusive WAIT");
    }

    @Test
    void itIsForItsAnnotation() {
        assertThat(this.binding.policy()).isEqualTo("exclusive");
        assertThat(this.binding.annotation()).isEqualTo(Exclusive.class);
    }
}
