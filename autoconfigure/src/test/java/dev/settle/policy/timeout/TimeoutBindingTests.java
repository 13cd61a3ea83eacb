package dev.settle.policy.timeout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.annotation.Timeout.Scope;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What the two timeouts are called in {@code application.yml}, where they stand side by side. */
class TimeoutBindingTests {

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
}
