package dev.settle.abort;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A list in order of arrival whose nodes leave in constant time. Not thread-safe: guarded by its owner's lock. */
final class Chain<N extends Chain.Node> {

    private final Node ends = new Node();
    private int size;

    Chain() {
        this.ends.previous = this.ends;
        this.ends.next = this.ends;
    }

    void add(N node) {
        Node last = last();
        node.previous = last;
        node.next = this.ends;
        last.next = node;
        this.ends.previous = node;
        this.size++;
    }

    /** Takes the node out; false when it is not, or no longer, in a chain. */
    boolean remove(N node) {
        Node previous = node.previous;
        Node next = node.next;
        if (previous == null || next == null) {
            return false;
        }
        previous.next = next;
        next.previous = previous;
        node.previous = null;
        node.next = null;
        this.size--;
        return true;
    }

    @Nullable
    N poll() {
        if (this.size == 0) {
            return null;
        }
        N first = cast(this.ends.next);
        remove(first);
        return first;
    }

    int size() {
        return this.size;
    }

    List<N> toList() {
        List<N> nodes = new ArrayList<>(this.size);
        for (Node node = this.ends.next; node != null && node != this.ends; node = node.next) {
            nodes.add(cast(node));
        }
        return nodes;
    }

    private Node last() {
        Node last = this.ends.previous;
        return (last != null) ? last : this.ends;
    }

    @SuppressWarnings({"unchecked", "NullAway"}) // only add() links nodes, and it takes only N
    private N cast(@Nullable Node node) {
        return (N) node;
    }

    /** A place in a chain. */
    static class Node {
        @Nullable
        Node previous;

        @Nullable
        Node next;
    }
}
