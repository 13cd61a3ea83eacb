package dev.settle.sample.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * SIGTERM while dozens of clients send.
 *
 * <p>Which requests have been accepted, only the server knows. A client may write a request onto a kept-alive connection in the
 * very moment in which the server closes it, or onto one that was still in the backlog of the closed port: HTTP lets a server
 * do that (RFC 9112, 9.5), nobody has read a byte of the request, and the client sees a connection that ends without a word.
 * A request that was lost looks the same to it. So the server writes down each request by its name before anything else
 * is done with it, the client writes down each that got a whole answer, and the two lists are compared: what is in the first
 * and not in the second was lost; what the client sent and is in neither was never accepted.
 */
@Tag("once")
@Timeout(300)
class ShutdownUnderLoadTests {

    private static final Duration TOTAL_TIMEOUT = Duration.ofSeconds(30);
    private static final int TERMINATED = 128 + 15;

    @TempDir
    Path data;

    @Test
    void answersWhatItHasAccepted() throws Exception {
        round();
    }

    @Tag("load")
    @RepeatedTest(10)
    void answersWhatItHasAcceptedEachTime() throws Exception {
        round();
    }

    private void round() throws Exception {
        try (DeskProcess desk = new DeskProcess(
                this.data,
                "desk",
                // Only the flush at the end may write the outbox.
                "desk.outbox-interval=1h",
                "desk.upstream.faults.failures=0.1",
                "desk.upstream.faults.resets=0.05",
                "desk.upstream.faults.hangs=0.05",
                "desk.upstream.faults.latency=60ms",
                "settle.shutdown.total-timeout=" + TOTAL_TIMEOUT.toSeconds() + "s")) {
            Load load = new Load(desk.address(), 400)
                    .with(16, Order::quote)
                    .with(8, Order::transfer)
                    .with(6, Order::rates)
                    .with(6, Order::search);
            load.awaitEnough();
            long start = System.nanoTime();
            desk.terminate();
            boolean ended = desk.ends(TOTAL_TIMEOUT);
            long millis = Duration.ofNanos(System.nanoTime() - start).toMillis();
            load.awaitEnd();
            System.out.println(line(desk, load, millis));

            assertThat(ended).as("ended within the total timeout").isTrue();
            assertThat(desk.exitCode()).isEqualTo(TERMINATED);
            checkAnswers(desk.accepted(), load);
            checkCleanups(desk.logged());
        }
    }

    private static void checkAnswers(List<String> accepted, Load load) {
        assertThat(load.truncated).isEmpty();
        assertThat(load.ids(load.answers.keySet())).doesNotHaveDuplicates().containsAll(accepted);
        assertThat(load.ids(load.unanswered)).doesNotContainAnyElementsOf(accepted);
        Set<String> reached = Set.copyOf(accepted);
        load.answers.forEach((order, answer) -> {
            if (reached.contains(order.id())) {
                // Nothing has met what was closed already: no 500, and who was refused is told when to come back.
                assertThat(answer.status()).as(answer.body()).isIn(200, 201, 502, 503, 504);
                assertThat(answer.status() != 503 || answer.saysWhenToComeBack())
                        .as(answer.body())
                        .isTrue();
            } else {
                // From the web server itself: it had paused before it had read all of the request, and closes the
                // connection.
                assertThat(answer.status()).isIn(400, 503);
                assertThat(answer.keepsAlive()).isFalse();
            }
        });
    }

    private static void checkCleanups(String log) {
        assertThat(log)
                .containsSubsequence(
                        "intake.close (closed after",
                        "calls in flight (",
                        "outbox.close (flushed",
                        "rate cache (saved",
                        "database.close (closed with",
                        "upstream.stop (stopped")
                .containsPattern("Settled in .+: all [67] cleanups ended well");
    }

    private static String line(DeskProcess desk, Load load, long millis) throws Exception {
        Set<String> accepted = Set.copyOf(desk.accepted());
        long answered = load.answers.keySet().stream()
                .filter(order -> accepted.contains(order.id()))
                .count();
        long later = load.answers.values().stream()
                .filter(Wire.Answer::saysWhenToComeBack)
                .count();
        return "SIGTERM under load: %d accepted, %d answered (%d: come back later), %d never accepted (%d told so), %d refused, exit after %d ms"
                .formatted(
                        accepted.size(),
                        answered,
                        later,
                        load.answers.size() - answered + load.unanswered.size(),
                        load.answers.size() - answered,
                        load.refused.get(),
                        millis);
    }
}
