package dev.settle.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CallKeyTests {

    private final CallKey first = call -> call.arguments()[0];
    private final HandCalls calls = new HandCalls();

    private Call call(Object argument) {
        return this.calls.call(argument);
    }

    @Test
    void valueIsOneKey() {
        assertThat(this.first.one(call("a"))).isEqualTo("a");
        assertThat(this.first.all(call("a"))).containsExactly("a");
    }

    @Test
    void collectionIsOneKeyOfAllItsElements() {
        assertThat(this.first.one(call(List.of("a", "b")))).isEqualTo(List.of("a", "b"));
    }

    @Test
    void arraysAreEqualKeysWhenTheirElementsAre() {
        assertThat(this.first.one(call(new String[] {"a", "b"})))
                .isEqualTo(this.first.one(call(new String[] {"a", "b"})));
        assertThat(this.first.one(call(new int[] {1, 2}))).isEqualTo(List.of(1, 2));
    }

    @Test
    void setsAreEqualKeysInWhateverOrder() {
        Object one = this.first.one(call(new LinkedHashSet<>(List.of("a", "b"))));
        Object other = this.first.one(call(new LinkedHashSet<>(List.of("b", "a"))));

        assertThat(one).isEqualTo(other).hasSameHashCodeAs(other);
    }

    @Test
    void keyStaysAsItWasWhenTheCallerChangesItsCollection() {
        List<String> mine = new ArrayList<>(List.of("a"));
        Object key = this.first.one(call(mine));

        mine.add("b");

        assertThat(key).isEqualTo(List.of("a"));
    }

    @Test
    void eachElementIsAKeyOnce() {
        assertThat(this.first.all(call(List.of("b", "a", "b")))).containsExactly("b", "a");
        assertThat(this.first.all(call(new int[] {2, 1, 2}))).containsExactly(2, 1);
    }

    @Test
    void emptyCollectionHasNoKeys() {
        assertThat(this.first.all(call(Set.of()))).isEmpty();
    }

    @Test
    void missingKeyIsAnErrorThatNamesTheMethod() {
        assertThatThrownBy(() -> this.first.one(call(null)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'prices.find' is null");
        assertThatThrownBy(() -> this.first.all(call(null))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void missingKeyAmongSeveralIsAnError() {
        assertThatThrownBy(() -> this.first.all(call(Arrays.asList("a", null))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void keyStaysAsItWasWhenTheCallerChangesAListInItsMap() {
        List<String> mine = new ArrayList<>(List.of("a"));
        Object key = this.first.one(call(Map.of("names", mine)));

        mine.add("b");

        assertThat(key).isEqualTo(Map.of("names", List.of("a")));
    }
}
