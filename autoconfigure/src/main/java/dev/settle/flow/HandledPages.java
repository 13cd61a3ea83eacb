package dev.settle.flow;

import dev.settle.core.AsyncFunction;
import org.jspecify.annotations.Nullable;

/** A run that waits for a handler before it fetches the next page. */
final class HandledPages<C, P, R extends @Nullable Object> extends PagesRun<C, P> {

    private final AsyncFunction<? super P, R> handler;

    HandledPages(Pages<C, P> pages, AsyncFunction<? super P, R> handler) {
        super(pages);
        this.handler = handler;
    }

    @Override
    void hand(P page) {
        begin(() -> this.handler.apply(page), (handled, failure) -> handed());
    }
}
