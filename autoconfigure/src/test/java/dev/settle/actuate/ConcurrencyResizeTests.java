package dev.settle.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.actuate.Operator.Answer;
import dev.settle.core.Results;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;

/** A bulkhead of 2 with 50 waiters gets other sizes over HTTP. */
class ConcurrencyResizeTests {

    private static final String FIND = "/concurrency/stock.find";

    private final WebApplicationContextRunner app =
            Actuators.tomcat().withBean("stock", Stock.class).withPropertyValues(Actuators.UNRESTRICTED);

    private static Answer resize(Operator operator, int value) throws Exception {
        Answer answer = operator.post(FIND, "{\"policy\": \"bulkhead\", \"settings\": {\"value\": " + value + "}}");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer;
    }

    /** Whoever is let in goes on on a thread of its own. */
    private static void awaitStarted(Queue<?> running, int count) {
        Results.until(() -> running.size() >= count);
        assertThat(running).hasSize(count);
    }

    private static void settleAll(Queue<CompletableFuture<String>> running, List<CompletableFuture<String>> calls) {
        Results.until(() -> {
            for (CompletableFuture<String> work = running.poll(); work != null; work = running.poll()) {
                work.complete("here");
            }
            return calls.stream().allMatch(CompletableFuture::isDone);
        });
    }

    @Test
    void moreStartAtOnceAndNoneIsLost() {
        this.app.run(context -> {
            Stock stock = context.getBean(Stock.class);
            Operator operator = Operator.of(context);
            List<CompletableFuture<String>> calls = Stock.finds(stock, 52);
            assertThat(stock.running()).hasSize(2);

            resize(operator, 10);

            awaitStarted(stock.running(), 10);
            Answer answer = operator.get(FIND);
            assertThat(answer.number("$.live.running")).isEqualTo(10);
            assertThat(answer.number("$.live.waiting.bulkhead")).isEqualTo(42);
            assertThat(calls).noneMatch(CompletableFuture::isDone);
            settleAll(stock.running(), calls);
            assertThat(calls).allSatisfy(call -> assertThat(call).isCompletedWithValue("here"));
        });
    }

    @Test
    void nobodyIsDisturbedAndNobodyIsLetInUntilOnlyOneWouldRun() {
        this.app.run(context -> {
            Stock stock = context.getBean(Stock.class);
            List<CompletableFuture<String>> calls = Stock.finds(stock, 52);
            List<CompletableFuture<String>> first = new ArrayList<>(stock.running());

            Answer answer = resize(Operator.of(context), 1);

            assertThat(first).hasSize(2).noneMatch(CompletableFuture::isDone);
            assertThat(answer.number("$.live.running")).isEqualTo(2);
            first.get(0).complete("here");
            Results.await(calls.get(0));
            // A permit is free before its caller's future completes: whoever could have been let in would be.
            assertThat(Operator.of(context).get(FIND).number("$.live.waiting.bulkhead"))
                    .isEqualTo(50);
            assertThat(first.get(1)).isNotDone();
            first.get(1).complete("here");
            awaitStarted(stock.running(), 3);
            assertThat(Operator.of(context).get(FIND).number("$.live.running")).isEqualTo(1);
            settleAll(stock.running(), calls);
            assertThat(calls).allSatisfy(call -> assertThat(call).isCompletedWithValue("here"));
        });
    }
}
