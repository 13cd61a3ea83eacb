package dev.settle.policy.timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.settle.annotation.Timeout;
import dev.settle.annotation.Timeout.Scope;
import dev.settle.core.Contexts;
import dev.settle.core.InvalidSettingException;
import dev.settle.core.Written;
import dev.settle.test.VirtualTime;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What is written at a method, or in {@code application.yml}, where the two timeouts stand side by side. */
class TimeoutBindingTests {

    private final VirtualTime time = new VirtualTime();
    private final TimeoutBinding attempt = new TimeoutBinding(Scope.ATTEMPT);

    @Timeout("2s")
    private static final class Least {}

    @Timeout(value = "3s", scope = Scope.TOTAL, cancel = false)
    private static final class All {}

    @Timeout("")
    private static final class Empty {}

    @ParameterizedTest
    @CsvSource({"ATTEMPT,value", "TOTAL,total"})
    void eachLimitHasAPropertyOfItsOwn(Scope scope, String property) {
        assertThat(new TimeoutBinding(scope).property("value")).isEqualTo(property);
    }

    @ParameterizedTest
    @EnumSource
    void theScopeIsInTheNameAndCannotBeSet(Scope scope) {
        assertThat(new TimeoutBinding(scope).property("scope")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void whatElseThereIsKeepsItsName(Scope scope) {
        assertThat(new TimeoutBinding(scope).property("cancel")).isEqualTo("cancel");
    }

    @Test
    void besideTheOneTheOtherIsAskedForByItsLimit() {
        TimeoutBinding total = new TimeoutBinding(Scope.TOTAL);

        assertThat(total.implied()).isEqualTo(Map.of("value", "1h", "scope", Scope.TOTAL));
        assertThat(total.property(total.askedForBy())).isEqualTo("total");
    }

    @ParameterizedTest
    @EnumSource
    void eachIsForItsScope(Scope scope) {
        TimeoutBinding binding = new TimeoutBinding(scope);

        assertThat(binding.accepts(Written.on(Least.class))).isEqualTo(scope == Scope.ATTEMPT);
        assertThat(binding.accepts(Written.on(All.class))).isEqualTo(scope == Scope.TOTAL);
    }

    @Test
    void eachAttributeIsRead() {
        assertThat(this.attempt.settings(Written.on(Least.class)))
                .isEqualTo(new TimeoutSettings(Duration.ofSeconds(2), Scope.ATTEMPT, true));
        assertThat(new TimeoutBinding(Scope.TOTAL).settings(Written.on(All.class)))
                .isEqualTo(new TimeoutSettings(Duration.ofSeconds(3), Scope.TOTAL, false));
    }

    @Test
    void withoutALimitItIsRefused() {
        InvalidSettingException refused = catchThrowableOfType(
                InvalidSettingException.class, () -> this.attempt.settings(Written.on(Empty.class)));

        assertThat(refused.attribute()).isEqualTo("value");
        assertThat(refused.problem()).contains("no limit");
    }

    @Test
    void theStepIsOfItsSettings() {
        TimeoutSettings settings = this.attempt.settings(Written.on(Least.class));

        assertThat(this.attempt.create(settings, Contexts.of(this.time))).hasToString("Timeout(ATTEMPT) 2 s");
    }

    @Test
    void aStreamIsCancelledOrTheSettingIsRefused() {
        TimeoutSettings cancelling = new TimeoutSettings(Duration.ofSeconds(2), Scope.ATTEMPT, true);
        TimeoutSettings lenient = new TimeoutSettings(Duration.ofSeconds(2), Scope.ATTEMPT, false);

        assertThat(this.attempt.create(cancelling, Contexts.ofStream(this.time)))
                .isNotNull();
        assertThat(this.attempt.create(lenient, Contexts.of(this.time))).isNotNull();
        InvalidSettingException refused = catchThrowableOfType(
                InvalidSettingException.class, () -> this.attempt.create(lenient, Contexts.ofStream(this.time)));
        assertThat(refused.attribute()).isEqualTo("cancel");
    }

    @Test
    void itIsForItsAnnotation() {
        assertThat(this.attempt.policy()).isEqualTo("timeout");
        assertThat(this.attempt.annotation()).isEqualTo(Timeout.class);
    }
}
