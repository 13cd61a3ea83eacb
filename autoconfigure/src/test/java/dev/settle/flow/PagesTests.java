package dev.settle.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.settle.core.Results;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class PagesTests {

    record Page(String content, Optional<Integer> next) {}

    private final IllegalStateException broken = new IllegalStateException("broken");
    private final List<CompletableFuture<Page>> fetches = new ArrayList<>();
    private final List<CompletableFuture<Void>> handled = new ArrayList<>();
    private final List<String> told = new ArrayList<>();
    private final Pages<Integer, Page> pages = Pages.from(1, this::fetch, Page::next);

    private CompletableFuture<Page> fetch(int cursor) {
        this.told.add("fetch " + cursor);
        this.fetches.add(new CompletableFuture<>());
        return this.fetches.get(this.fetches.size() - 1);
    }

    private CompletableFuture<Void> handle(Page page) {
        this.told.add(page.content());
        this.handled.add(new CompletableFuture<>());
        return this.handled.get(this.handled.size() - 1);
    }

    private static Throwable failure(CompletableFuture<?> future) {
        return Results.failure(future);
    }

    @Test
    void nextPageIsFetchedWhenTheOneBeforeHasBeenHandled() {
        CompletableFuture<Void> all = this.pages.forEach(this::handle);
        this.fetches.get(0).complete(new Page("one", Optional.of(2)));
        assertThat(this.told).containsExactly("fetch 1", "one");

        this.handled.get(0).complete(null);
        assertThat(this.told).endsWith("fetch 2");
        this.fetches.get(1).complete(new Page("two", Optional.empty()));
        assertThat(all).isNotDone();
        this.handled.get(1).complete(null);

        assertThat(all).isCompletedWithValue(null);
        assertThat(this.told).containsExactly("fetch 1", "one", "fetch 2", "two");
    }

    @Test
    void failureOfAFetchEndsIt() {
        CompletableFuture<Void> all = this.pages.forEach(this::handle);

        this.fetches.get(0).completeExceptionally(this.broken);

        assertThat(failure(all)).isSameAs(this.broken);
    }

    @Test
    void failureOfTheHandlerEndsIt() {
        CompletableFuture<Void> all = this.pages.forEach(page -> {
            throw this.broken;
        });

        this.fetches.get(0).complete(new Page("one", Optional.of(2)));

        assertThat(failure(all)).isSameAs(this.broken);
        assertThat(this.told).containsExactly("fetch 1");
    }

    @Test
    void failureToFindTheNextPageEndsIt() {
        CompletableFuture<Void> all = Pages.from(1, this::fetch, page -> {
                    throw this.broken;
                })
                .forEach(page -> CompletableFuture.completedFuture(null));

        this.fetches.get(0).complete(new Page("one", Optional.of(2)));

        assertThat(failure(all)).isSameAs(this.broken);
    }

    @Test
    void pageThatIsNullIsAFailure() {
        CompletableFuture<Void> all = this.pages.forEach(this::handle);

        this.fetches.get(0).complete(null);

        assertThat(failure(all)).isInstanceOf(NullPointerException.class).hasMessage("A page is null");
    }

    @Test
    void cancelAbortsWhatGoesOnAndFetchesNoMore() {
        CompletableFuture<Void> all = this.pages.forEach(this::handle);
        this.fetches.get(0).complete(new Page("one", Optional.of(2)));

        all.cancel(true);

        assertThat(this.handled.get(0)).isCancelled();
        assertThat(this.told).containsExactly("fetch 1", "one");
    }

    @Test
    void aHundredThousandPagesThatAreThereNeedNoDeepStack() {
        int[] count = {0};
        CompletableFuture<Void> all = Pages.<Integer, Integer>from(
                        0,
                        CompletableFuture::completedFuture,
                        page -> (page < 100_000) ? Optional.of(page + 1) : Optional.empty())
                .forEach(page -> {
                    count[0]++;
                    return CompletableFuture.completedFuture(null);
                });

        assertThat(all).isDone();
        assertThat(count[0]).isEqualTo(100_001);
    }

    @Test
    void eachRunBeginsAtTheFirstPage() {
        this.pages.forEach(this::handle);
        this.pages.forEach(this::handle);

        assertThat(this.told).containsExactly("fetch 1", "fetch 1");
    }

    @Test
    void cursorThatIsNullIsAFailure() {
        Pages<String, String> careless =
                Pages.from("first", cursor -> CompletableFuture.completedFuture("page"), page -> null);

        CompletableFuture<Void> all = careless.forEach(page -> CompletableFuture.completedFuture(null));

        assertThat(Results.failure(all))
                .isInstanceOf(NullPointerException.class)
                .hasMessageContaining("empty Optional");
    }

    @Test
    void nothingOfThemMayBeNull() {
        assertThatNullPointerException()
                .isThrownBy(() ->
                        Pages.from(null, cursor -> CompletableFuture.completedFuture("page"), page -> Optional.empty()))
                .withMessage("first");
    }
}
