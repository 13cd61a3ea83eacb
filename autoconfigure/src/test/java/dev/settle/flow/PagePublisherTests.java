package dev.settle.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.settle.abort.AbortSignal;
import dev.settle.abort.AbortSource;
import dev.settle.abort.CurrentSignal;
import dev.settle.core.Results;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.Test;
import reactor.adapter.JdkFlowAdapter;
import reactor.core.publisher.Flux;

/** Pages as Reactive Streams have them. */
class PagePublisherTests {

    private final List<Integer> fetched = new ArrayList<>();
    private final List<CompletableFuture<Integer>> fetches = new ArrayList<>();
    private final List<Object> told = new ArrayList<>();
    private final Pages<Integer, Integer> pages = Pages.from(
            1,
            cursor -> {
                this.fetched.add(cursor);
                this.fetches.add(new CompletableFuture<>());
                return this.fetches.get(this.fetches.size() - 1);
            },
            page -> (page < 3) ? Optional.of(page + 1) : Optional.empty());

    private class Reader implements Flow.Subscriber<Integer> {

        private final long first;
        private Flow.Subscription subscription;

        Reader(long first) {
            this.first = first;
        }

        @Override
        public void onSubscribe(Flow.Subscription given) {
            this.subscription = given;
            PagePublisherTests.this.told.add("subscribed");
            if (this.first != 0) {
                given.request(this.first);
            }
        }

        @Override
        public void onNext(Integer page) {
            PagePublisherTests.this.told.add(page);
        }

        @Override
        public void onError(Throwable failure) {
            PagePublisherTests.this.told.add(failure);
        }

        @Override
        public void onComplete() {
            PagePublisherTests.this.told.add("complete");
        }
    }

    private Reader read(long first) {
        Reader reader = new Reader(first);
        this.pages.publisher().subscribe(reader);
        return reader;
    }

    @Test
    void pageIsFetchedWhenItIsRequestedAndNotBefore() {
        Reader reader = read(0);
        assertThat(this.fetched).isEmpty();

        reader.subscription.request(1);
        this.fetches.get(0).complete(1);

        assertThat(this.told).containsExactly("subscribed", 1);
        assertThat(this.fetched).containsExactly(1);
        reader.subscription.request(1);
        assertThat(this.fetched).containsExactly(1, 2);
    }

    @Test
    void lastPageIsFollowedByTheEnd() {
        read(Long.MAX_VALUE);
        for (int page = 1; page <= 3; page++) {
            this.fetches.get(page - 1).complete(page);
        }

        assertThat(this.told).containsExactly("subscribed", 1, 2, 3, "complete");
    }

    @Test
    void failureOfAFetchIsTold() {
        IllegalStateException broken = new IllegalStateException("broken");
        read(5);

        this.fetches.get(0).completeExceptionally(broken);

        assertThat(this.told).containsExactly("subscribed", broken);
    }

    @Test
    void subscriberThatCancelsHearsNothingMoreAndAbortsTheFetch() {
        Reader reader = read(5);

        reader.subscription.cancel();
        reader.subscription.request(1);

        assertThat(this.fetches.get(0)).isCancelled();
        assertThat(this.told).containsExactly("subscribed");
        assertThat(this.fetched).containsExactly(1);
    }

    @Test
    void requestOfNothingIsAnError() {
        Reader reader = read(0);

        reader.subscription.request(0);

        assertThat(this.told.get(1)).isInstanceOf(IllegalArgumentException.class);
        assertThat(this.told.get(1)).asString().contains("3.9");
    }

    @Test
    void subscriberThatThrowsAtOnceHangsOnNothing() {
        AbortSource around = new AbortSource();
        AbortSignal outer = CurrentSignal.swap(around);
        try {
            assertThatThrownBy(() -> this.pages.publisher().subscribe(new Reader(0) {
                        @Override
                        public void onSubscribe(Flow.Subscription given) {
                            throw new IllegalStateException("broken");
                        }
                    }))
                    .hasMessage("broken");
        } finally {
            CurrentSignal.swap(outer);
        }
        assertThat(around.listening()).isZero();
        assertThat(this.told).isEmpty();
    }

    @Test
    void subscriberMustBeThere() {
        assertThatNullPointerException().isThrownBy(() -> this.pages.publisher().subscribe(null));
    }

    @Test
    void reactorReadsThem() throws Exception {
        Flux<Integer> flux = JdkFlowAdapter.flowPublisherToFlux(Pages.<Integer, Integer>from(
                        1,
                        cursor -> CompletableFuture.supplyAsync(() -> cursor),
                        page -> (page < 10_000) ? Optional.of(page + 1) : Optional.empty())
                .publisher());

        assertThat(Results.await(flux.limitRate(7).collectList().toFuture()))
                .hasSize(10_000)
                .isSorted();
        assertThat(Results.await(flux.take(3).collectList().toFuture())).containsExactly(1, 2, 3);
    }

    /** Cancels at the first page, and looks whether that has interrupted it. */
    private final class Leaver extends Reader {

        private boolean interrupted;

        Leaver() {
            super(2);
        }

        @Override
        public void onNext(Integer page) {
            super.onNext(page);
            super.subscription.cancel();
            this.interrupted = Thread.currentThread().isInterrupted();
        }
    }

    @Test
    void whoCancelsInsideIsNotInterrupted() {
        Leaver leaver = new Leaver();
        this.pages.publisher().subscribe(leaver);

        this.fetches.get(0).complete(1);

        assertThat(this.told).containsExactly("subscribed", 1);
        assertThat(leaver.interrupted).isFalse();
        assertThat(this.fetched).containsExactly(1);
    }

    @Test
    void whatIsThrownAtAPageEndsIt() {
        IllegalStateException broken = new IllegalStateException("broken");
        Reader reader = new Reader(2) {
            @Override
            public void onNext(Integer page) {
                throw broken;
            }
        };
        this.pages.publisher().subscribe(reader);

        this.fetches.get(0).complete(1);

        assertThat(this.told).containsExactly("subscribed", broken);
        assertThat(this.fetched).containsExactly(1);
    }
}
