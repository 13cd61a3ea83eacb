package dev.settle.policy.debounce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.settle.AbortedException;
import dev.settle.SupersededException;
import dev.settle.abort.AbortReason;
import dev.settle.abort.AbortReason.Kind;
import dev.settle.abort.AbortSignal;
import dev.settle.abort.AbortSource;
import dev.settle.abort.CurrentSignal;
import dev.settle.abort.Logs;
import dev.settle.annotation.Debounce;
import dev.settle.annotation.Debounce.Superseded;
import dev.settle.autoconfigure.Startup;
import dev.settle.core.CallEvent;
import dev.settle.core.CallListener;
import dev.settle.core.Calls;
import dev.settle.core.Results;
import dev.settle.test.VirtualTime;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** Methods of beans that carry the annotation. */
class DebouncedMethodTests {

    private static final Duration PAUSE = Duration.ofMillis(300);

    private final VirtualTime time = new VirtualTime();
    private final List<CallEvent> events = new CopyOnWriteArrayList<>();
    private final ApplicationContextRunner app = Startup.runner(this.time)
            .withBean("search", Search.class)
            .withBean(CallListener.class, () -> this.events::add);

    @AfterEach
    void nothingIsLeft() {
        MDC.clear();
        assertThat(this.time.pending()).isZero();
    }

    /** A run, as the method saw it. */
    private record Run(String argument, Thread thread, String user, AbortSignal signal) {}

    static class Search {

        private final List<Run> runs = new CopyOnWriteArrayList<>();

        /** A method, because this may be a proxy, whose fields are not those of the bean. */
        List<Run> runs() {
            return this.runs;
        }

        private void note(String text) {
            this.runs.add(new Run(text, Thread.currentThread(), MDC.get("user"), AbortSignal.current()));
        }

        @Debounce("300ms")
        CompletableFuture<String> future(String text) {
            note(text);
            return CompletableFuture.completedFuture("found " + text);
        }

        @Debounce("300ms")
        String value(String text) throws Exception {
            note(text);
            if (text.isEmpty()) {
                throw new IOException("nothing to look for");
            }
            return "found " + text;
        }

        @Debounce("300ms")
        void nothing(String text) {
            note(text);
            if (text.isEmpty()) {
                throw new IllegalStateException("nothing to look for");
            }
        }

        @Debounce(value = "300ms", key = "#session")
        CompletableFuture<String> keyed(String session, String text) {
            note(session + " " + text);
            return CompletableFuture.completedFuture("found " + text);
        }

        @Debounce(value = "300ms", superseded = Superseded.CANCEL)
        CompletableFuture<String> latest(String text) {
            note(text);
            return CompletableFuture.completedFuture("found " + text);
        }

        @Debounce("300ms")
        CompletableFuture<String> signalled(String text, AbortSignal signal) {
            this.runs.add(new Run(text, Thread.currentThread(), null, signal));
            return new CompletableFuture<>();
        }
    }

    /** A caller of the method with a value, on a thread of its own. */
    private static final class Caller {

        private final CompletableFuture<String> outcome = new CompletableFuture<>();
        private final Thread thread;

        Caller(Search search, String text) {
            this.thread = new Thread(() -> {
                try {
                    this.outcome.complete(search.value(text));
                } catch (Throwable ex) {
                    this.outcome.completeExceptionally(ex);
                }
            });
            this.thread.setDaemon(true);
            this.thread.start();
            Results.until(() -> this.thread.getState() == Thread.State.WAITING);
        }
    }

    @Test
    void callersOfAFutureReturningMethodShareOneRun() {
        this.app.run(context -> {
            Search search = context.getBean(Search.class);
            CompletableFuture<String> a = search.future("a");
            CompletableFuture<String> b = search.future("b");

            this.time.advance(PAUSE);

            assertThat(a).isCompletedWithValue("found b");
            assertThat(b).isCompletedWithValue("found b");
            assertThat(this.events.stream().filter(event -> event.type() == DebounceEvent.COALESCED))
                    .singleElement()
                    .satisfies(event -> {
                        assertThat(event.name()).isEqualTo("search.future");
                        assertThat(event.detail()).isEqualTo(2);
                    });
        });
    }

    @Test
    void callersOfAMethodWithAValueAllGetItAndItRunsOnNoneOfTheirThreads() {
        this.app.run(context -> {
            Search search = context.getBean(Search.class);
            Caller a = new Caller(search, "a");
            Caller b = new Caller(search, "b");

            this.time.advance(PAUSE);

            assertThat(Results.await(a.outcome)).isEqualTo("found b");
            assertThat(Results.await(b.outcome)).isEqualTo("found b");
            assertThat(runs(search)).containsExactly("b");
            assertThat(only(search).thread()).isNotIn(a.thread, b.thread);
        });
    }

    @Test
    void callersOfAMethodWithAValueAllGetItsException() {
        this.app.run(context -> {
            Search search = context.getBean(Search.class);
            Caller a = new Caller(search, "a");
            Caller b = new Caller(search, "");

            this.time.advance(PAUSE);

            assertThat(Results.awaitFailure(a.outcome))
                    .isInstanceOf(IOException.class)
                    .isSameAs(Results.awaitFailure(b.outcome));
        });
    }

    @Test
    void aCallerThatIsInterruptedWithdrawsItsArguments() {
        this.app.run(context -> {
            Search search = context.getBean(Search.class);
            Caller a = new Caller(search, "a");
            Caller b = new Caller(search, "b");

            b.thread.interrupt();
            assertThat(Results.awaitFailure(b.outcome))
                    .isInstanceOfSatisfying(
                            AbortedException.class,
                            aborted -> assertThat(aborted.reason().kind()).isEqualTo(Kind.CALLER_CANCELLED));
            this.time.advance(PAUSE);

            assertThat(Results.await(a.outcome)).isEqualTo("found a");
        });
    }

