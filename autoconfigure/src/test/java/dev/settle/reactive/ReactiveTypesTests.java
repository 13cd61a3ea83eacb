package dev.settle.reactive;

import static dev.settle.reactive.Seen.completed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.annotation.Bulkhead;
import dev.settle.annotation.Retry;
import dev.settle.autoconfigure.Startup;
import dev.settle.test.VirtualTime;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Observable;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.disposables.Disposable;
import io.reactivex.rxjava3.observers.TestObserver;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import reactor.adapter.JdkFlowAdapter;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.publisher.TestPublisher;

/** Every type that Spring can make a publisher of: a call for each subscription, cancelled with it. */
class ReactiveTypesTests {

    private final VirtualTime time = new VirtualTime();

    static class Depot {

        private final AtomicInteger attempts = new AtomicInteger();
        private final TestPublisher<String> work = TestPublisher.create();

        private boolean failsNow() {
            return this.attempts.incrementAndGet() == 1;
        }

        @Retry(maxRetries = 1, delay = "1s")
        public Publisher<String> publisher() {
            return failsNow() ? Mono.error(new IOException()) : Flux.just("a", "b");
        }

        @Retry(maxRetries = 1, delay = "1s")
        public Flow.Publisher<String> flowPublisher() {
            return JdkFlowAdapter.publisherToFlowPublisher(
                    failsNow() ? Flux.error(new IOException()) : Flux.just("a", "b"));
        }

        @Retry(maxRetries = 1, delay = "1s")
        public Mono<Void> nothing() {
            return failsNow() ? Mono.error(new IOException()) : Mono.empty();
        }

        @Retry(maxRetries = 1, delay = "1s")
        public Single<String> single() {
            return failsNow() ? Single.error(new IOException()) : Single.just("a");
        }

        @Retry(maxRetries = 1, delay = "1s")
        public Maybe<String> maybe() {
            return failsNow() ? Maybe.error(new IOException()) : Maybe.empty();
        }

        @Retry(maxRetries = 1, delay = "1s")
        public Completable completable() {
            return failsNow() ? Completable.error(new IOException()) : Completable.complete();
        }

        @Retry(maxRetries = 1, delay = "1s")
        public Flowable<String> flowable() {
            return failsNow() ? Flowable.error(new IOException()) : Flowable.just("a", "b");
        }

        @Retry(maxRetries = 1, delay = "1s")
        public Observable<String> observable() {
            return failsNow() ? Observable.error(new IOException()) : Observable.just("a", "b");
        }

        @Bulkhead(1)
        public Single<String> running() {
            this.attempts.incrementAndGet();
            return Single.fromPublisher(this.work);
        }

        @Bulkhead(1)
        public Observable<String> runningStream() {
            return Observable.fromPublisher(this.work);
        }

        public int attempts() {
            return this.attempts.get();
        }

        public TestPublisher<String> work() {
            return this.work;
        }
    }

    interface Use {
        void with(Depot depot) throws Exception;
    }

    private void depot(Use use) {
        Startup.runner(this.time).withBean(Depot.class).run(context -> {
            use.with(context.getBean(Depot.class));
            assertThat(this.time.pending()).isZero();
        });
    }

    private void second() {
        this.time.advance(Duration.ofSeconds(1));
    }

    @Test
    void aPublisherIsAStream() {
        depot(depot -> {
            Seen<String> seen = Seen.of(depot.publisher());
            second();

            assertThat(seen.signals()).containsExactly(completed("a", "b"));
        });
    }

    @Test
    void aPublisherOfTheJdkIsAStream() {
        depot(depot -> {
            Seen<String> seen = Seen.of(JdkFlowAdapter.flowPublisherToFlux(depot.flowPublisher()));
            second();

            assertThat(seen.signals()).containsExactly(completed("a", "b"));
        });
    }

    @Test
    void aMonoOfNothingCompletes() {
        depot(depot -> {
            Seen<Void> seen = Seen.of(depot.nothing());
            second();

            assertThat(seen.signals()).containsExactly(completed());
        });
    }

    @Test
    void aSingleIsOneValue() {
        depot(depot -> {
            TestObserver<String> seen = depot.single().test();
            second();

            seen.assertResult("a");
        });
    }

    @Test
    void aMaybeMayBeEmpty() {
        depot(depot -> {
            TestObserver<String> seen = depot.maybe().test();
            second();

            seen.assertResult();
        });
    }

    @Test
    void aCompletableEnds() {
        depot(depot -> {
            TestObserver<Void> seen = depot.completable().test();
            second();

            seen.assertResult();
        });
    }

    @Test
    void aFlowableIsAStream() {
        depot(depot -> {
            Seen<String> seen = Seen.of(depot.flowable());
            second();

            assertThat(seen.signals()).containsExactly(completed("a", "b"));
        });
    }

    @Test
    void anObservableIsAStream() {
        depot(depot -> {
            TestObserver<String> seen = depot.observable().test();
            second();

            seen.assertResult("a", "b");
        });
    }

    @Test
    void aSingleIsNotCalledBeforeSubscriptionAndCancelledWithIt() {
        depot(depot -> {
            Single<String> returned = depot.running();
            assertThat(depot.attempts()).isZero();
            Disposable first = returned.subscribe();
            TestObserver<String> second = returned.test();
            assertThat(depot.attempts()).isEqualTo(1);

            first.dispose();
            depot.work().assertCancelled();
            assertThat(depot.attempts()).isEqualTo(2);
            second.dispose();
        });
    }

    @Test
    void anObservableThatIsDisposedOfFreesItsPermit() {
        depot(depot -> {
            depot.runningStream().test().dispose();
            TestObserver<String> next = depot.runningStream().test();
            depot.work().emit("a");

            next.assertResult("a");
        });
    }
}
