package dev.settle.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.settle.CallRejectedException;
import dev.settle.CallRejectedException.Reason;
import dev.settle.queue.KeyedStates.Pinned;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CallStatesTests {

    private final HandCalls calls = new HandCalls();
    private final CallStates<Object> keyed =
            new CallStates<>("bulkhead", new KeySettings(call -> call.arguments()[0], 2), Object::new);
    private final CallStates<Object> single = new CallStates<>("bulkhead", KeySettings.NONE, Object::new);

    @Test
    void callsOfOneKeyShareAState() {
        Pinned<Object> one = this.keyed.pin(this.calls.call("a"));

        assertThat(this.keyed.pin(this.calls.call("a"))).isSameAs(one);
        assertThat(this.keyed.pin(this.calls.call("b"))).isNotSameAs(one);
        assertThat(this.keyed.keys()).isEqualTo(2);
    }

    @Test
    void stateGoesWithItsLastCall() {
        Pinned<Object> one = this.keyed.pin(this.calls.call("a"));

        this.keyed.unpin(one);

        assertThat(this.keyed.keys()).isZero();
    }

    @Test
    void stateThatIsKeptGoesLater() {
        Pinned<Object> one = this.keyed.pin(this.calls.call("a"));
        this.keyed.keep(one);

        this.keyed.unpin(one);
        assertThat(this.keyed.keys()).isEqualTo(1);
        this.keyed.unpin(one);
        assertThat(this.keyed.keys()).isZero();
    }

    @Test
    void tooManyKeysAreRefused() {
        this.keyed.pin(this.calls.call("a"));
        this.keyed.pin(this.calls.call("b"));

        assertThatThrownBy(() -> this.keyed.pin(this.calls.call("c")))
                .isInstanceOfSatisfying(CallRejectedException.class, refused -> {
                    assertThat(refused.reason()).isEqualTo(Reason.KEYS);
                    assertThat(refused.policy()).isEqualTo("bulkhead");
                    assertThat(refused.key()).contains("c");
                });
        assertThat(this.calls.events()).containsExactly(LineEvent.REJECTED);
        assertThat(this.keyed.keys()).isEqualTo(2);
    }

    @Test
    void missingKeyPinsNothing() {
        assertThatThrownBy(() -> this.keyed.pin(this.calls.call((Object) null)))
                .isInstanceOf(IllegalArgumentException.class);

        assertThat(this.keyed.keys()).isZero();
    }

    @Test
    void methodWithoutKeysHasOneStateForEver() {
        Pinned<Object> one = this.single.pin(this.calls.call("a"));

        this.single.unpin(one);
        this.single.unpin(one);

        assertThat(this.single.pin(this.calls.call("b"))).isSameAs(one).isSameAs(this.single.only());
        assertThat(this.single.keyed()).isFalse();
        assertThat(this.single.keys()).isZero();
    }

    @Test
    void callersAreNotToldOfAKeyWhereThereAreNone() {
        Pinned<Object> a = this.keyed.pin(this.calls.call("a"));

        assertThat(this.keyed.keyOf(a)).isEqualTo("a");
        assertThat(this.single.keyOf(this.single.only())).isNull();
    }

    @Test
    void onlyStateOfAMethodWithKeysIsAMistake() {
        assertThat(this.keyed.keyed()).isTrue();
        assertThatThrownBy(this.keyed::only).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void everyStateInUseIsVisited() {
        Pinned<Object> a = this.keyed.pin(this.calls.call("a"));
        Pinned<Object> b = this.keyed.pin(this.calls.call("b"));
        List<Object> visited = new ArrayList<>();

        this.keyed.forEach(visited::add);

        assertThat(visited).containsExactlyInAnyOrder(a.state(), b.state());
    }
}
