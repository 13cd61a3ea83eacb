package dev.settle.flow;

import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One run through {@link Pages}: a page is fetched, then handled, then the next one is fetched. */
abstract class PagesRun<C, P> extends Scope<@Nullable Void> implements Pump.Source {

    private final Pages<C, P> pages;
    private final Pump pump = new Pump(1, this::within, this);

    // There is one step at a time: each is told of what the one before has left here.
    private Optional<C> cursor;
    private @Nullable P page;
    private boolean over;

    PagesRun(Pages<C, P> pages) {
        super("pages");
        this.pages = pages;
        this.cursor = Optional.of(pages.first());
    }

    CompletableFuture<@Nullable Void> start() {
        this.pump.look();
        return future();
    }

    /** Has a page dealt with, and says when that has been done. */
    abstract void hand(P page);

    /** The page has been dealt with. */
    final void handed() {
        this.pump.ended();
    }

    /** There may be a reason to go on now. */
    final void look() {
        this.pump.look();
    }

    /** Whether somebody wants one page more. */
    boolean wanted() {
        return true;
    }

    @Override
    public final @Nullable Runnable next(int running) {
        if (this.over) {
            return null;
        }
        P fetched = this.page;
        if (!signal().aborted() && fetched != null) {
            this.page = null;
            return () -> hand(fetched);
        }
        if (!signal().aborted() && this.cursor.isPresent()) {
            C from = this.cursor.get();
            return wanted() ? () -> begin(() -> this.pages.fetch().apply(from), this::fetched) : null;
        }
        this.over = true;
        leave();
        return null;
    }

    private void fetched(@Nullable P fetched, @Nullable Throwable failure) {
        if (failure == null) {
            within(() -> turnTo(fetched));
        }
        this.pump.ended();
    }

    private void turnTo(@Nullable P fetched) {
        try {
            P present = Objects.requireNonNull(fetched, "A page is null");
            this.cursor = Objects.requireNonNull(
                    this.pages.next().apply(present), "The next cursor is null: at the end there is an empty Optional");
            this.page = present;
        } catch (Throwable ex) {
            fail(ex);
        }
    }

    @Override
    protected @Nullable Void result() {
        return null;
    }
}
