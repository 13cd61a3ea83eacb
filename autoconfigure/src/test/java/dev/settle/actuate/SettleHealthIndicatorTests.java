package dev.settle.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.abort.AbortReason;
import dev.settle.abort.AsyncAbortController;
import dev.settle.actuate.Operator.Answer;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;

/** An application that drains or stops is out of service; one that is busy is not. */
class SettleHealthIndicatorTests {

    private final WebApplicationContextRunner app = Actuators.tomcat().withBean("stock", Stock.class);

    @Test
    void applicationIsUpAlsoWhenCallsWait() {
        this.app.run(context -> {
            Stock.finds(context.getBean(Stock.class), 5);

            Answer answer = Operator.of(context).get("/health");

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.<String>at("$.components.settle.status")).isEqualTo("UP");
            assertThat(answer.number("$.components.settle.details.inFlight")).isEqualTo(5);
            assertThat(answer.number("$.components.settle.details.names")).isEqualTo(2);
        });
    }

    @Test
    void applicationThatDrainsIsOutOfService() {
        this.app.run(context -> {
            context.getBean(AsyncAbortController.class).drainAsync();

            Answer answer = Operator.of(context).get("/health");

            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.<String>at("$.components.settle.status")).isEqualTo("OUT_OF_SERVICE");
            assertThat(answer.<String>at("$.components.settle.details.state")).isEqualTo("draining");
        });
    }

    @Test
    void applicationThatWasReopenedIsUp() {
        this.app.run(context -> {
            context.getBean(AsyncAbortController.class).drainAsync();
            context.getBean(AsyncAbortController.class).reopen();

            assertThat(Operator.of(context).get("/health").status()).isEqualTo(200);
        });
    }

    @Test
    void applicationThatStopsIsOutOfServiceWhileItStillServes() {
        this.app.run(context -> {
            context.getBean(AsyncAbortController.class).requestShutdown(AbortReason.shutdown("the test stops it"));

            Answer answer = Operator.of(context).get("/health");

            assertThat(answer.<String>at("$.components.settle.details.state")).isEqualTo("stopping");
            assertThat(answer.status()).isEqualTo(503);
        });
    }

    @Test
    void itCanBeSwitchedOff() {
        this.app
                .withPropertyValues("management.health.settle.enabled=false")
                .run(context -> assertThat(context).doesNotHaveBean(SettleHealthIndicator.class));
    }
}
