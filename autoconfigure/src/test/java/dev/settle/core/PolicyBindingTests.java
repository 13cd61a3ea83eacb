package dev.settle.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.settle.annotation.Bulkhead;
import dev.settle.policy.fallback.FallbackBinding;
import dev.settle.policy.fallback.FallbackSettings;
import dev.settle.test.VirtualTime;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What a binding has without saying so, and what it is given. */
class PolicyBindingTests {

    private final FallbackBinding binding = new FallbackBinding();

    @Bulkhead(value = 4, maxWait = "5s", queueCapacity = 20, key = "#id", maxKeys = 3)
    private static final class All {}

    @Bulkhead(value = 4, maxWait = "")
    private static final class Least {}

    @Test
    void anAnnotationHasOneBindingThatReadsItsAttributesByTheirNames() {
        assertThat(this.binding.accepts(Written.on(All.class))).isTrue();
        assertThat(this.binding.property("value")).isEqualTo("value");
        assertThat(this.binding.implied()).isEmpty();
        assertThat(this.binding.askedForBy()).isEqualTo("value");
    }

    @Test
    void eachCallHasARunOfItsOwnAtOnce() {
        assertThat(this.binding.deferred()).isFalse();
        assertThat(this.binding.shares(new FallbackSettings("none"))).isFalse();
    }

    @Test
    void whatKeysAreCannotChange() {
        assertThat(this.binding.fixed()).containsExactlyInAnyOrder("key", "maxKeys", "scope");
    }

    @Test
    void theBoundsOfALineAreRead() {
        assertThat(WaitBounds.of(Written.on(All.class))).isEqualTo(new WaitBounds(Duration.ofSeconds(5), 20));
    }

    @Test
    void withoutALongestWaitItIsTheUsualOne() {
        assertThat(WaitBounds.of(Written.on(Least.class))).isEqualTo(WaitBounds.DEFAULT);
    }

    @Test
    void theKeyIsRead() {
        assertThat(KeySettings.of(Written.on(All.class))).isEqualTo(new KeySettings(Written.KEY, 3));
        assertThat(KeySettings.of(Written.on(Least.class))).isEqualTo(new KeySettings(null, 1_000_000));
    }

    @Test
    void aSettingThatCannotBeIsToldWithItsNameAndWhatIsWrongAndWhatWouldBeRight() {
        InvalidSettingException refused =
                catchThrowableOfType(InvalidSettingException.class, () -> new KeySettings(null, 0));

        assertThat(refused.attribute()).isEqualTo("maxKeys");
        assertThat(refused.problem()).contains("0");
        assertThat(refused.remedy()).contains("at least 1");
    }

    @Test
    void theContextOfAMethodHasItsNameAndWhetherItIsAStream() {
        PolicyContext context = Contexts.of(new VirtualTime()).forMethod("orders.all", true);

        assertThat(context.name()).isEqualTo("orders.all");
        assertThat(context.stream()).isTrue();
    }
}
