package dev.settle.actuate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.settle.CallRejectedException;
import dev.settle.abort.AsyncAbortController;
import dev.settle.actuate.Operator.Answer;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;

/** No key, argument or message is in any answer. */
class NothingSecretTests {

    private static final String SECRET = "card-4711";

    private final WebApplicationContextRunner app =
            Actuators.tomcat().withBean("vault", Vault.class).withPropertyValues(Actuators.UNRESTRICTED);

    private static void use(Vault vault) {
        vault.open(SECRET);
        assertThatExceptionOfType(CallRejectedException.class).isThrownBy(() -> vault.open(SECRET));
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> vault.lose(SECRET))
                .withMessageContaining(SECRET);
        vault.hold(SECRET);
        vault.hold(SECRET);
    }

    private static void assertShows(Answer answer, String shown) {
        assertThat(answer.body()).contains(shown).doesNotContain(SECRET).doesNotContain("lost");
    }

    @Test
    void answersShowWhatHappenedAndNotToWhom() {
        this.app.run(context -> {
            use(context.getBean(Vault.class));
            AsyncAbortController controller = context.getBean(AsyncAbortController.class);
            controller
                    .phase(7)
                    .track("import", signal -> CompletableFuture.failedFuture(new IllegalStateException(SECRET)));
            Operator operator = Operator.of(context);

            assertShows(operator.get("/concurrency"), "vault.hold");
            assertShows(operator.get("/concurrency/vault.open"), "\"rejected\":1");
            assertShows(operator.get("/concurrency/vault.lose"), "\"failure\":1");
            assertShows(operator.get("/concurrency/vault.hold"), "\"inFlight\":2");
            assertShows(operator.get("/abortgroups"), "\"inFlight\":2");
            assertShows(operator.get("/health"), "inFlight");
            assertShows(
                    operator.post(
                            "/concurrency/vault.hold", "{\"policy\": \"bulkhead\", \"settings\": {\"value\": 3}}"),
                    "the actuator");
            assertShows(operator.post("/concurrency/vault.hold", "{\"policy\": \"retry\"}"), "problem");
            assertShows(operator.delete("/concurrency/vault.hold"), "\"aborted\":2");
        });
    }
}
