package dev.settle.queue;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** What keyed states do when one does something after another: the specification for the model checker. */
public final class KeysOneAfterAnother {

    private final String[] inUse = new String[4];

    public boolean pinForOne() {
        return pin(0, "a");
    }

    public boolean unpinForOne() {
        return unpin(0);
    }

    public boolean pinForTwo() {
        return pin(1, "a");
    }

    public boolean unpinForTwo() {
        return unpin(1);
    }

    public boolean pinForThree() {
        return pin(2, "b");
    }

    public boolean unpinForThree() {
        return unpin(2);
    }

    public boolean pinForFour() {
        return pin(3, "c");
    }

    public boolean unpinForFour() {
        return unpin(3);
    }

    private boolean pin(int user, String key) {
        List<String> keys =
                Arrays.stream(this.inUse).filter(Objects::nonNull).distinct().toList();
        if (keys.contains(key) || keys.size() < KeyOperations.MAX_KEYS) {
            this.inUse[user] = key;
            return true;
        }
        return false;
    }

    private boolean unpin(int user) {
        boolean used = this.inUse[user] != null;
        this.inUse[user] = null;
        return used;
    }
}