    @Test
    void aVoidMethodReturnsAtOnceAndRunsWithTheLatestArguments() {
        this.app.run(context -> {
            Search search = context.getBean(Search.class);
            search.nothing("a");
            search.nothing("b");
            assertThat(search.runs()).isEmpty();

            this.time.advance(PAUSE);

            assertThat(runs(search)).containsExactly("b");
        });
    }

    @Test
    void aVoidMethodRunsOnAnotherThread() {
        Startup.runner().withBean("search", Search.class).run(context -> {
            Search search = context.getBean(Search.class);

            search.nothing("a");
            Results.until(() -> !search.runs().isEmpty());

            assertThat(only(search).thread()).isNotSameAs(Thread.currentThread());
        });
    }

    @Test
    void theFailureOfAVoidMethodIsLogged() {
        this.app.run(context -> {
            Search search = context.getBean(Search.class);
            try (Logs logs = new Logs(Calls.class)) {
                search.nothing("");
                search.nothing("");

                this.time.advance(PAUSE);

                assertThat(logs.records()).singleElement().satisfies(record -> {
                    assertThat(record.getMessage()).contains("search.nothing");
                    assertThat(record.getThrown()).hasMessageContaining("nothing to look for");
                });
            }
        });
    }

    @Test
    void aVoidMethodIsNoPartOfTheWorkThatCallsIt() {
        this.app.run(context -> {
            Search search = context.getBean(Search.class);
            AbortSource around = new AbortSource();
            AbortSignal outer = CurrentSignal.swap(around);
            search.nothing("a");
            CurrentSignal.swap(outer);

            around.abort(AbortReason.application("the work that called it is over"));
            this.time.advance(PAUSE);

            assertThat(runs(search)).containsExactly("a");
        });
    }

    @Test
    void aRunIsInTheContextOfTheCallerWhoseArgumentsItHas() {
        this.app.run(context -> {
            Search search = context.getBean(Search.class);
            MDC.put("user", "ann");
            search.future("a");
            MDC.put("user", "bob");
            search.future("b");
            MDC.put("user", "cid");
            CompletableFuture<String> withdrawn = search.future("c");
            MDC.put("user", "the timer");
            withdrawn.cancel(true);

            this.time.advance(PAUSE);

            assertThat(only(search).argument()).isEqualTo("b");
            assertThat(only(search).user()).isEqualTo("bob");
            assertThat(MDC.get("user")).isEqualTo("the timer");
        });
    }

    @Test
    void theContextOfASynchronousCallerTravelsToo() {
        this.app.run(context -> {
            Search search = context.getBean(Search.class);
            MDC.put("user", "ann");
            search.nothing("a");
            MDC.remove("user");

            this.time.advance(PAUSE);

            assertThat(only(search).user()).isEqualTo("ann");
        });
    }

    @Test
    void theKeyIsReadFromTheArguments() {
        this.app.run(context -> {
            Search search = context.getBean(Search.class);
            search.keyed("one", "a");
            search.keyed("two", "b");
            search.keyed("one", "c");

            this.time.advance(PAUSE);

            assertThat(runs(search)).containsExactlyInAnyOrder("one c", "two b");
        });
    }

    @Test
    void aKeyThatIsNullFailsTheCall() {
        this.app.run(context -> assertThat(
                        Results.failure(context.getBean(Search.class).keyed(null, "a")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("search.keyed"));
    }

    @Test
    void earlierCallersMayBeSuperseded() {
        this.app.run(context -> {
            Search search = context.getBean(Search.class);
            CompletableFuture<String> a = search.latest("a");
            CompletableFuture<String> b = search.latest("b");

            assertThat(Results.failure(a)).isInstanceOf(SupersededException.class);
            this.time.advance(PAUSE);
            assertThat(b).isCompletedWithValue("found b");
        });
    }

    @Test
    void aCallWithASignalThatHasAbortedEndsAtOnceAndNothingRuns() {
        this.app.run(context -> {
            Search search = context.getBean(Search.class);
            AbortSource passed = new AbortSource();
            passed.abort(AbortReason.application("enough"));

            CompletableFuture<String> call = search.signalled("a", passed);
            this.time.advance(PAUSE);

            assertThat(Results.failure(call)).hasMessage("enough");
            assertThat(search.runs()).isEmpty();
        });
    }

    @Test
    void theSignalOfOneCallerIsNotThatOfTheRun() {
        this.app.run(context -> {
            Search search = context.getBean(Search.class);
            AbortSource passed = new AbortSource();
            CompletableFuture<String> a = search.signalled("a", null);
            CompletableFuture<String> b = search.signalled("b", passed);
            this.time.advance(PAUSE);

            passed.abort(AbortReason.application("enough"));

            assertThat(b).isCompletedExceptionally();
            assertThat(a).isNotDone();
            assertThat(only(search).signal().aborted()).isFalse();
            a.cancel(true);
            assertThat(only(search).signal().aborted()).isTrue();
        });
    }

    static class Never {

        @Debounce(value = "300ms", trailing = false)
        void save() {}
    }

    @Test
    void runningAtNeitherEdgeStopsTheApplication() {
        Startup.runner().withBean("never", Never.class).run(context -> {
            assertThat(context).hasFailed();
            assertThat(catchThrowable(() -> {
                        throw context.getStartupFailure();
                    }))
                    .hasStackTraceContaining("neither the leading nor the trailing edge runs");
        });
    }

    private static List<String> runs(Search search) {
        return search.runs().stream().map(Run::argument).toList();
    }

    private static Run only(Search search) {
        assertThat(search.runs()).hasSize(1);
        return search.runs().get(0);
    }
}
