package dev.settle.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.settle.core.Results;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import reactor.core.scheduler.NonBlocking;

class EachTests {

    private final List<CompletableFuture<String>> started = new ArrayList<>();

    private CompletableFuture<String> work(int item) {
        CompletableFuture<String> future = new CompletableFuture<>();
        this.started.add(future);
        return future;
    }

    private void end(int item) {
        this.started.get(item).complete("#" + item);
    }

    private static List<Integer> items(int count) {
        return IntStream.range(0, count).boxed().toList();
    }

    @Test
    void soManyAtATimeAndNoMore() {
        CompletableFuture<List<String>> all = Each.of(items(5)).atMost(2).map(this::work);
        assertThat(this.started).hasSize(2);

        end(1);
        assertThat(this.started).hasSize(3);
        end(0);
        end(2);
        assertThat(this.started).hasSize(5);
        assertThat(all).isNotDone();
        end(4);
        end(3);

        assertThat(all).isCompletedWithValue(List.of("#0", "#1", "#2", "#3", "#4"));
    }

    @Test
    void allAtOnceUnlessSomethingElseIsSaid() {
        Each.of(items(100)).map(this::work);

        assertThat(this.started).hasSize(100);
    }

    @Test
    void noItemsAreDoneAtOnce() {
        assertThat(Each.of(List.<Integer>of()).map(this::work)).isCompletedWithValue(List.of());
        assertThat(Each.of(List.<Integer>of()).run(this::work)).isCompletedWithValue(null);
    }

    @Test
    void batchBeginsWhenTheOneBeforeHasEnded() {
        CompletableFuture<List<String>> all = Each.of(items(5)).inBatchesOf(2).map(this::work);
        assertThat(this.started).hasSize(2);

        end(0);
        assertThat(this.started).hasSize(2);
        end(1);
        assertThat(this.started).hasSize(4);
        end(3);
        end(2);
        assertThat(this.started).as("the last is smaller").hasSize(5);
        end(4);

        assertThat(all).isCompletedWithValue(List.of("#0", "#1", "#2", "#3", "#4"));
    }

    @Test
    void batchMayHaveALimitOfItsOwn() {
        Each.of(items(6)).inBatchesOf(3).atMost(2).map(this::work);
        assertThat(this.started).hasSize(2);
        end(0);
        assertThat(this.started).hasSize(3);
        end(1);
        assertThat(this.started).hasSize(3);
        end(2);

        assertThat(this.started).hasSize(5);
    }

    @Test
    void sourceIsNotReadFurtherThanThereIsRoom() {
        List<Integer> read = new ArrayList<>();
        Iterable<Integer> endless = () -> new Iterator<>() {
            @Override
            public boolean hasNext() {
                return true;
            }

            @Override
            public Integer next() {
                read.add(read.size());
                return read.size() - 1;
            }
        };

        CompletableFuture<Void> run = Each.of(endless).atMost(2).run(this::work);
        assertThat(read).hasSize(2);
        end(0);
        assertThat(read).hasSize(3);
        end(1);
        assertThat(read).hasSize(4);

        run.cancel(true);
        assertThat(read).hasSize(4);
    }

    @Test
    void resultsMayBeNull() throws Exception {
        assertThat(Results.await(
                        Each.of(items(2)).map(item -> CompletableFuture.completedFuture(item == 0 ? null : "one"))))
                .containsExactly(null, "one");
    }

    @Test
    void outcomesAreGivenInTheOrderOfTheItems() throws Exception {
        IllegalStateException broken = new IllegalStateException("broken");

        CompletableFuture<List<Outcome<String>>> all = Each.of(items(3)).settle(this::work);
        this.started.get(1).completeExceptionally(broken);
        end(2);
        assertThat(all).isNotDone();
        end(0);

        assertThat(Results.await(all))
                .containsExactly(new Outcome.Done<>("#0"), new Outcome.Failed<>(broken), new Outcome.Done<>("#2"));
    }

    @Test
    void eachMayBeUsedAgain() throws Exception {
        Each<Integer> each = Each.of(items(3)).atMost(1);

        assertThat(Results.await(each.map(CompletableFuture::completedFuture))).containsExactly(0, 1, 2);
        assertThat(Results.await(each.map(CompletableFuture::completedFuture))).containsExactly(0, 1, 2);
    }

    @Test
    void oneInsideAnotherHasALimitOfItsOwn() throws Exception {
        CompletableFuture<List<List<Integer>>> nested = Each.of(items(2))
                .atMost(1)
                .map(item -> Each.of(items(2)).atMost(1).map(CompletableFuture::completedFuture));

        assertThat(Results.await(nested)).containsExactly(List.of(0, 1), List.of(0, 1));
    }

    @Test
    void limitsOfNothingAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Each.of(items(1)).atMost(0))
                .withMessage("atMost(0) would run nothing; use at least 1");
        assertThatIllegalArgumentException().isThrownBy(() -> Each.of(items(1)).inBatchesOf(-1));
    }

    /** An event loop, as Reactor marks them. */
    private static final class EventLoop extends Thread implements NonBlocking {

        EventLoop(Runnable task) {
            super(task, "event loop");
        }
    }

    @Test
    void eventLoopOnWhichAnItemBeginsIsNotInterrupted() throws Exception {
        CompletableFuture<String> first = new CompletableFuture<>();
        CompletableFuture<Boolean> began = new CompletableFuture<>();
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        CountDownLatch cancelled = new CountDownLatch(1);
        CompletableFuture<List<String>> all = Each.of(List.of(1, 2)).atMost(1).map(item -> {
            if (item == 1) {
                return first;
            }
            began.complete(true);
            Results.await(cancelled);
            interrupted.complete(Thread.currentThread().isInterrupted());
            return CompletableFuture.completedFuture("second");
        });
        EventLoop loop = new EventLoop(() -> first.complete("first"));
        loop.start();
        Results.await(began);

        all.cancel(true);
        cancelled.countDown();

        assertThat(Results.await(interrupted)).isFalse();
        loop.join();
    }

    @Test
    void resultThatIsKeptKeepsNothingOfTheRun() {
        List<Object> items = new ArrayList<>(List.of(new Object()));
        WeakReference<Object> item = new WeakReference<>(items.get(0));
        CompletableFuture<List<String>> all = Each.of(items).map(one -> CompletableFuture.completedFuture("done"));
        items.clear();

        Results.until(() -> {
            System.gc();
            return item.get() == null;
        });
        assertThat(all).isCompletedWithValue(List.of("done"));
    }
}
