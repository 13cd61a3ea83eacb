package dev.settle.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Ends inside ends. */
class NestingTests {

    private final List<Thread> threads = new CopyOnWriteArrayList<>();
    private final CompletableFuture<String> innermost = new CompletableFuture<>();

    private void nest(int depth) {
        this.threads.add(Thread.currentThread());
        if (depth == 0) {
            this.innermost.complete("done");
        } else {
            Nesting.run(() -> nest(depth - 1));
        }
    }

    @Test
    void fewAreToldOnOneThread() throws Exception {
        nest(32);

        assertThat(Results.await(this.innermost)).isEqualTo("done");
        assertThat(this.threads).hasSize(33).containsOnly(Thread.currentThread());
    }

    @Test
    void manyAreToldOnSeveral() throws Exception {
        nest(100);

        assertThat(Results.await(this.innermost)).isEqualTo("done");
        assertThat(this.threads).hasSize(101);
        assertThat(new HashSet<>(this.threads)).hasSizeGreaterThan(1);
    }

    @Test
    void whereThereIsNoThreadTheEndIsToldHere() {
        Nesting.elsewhere(() -> nest(0), task -> {
            throw new OutOfMemoryError("unable to create native thread");
        });

        assertThat(this.innermost).isCompletedWithValue("done");
        assertThat(this.threads).containsExactly(Thread.currentThread());
    }
}
