package dev.settle.queue;

import dev.settle.queue.KeyedStates.Pinned;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;

/** What threads may do with states, for the model checker: four users of three keys, of which two may be in use. */
public final class KeyOperations {

    static final int MAX_KEYS = 2;

    private final KeyedStates<Object> states = new KeyedStates<>(MAX_KEYS, Object::new);

    /** Each is touched by one thread only, because what one user does is never at the same time. */
    @SuppressWarnings({"unchecked", "rawtypes"})
    private final Pinned<Object>[] pinned = new Pinned[4];

    @Operation(nonParallelGroup = "one")
    public boolean pinForOne() {
        return pin(0, "a");
    }

    @Operation(nonParallelGroup = "one")
    public boolean unpinForOne() {
        return unpin(0);
    }

    @Operation(nonParallelGroup = "two")
    public boolean pinForTwo() {
        return pin(1, "a");
    }

    @Operation(nonParallelGroup = "two")
    public boolean unpinForTwo() {
        return unpin(1);
    }

    @Operation(nonParallelGroup = "three")
    public boolean pinForThree() {
        return pin(2, "b");
    }

    @Operation(nonParallelGroup = "three")
    public boolean unpinForThree() {
        return unpin(2);
    }

    @Operation(nonParallelGroup = "four")
    public boolean pinForFour() {
        return pin(3, "c");
    }

    @Operation(nonParallelGroup = "four")
    public boolean unpinForFour() {
        return unpin(3);
    }

    private boolean pin(int user, String key) {
        if (this.pinned[user] != null) {
            return true;
        }
        this.pinned[user] = this.states.pin(key);
        return this.pinned[user] != null;
    }

    private boolean unpin(int user) {
        Pinned<Object> own = this.pinned[user];
        if (own == null) {
            return false;
        }
        this.pinned[user] = null;
        this.states.unpin(own);
        return true;
    }

    @Validate
    public void eachKeyInUseHasOneState() {
        Map<Object, Object> inUse = new HashMap<>();
        Arrays.stream(this.pinned)
                .filter(Objects::nonNull)
                .forEach(own -> check(inUse.merge(own.key(), own.state(), (one, other) -> {
                            check(one == other);
                            return one;
                        })
                        != null));
        check(this.states.size() == inUse.size());
    }

    private static void check(boolean holds) {
        if (!holds) {
            throw new IllegalStateException("A key in use has two states, or an idle one has one");
        }
    }
}
