package dev.settle.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.AbortedException;
import dev.settle.CallRejectedException;
import dev.settle.CallTimeoutException;
import dev.settle.abort.AbortSignal;
import dev.settle.abort.RequestSource;
import dev.settle.test.VirtualTime;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;

class CallProblemsTests {

    private final CallProblems problems = new CallProblems(Duration.ofSeconds(7));

    private ResponseEntity<ProblemDetail> answer(RuntimeException failure) {
        if (failure instanceof CallTimeoutException timeout) {
            return this.problems.timedOut(timeout);
        }
        return (failure instanceof CallRejectedException rejected)
                ? this.problems.rejected(rejected)
                : this.problems.aborted((AbortedException) failure);
    }

    @ParameterizedTest
    @EnumSource(Failures.class)
    void statusSaysWhoseProblemItIs(Failures failure) {
        assertThat(answer(failure.failure).getStatusCode().value()).isEqualTo(failure.status);
    }

    @ParameterizedTest
    @EnumSource(Failures.class)
    void clientIsToldWhenToComeBackIfThatIsKnown(Failures failure) {
        assertThat(answer(failure.failure).getHeaders().getFirst(HttpHeaders.RETRY_AFTER))
                .isEqualTo(failure.retryAfter);
    }

    @ParameterizedTest
    @EnumSource(Failures.class)
    void problemHasATypeAndATitleAndKeepsSecrets(Failures failure) {
        ProblemDetail problem = answer(failure.failure).getBody();

        assertThat(problem.getType()).hasScheme("urn");
        assertThat(problem.getTitle()).isNotBlank();
        assertThat(problem.toString()).doesNotContain("secret");
    }

    @ParameterizedTest
    @EnumSource(
            value = Failures.class,
            names = {"TIMEOUT", "CLOSED", "RATE", "CONFLICT", "QUEUE_FULL", "WAIT_EXCEEDED", "KEYS", "ENGINE"})
    void detailNamesTheMethod(Failures failure) {
        assertThat(answer(failure.failure).getBody().getDetail()).contains("'desk.ask'");
    }

    private static AbortSignal goneClient() {
        RequestSource source = RequestSource.of(new VirtualTime(), null);
        source.abort(RequestSources.gone());
        return source;
    }

    @Test
    void clientThatHasGoneIsNoErrorOfTheServer() throws Exception {
        assertThat(this.problems
                        .answer(Failures.CANCELLED.failure, goneClient())
                        .getStatusCode()
                        .value())
                .isEqualTo(499);
    }

    @Test
    void clientThatIsThereIsAnsweredWhenOthersHaveCancelledTheWork() throws Exception {
        assertThat(this.problems
                        .answer(Failures.CANCELLED.failure, AbortSignal.never())
                        .getStatusCode()
                        .value())
                .isEqualTo(503);
        assertThat(this.problems
                        .answer(Failures.CANCELLED.failure, null)
                        .getStatusCode()
                        .value())
                .isEqualTo(503);
    }

    @Test
    void whatElseFailedForAClientThatHasGoneIsStillTold() throws Exception {
        assertThat(this.problems
                        .answer(Failures.SHUTDOWN.failure, goneClient())
                        .getStatusCode()
                        .value())
                .isEqualTo(503);
    }
}
