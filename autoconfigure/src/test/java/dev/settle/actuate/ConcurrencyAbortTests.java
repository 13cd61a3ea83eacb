package dev.settle.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.AbortedException;
import dev.settle.abort.AbortReason;
import dev.settle.actuate.Operator.Answer;
import dev.settle.core.Results;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;

/** The calls of a name are aborted over HTTP. */
class ConcurrencyAbortTests {

    private final WebApplicationContextRunner app =
            Actuators.tomcat().withBean("stock", Stock.class).withPropertyValues(Actuators.UNRESTRICTED);

    private static void assertAborted(CompletableFuture<?> call) throws Exception {
        assertThat(Results.awaitFailure(call))
                .isInstanceOfSatisfying(
                        AbortedException.class,
                        aborted -> assertThat(aborted.reason().kind()).isEqualTo(AbortReason.Kind.APPLICATION));
    }

    @Test
    void callersOfCallsThatRunAndWaitAreToldThatTheApplicationAborted() {
        this.app.run(context -> {
            Stock stock = context.getBean(Stock.class);
            List<CompletableFuture<String>> calls = Stock.finds(stock, 5);

            Answer answer = Operator.of(context).delete("/concurrency/stock.find");

            assertThat(answer.number("$.aborted")).isEqualTo(5);
            for (CompletableFuture<String> call : calls) {
                assertAborted(call);
            }
            // One that waited may have been let in just before it was told; then it is cancelled as the others are.
            assertThat(stock.running()).hasSizeGreaterThanOrEqualTo(2);
            Results.until(() -> stock.running().stream().allMatch(CompletableFuture::isCancelled));
        });
    }

    @Test
    void callsOfOtherNamesGoOn() {
        this.app.run(context -> {
            Stock stock = context.getBean(Stock.class);
            List<CompletableFuture<String>> calls = Stock.finds(stock, 1);

            Answer answer = Operator.of(context).delete("/concurrency/stock.count");

            assertThat(answer.number("$.aborted")).isZero();
            stock.running().remove().complete("here");
            assertThat(Results.await(calls.get(0))).isEqualTo("here");
        });
    }

    @Test
    void nextCallIsMadeAsEver() {
        this.app.run(context -> {
            Stock stock = context.getBean(Stock.class);
            Stock.finds(stock, 5);
            Operator.of(context).delete("/concurrency/stock.find");

            CompletableFuture<String> call = stock.find("id");

            Results.until(() -> {
                stock.running().forEach(work -> work.complete("here"));
                return call.isDone();
            });
            assertThat(Results.await(call)).isEqualTo("here");
        });
    }

    @Test
    void unknownNameIsNotFound() {
        this.app.run(context -> assertThat(
                        Operator.of(context).delete("/concurrency/stock.lose").status())
                .isEqualTo(404));
    }
}
