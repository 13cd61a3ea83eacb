package dev.settle.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.abort.AsyncAbortController;
import dev.settle.actuate.Operator.Answer;
import dev.settle.core.Results;
import dev.settle.plan.MethodPlan;
import dev.settle.plan.PlanRegistry;
import dev.settle.plan.PlannedPolicy;
import dev.settle.queue.SpinLock;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;

/** Looking costs the calls nothing, however much there is to see. */
class ManyMethodsAndKeysTests {

    private final WebApplicationContextRunner app = Actuators.tomcat().withBean("stock", Stock.class);

    @Test
    void thousandMethodsAreShown() {
        WebApplicationContextRunner many = this.app;
        for (int i = 0; i < 1000; i++) {
            many = many.withBean("stock" + i, Stock.class);
        }
        many.run(context -> {
            Answer answer = Operator.of(context).get("/concurrency");

            assertThat(answer.<Map<String, Object>>at("$.names")).hasSize(1002);
            assertThat(answer.number("$.names['stock.find'].methods.length()")).isEqualTo(1001);
        });
    }

    @Test
    void answerDoesNotGrowWithTheKeys() {
        this.app.run(context -> {
            Stock stock = context.getBean(Stock.class);
            Operator operator = Operator.of(context);
            stock.count("first");
            int few = operator.get("/concurrency").body().length();
            for (int i = 0; i < 100_000; i++) {
                stock.count("id" + i);
            }

            Answer answer = operator.get("/concurrency");

            assertThat(answer.number("$.names['stock.count'].live.outcomes.success"))
                    .isEqualTo(100_001);
            // Numbers have more digits, and that is all.
            assertThat(answer.body().length() - few).isLessThan(100);
        });
    }

    private static boolean isHeldUp(Thread caller) {
        return Arrays.stream(caller.getStackTrace())
                .anyMatch(frame -> frame.getClassName().equals(SpinLock.class.getName()));
    }

    @Test
    void endpointIsReadWhileAllLocksOfCallsAreHeld() {
        this.app.run(context -> {
            Stock stock = context.getBean(Stock.class);
            Stock.finds(stock, 5);
            stock.count("a");
            HeldLocks locks = new HeldLocks();
            for (MethodPlan plan : context.getBean(PlanRegistry.class).plans()) {
                for (PlannedPolicy<?> policy : plan.policies()) {
                    locks.of(policy.step());
                }
            }
            locks.of(context.getBean(AsyncAbortController.class).inFlight());
            CountDownLatch enough = new CountDownLatch(1);
            CompletableFuture<Void> held = locks.hold(enough);
            Results.await(held);
            try {
                Thread caller = new Thread(() -> stock.find("late"), "caller");
                caller.start();
                Results.until(() -> isHeldUp(caller));

                assertThat(Operator.of(context).get("/concurrency").number("$.names['stock.find'].live.running"))
                        .isEqualTo(2);
                assertThat(Operator.of(context).get("/health").number("$.components.settle.details.inFlight"))
                        .isEqualTo(5);
                assertThat(isHeldUp(caller)).isTrue();
            } finally {
                enough.countDown();
            }
        });
    }
}
