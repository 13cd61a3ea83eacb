package dev.settle.queue;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A list in order of arrival whose nodes leave in constant time. Not thread-safe: guarded by its owner's lock. */
public final class Chain<N extends Chain.Node> {

    private final Node ends = new Node();
    private int size;

    /** An empty chain. */
    public Chain() {
        this.ends.previous = this.ends;
        this.ends.next = this.ends;
    }

    /** Adds the node at the end; it must not be in a chain. */
    public void add(N node) {
        Node last = end();
        node.previous = last;
        node.next = this.ends;
        last.next = node;
        this.ends.previous = node;
        this.size++;
    }

    /** Takes the node out; false when it is not, or no longer, in a chain. */
    public boolean remove(N node) {
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

    /** Takes the first node out. */
    public @Nullable N poll() {
        N first = first();
        if (first != null) {
            remove(first);
        }
        return first;
    }

    /** The node that has been there longest. */
    public @Nullable N first() {
        return (this.size == 0) ? null : cast(this.ends.next);
    }

    /** The node that came last. */
    public @Nullable N last() {
        return (this.size == 0) ? null : cast(this.ends.previous);
    }

    /** How many there are. */
    public int size() {
        return this.size;
    }

    /** The nodes of now, in order of arrival. */
    public List<N> toList() {
        List<N> nodes = new ArrayList<>(this.size);
        forEach(nodes::add);
        return nodes;
    }

    /** Does something with each node, in order of arrival, which must not change the chain. */
    public void forEach(Consumer<? super N> consumer) {
        for (Node node = this.ends.next; node != null && node != this.ends; node = node.next) {
            consumer.accept(cast(node));
        }
    }

    private Node end() {
        Node last = this.ends.previous;
        return (last != null) ? last : this.ends;
    }

    @SuppressWarnings({"unchecked", "NullAway"}) // only add() links nodes, and it takes only N
    private N cast(@Nullable Node node) {
        return (N) node;
    }

    /** A place in a chain. */
    public static class Node {
        @Nullable
        Node previous;

        @Nullable
        Node next;
    }
}
