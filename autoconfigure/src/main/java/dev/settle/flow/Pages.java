package dev.settle.flow;

import dev.settle.core.AsyncFunction;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Page after page, until a page names no next one.
 *
 * <pre class="code">
 * Pages.from("", api::orders, page -&gt; Optional.ofNullable(page.cursor())).forEach(page -&gt; store.add(page.orders()));
 * </pre>
 *
 * A page is fetched when somebody wants it and the one before has been dealt with. A failure of the fetch, of the function that
 * finds the next cursor, or of the handler ends it; so does giving it up, between pages or by aborting what is going on. It may
 * be used again, and begins at the first page each time.
 *
 * @param <C> the cursors
 * @param <P> the pages
 */
public final class Pages<C, P> {

    private final C first;
    private final AsyncFunction<? super C, P> fetch;
    private final Function<? super P, Optional<C>> next;

    private Pages(C first, AsyncFunction<? super C, P> fetch, Function<? super P, Optional<C>> next) {
        this.first = first;
        this.fetch = fetch;
        this.next = next;
    }

    /**
     * Says how pages are fetched.
     *
     * @param next the cursor of the page after that one, or empty at the end; a page or cursor that is null is a failure
     * @throws NullPointerException for null
     */
    public static <C, P> Pages<C, P> from(
            C first, AsyncFunction<? super C, P> fetch, Function<? super P, Optional<C>> next) {
        return new Pages<>(
                Objects.requireNonNull(first, "first"),
                Objects.requireNonNull(fetch, "fetch"),
                Objects.requireNonNull(next, "next"));
    }

    /** Hands one page after another to the handler, and fetches the next one only when its future is done. */
    public <R extends @Nullable Object> CompletableFuture<@Nullable Void> forEach(AsyncFunction<? super P, R> handler) {
        return new HandledPages<>(this, handler).start();
    }

    /**
     * The same for Reactor and other subscribers: a page is fetched when it has been requested. Each subscriber has its own run,
     * which is part of what the thread does that subscribes; its signals come from the thread of the fetch.
     */
    public Flow.Publisher<P> publisher() {
        return subscriber -> new PageSubscription<>(this, Objects.requireNonNull(subscriber, "subscriber")).start();
    }

    C first() {
        return this.first;
    }

    AsyncFunction<? super C, P> fetch() {
        return this.fetch;
    }

    Function<? super P, Optional<C>> next() {
        return this.next;
    }
}
