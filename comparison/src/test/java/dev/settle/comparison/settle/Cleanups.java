package dev.settle.comparison.settle;

import dev.settle.annotation.OnAbort;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** A bean with cleanups in three phases. */
class Cleanups {

    private final List<Supplier<CompletionStage<?>>> inOrder;

    Cleanups(List<Supplier<CompletionStage<?>>> inOrder) {
        this.inOrder = inOrder;
    }

    @OnAbort(phase = 3, timeout = "1s")
    CompletionStage<?> first() {
        return this.inOrder.get(0).get();
    }

    @OnAbort(phase = 2, timeout = "1s")
    CompletionStage<?> second() {
        return this.inOrder.get(1).get();
    }

    @OnAbort(phase = 1, timeout = "1s")
    CompletionStage<?> third() {
        return this.inOrder.get(2).get();
    }
}
