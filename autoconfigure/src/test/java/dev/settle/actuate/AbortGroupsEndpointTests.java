package dev.settle.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.CallRejectedException;
import dev.settle.abort.AbortGroup;
import dev.settle.abort.AbortReason;
import dev.settle.abort.AsyncAbortController;
import dev.settle.actuate.Operator.Answer;
import dev.settle.core.Results;
import dev.settle.test.VirtualTime;
import dev.settle.time.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;

/** The groups are shown, and the application is drained and opened again, over HTTP. */
class AbortGroupsEndpointTests {

    private final VirtualTime time = new VirtualTime();
    private final WebApplicationContextRunner app = Actuators.tomcat()
            .withBean(TimeSource.class, () -> this.time)
            .withBean("stock", Stock.class)
            .withPropertyValues(Actuators.UNRESTRICTED);

    private static String group(String name, String what) {
        return "$.groups[?(@.name=='" + name + "')]." + what;
    }

    @Test
    void groupsAreShownInTheOrderInWhichTheySettle() {
        this.app.run(context -> {
            AsyncAbortController controller = context.getBean(AsyncAbortController.class);
            controller.phase(7).nextGroup("after seven");

            Answer answer = Operator.of(context).get("/abortgroups");

            assertThat(answer.<List<String>>at("$.groups[*].name"))
                    .containsSubsequence("phase 7", "after seven", "root");
            assertThat(answer.<List<String>>at(group("after seven", "parent"))).containsExactly("phase 7");
            assertThat(answer.<List<Integer>>at(group("after seven", "phase"))).containsExactly(7);
            assertThat(answer.<List<Integer>>at(group("after seven", "priority")))
                    .containsExactly(1);
            assertThat(answer.<List<String>>at(group("after seven", "state"))).containsExactly("open");
        });
    }

    @Test
    void whatIsPendingIsShownWithItsTime() {
        this.app.run(context -> {
            AbortGroup group = context.getBean(AsyncAbortController.class).phase(7);
            CompletableFuture<String> work = new CompletableFuture<>();
            group.track("import", signal -> work);
            this.time.advance(Duration.ofSeconds(12));

            Answer answer = Operator.of(context).get("/abortgroups");

            assertThat(answer.<List<String>>at(group("phase 7", "entries[0].name")))
                    .containsExactly("import");
            assertThat(answer.<List<String>>at(group("phase 7", "entries[0].elapsed")))
                    .containsExactly("12 s");
            assertThat(answer.<List<String>>at(group("phase 7", "entries[0].outcome")))
                    .containsExactly("pending");
            assertThat(answer.<List<Integer>>at(group("phase 7", "pending"))).containsExactly(1);
            assertThat(answer.number("$.inFlight")).isEqualTo(1);
            work.complete("done");
        });
    }

    @Test
    void groupThatHasSettledShowsHowAndNoMessage() {
        this.app.run(context -> {
            AbortGroup group = context.getBean(AsyncAbortController.class).phase(7);
            group.onAbort("flush", event -> {
                throw new IllegalStateException("user 4711");
            });
            AsyncAbortController controller = context.getBean(AsyncAbortController.class);
            AbortGroupsEndpoint endpoint = context.getBean(AbortGroupsEndpoint.class);
            Results.await(controller.abortAsync());

            AbortGroupsReport report = endpoint.groups();

            assertThat(report.state()).isEqualTo("stopping");
            assertThat(report.groups())
                    .filteredOn(one -> one.name().equals("phase 7"))
                    .singleElement()
                    .satisfies(one -> {
                        assertThat(one.state()).isEqualTo("settled");
                        assertThat(one.entries())
                                .singleElement()
                                .satisfies(entry ->
                                        assertThat(entry.failure()).isEqualTo(IllegalStateException.class.getName()));
                    });
            assertThat(report.toString()).doesNotContain("4711");
        });
    }

    @Test
    void manyEntriesAreCountedAndNotShown() {
        this.app.run(context -> {
            AbortGroup group = context.getBean(AsyncAbortController.class).phase(7);
            for (int i = 0; i < AbortGroupsEndpoint.MOST_ENTRIES + 20; i++) {
                group.onAbort("cleanup", event -> null);
            }

            Answer answer = Operator.of(context).get("/abortgroups");

            assertThat(answer.<List<Object>>at(group("phase 7", "entries[*]")))
                    .hasSize(AbortGroupsEndpoint.MOST_ENTRIES);
            assertThat(answer.<List<Integer>>at(group("phase 7", "more"))).containsExactly(20);
        });
    }

    @Test
    void drainRefusesNewCallsAndDoesNotWaitForThoseThatRun() {
        this.app.run(context -> {
            Stock stock = context.getBean(Stock.class);
            List<CompletableFuture<String>> calls = Stock.finds(stock, 1);
            Operator operator = Operator.of(context);

            Answer answer = operator.post("/abortgroups", "{\"action\": \"drain\"}");

            assertThat(answer.<String>at("$.state")).isEqualTo("draining");
            assertThat(answer.number("$.inFlight")).isEqualTo(1);
            assertThat(Results.failure(stock.find("id"))).isInstanceOf(CallRejectedException.class);
            assertThat(operator.get("/concurrency/stock.find").<List<String>>at("$.live.rejections[*].reason"))
                    .containsExactly("closed");
            stock.running().remove().complete("here");
            assertThat(Results.await(calls.get(0))).isEqualTo("here");
        });
    }

    @Test
    void reopenedApplicationTakesCallsAgain() {
        this.app.run(context -> {
            Stock stock = context.getBean(Stock.class);
            Operator operator = Operator.of(context);
            operator.post("/abortgroups", "{\"action\": \"drain\"}");

            Answer answer = operator.post("/abortgroups", "{\"action\": \"reopen\"}");

            assertThat(answer.<String>at("$.state")).isEqualTo("open");
            CompletableFuture<String> call = stock.find("id");
            stock.running().remove().complete("here");
            assertThat(Results.await(call)).isEqualTo("here");
        });
    }

    @Test
    void unknownActionIsRefusedWithTheRightOnes() {
        this.app.run(context -> {
            Answer answer = Operator.of(context).post("/abortgroups", "{\"action\": \"abort\"}");

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.<String>at("$.problem")).contains("abort");
            assertThat(answer.<String>at("$.remedy")).contains("drain", "reopen");
        });
    }

    @Test
    void applicationThatStopsIsNotReopened() {
        this.app.run(context -> {
            context.getBean(AsyncAbortController.class).requestShutdown(AbortReason.shutdown("the test stops it"));

            Answer answer = Operator.of(context).post("/abortgroups", "{\"action\": \"reopen\"}");

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.<String>at("$.problem")).contains("stopping");
        });
    }
}
