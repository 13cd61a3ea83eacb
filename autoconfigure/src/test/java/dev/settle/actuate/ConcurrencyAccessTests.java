package dev.settle.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.actuate.Operator.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;

/** Who may change something, and how it has to be asked for: no page of another site can do it in the operator's name. */
class ConcurrencyAccessTests {

    private static final String TO_FIVE = "{\"policy\": \"bulkhead\", \"settings\": {\"value\": 5}}";

    private final WebApplicationContextRunner app = Actuators.tomcat().withBean("stock", Stock.class);
    private final WebApplicationContextRunner open = this.app.withPropertyValues(Actuators.UNRESTRICTED);
    private final ReactiveWebApplicationContextRunner reactive =
            Actuators.netty().withBean("stock", Stock.class).withPropertyValues(Actuators.UNRESTRICTED);

    @Test
    void nothingCanBeChangedUnlessItIsAllowed() {
        this.app.run(context -> {
            Operator operator = Operator.of(context);

            assertThat(operator.post("/concurrency/stock.find", TO_FIVE).status())
                    .isEqualTo(405);
            assertThat(operator.delete("/concurrency/stock.find").status()).isEqualTo(405);
            assertThat(operator.post("/abortgroups", "{\"action\": \"drain\"}").status())
                    .isEqualTo(405);
            assertThat(operator.get("/concurrency/stock.find").status()).isEqualTo(200);
        });
    }

    @Test
    void nothingCanBeReadWhenAccessIsTakenAway() {
        this.app
                .withPropertyValues("management.endpoint.concurrency.access=NONE")
                .run(context -> {
                    assertThat(context).doesNotHaveBean(ConcurrencyEndpoint.class);
                    assertThat(Operator.of(context).get("/concurrency").status())
                            .isEqualTo(404);
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/x-www-form-urlencoded", "text/plain", "multipart/form-data; boundary=x"})
    void whatAFormCanSendIsRefused(String type) {
        this.open.run(context -> assertThat(Operator.of(context)
                        .post("/concurrency/stock.find", type, TO_FIVE)
                        .status())
                .isEqualTo(415));
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/x-www-form-urlencoded", "text/plain", "multipart/form-data; boundary=x"})
    void whatAFormCanSendIsRefusedByWebFlux(String type) {
        this.reactive.run(context -> assertThat(Operator.of(context)
                        .post("/concurrency/stock.find", type, TO_FIVE)
                        .status())
                .isEqualTo(415));
    }

    @Test
    void queryAloneChangesNothing() {
        this.open.run(context -> {
            Operator operator = Operator.of(context);

            Answer tuned = operator.postNothing("/concurrency/stock.find?policy=bulkhead&settings=value%3D5");
            Answer drained = operator.postNothing("/abortgroups?action=drain");

            assertThat(tuned.status()).isEqualTo(415);
            assertThat(drained.status()).isEqualTo(415);
        });
    }

    @Test
    void queryAloneChangesNothingInWebFlux() {
        this.reactive.run(context -> {
            Operator operator = Operator.of(context);

            Answer tuned = operator.postNothing("/concurrency/stock.find?policy=bulkhead&settings=value%3D5");
            Answer drained = operator.postNothing("/abortgroups?action=drain");

            assertThat(tuned.status()).isEqualTo(415);
            assertThat(drained.status()).isEqualTo(415);
        });
    }
}
