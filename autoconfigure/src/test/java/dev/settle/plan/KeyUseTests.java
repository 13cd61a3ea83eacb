package dev.settle.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.settle.CallRejectedException;
import dev.settle.CallRejectedException.Reason;
import dev.settle.autoconfigure.Startup;
import dev.settle.core.Results;
import dev.settle.test.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.expression.spel.SpelEvaluationException;

/** What policies make of keys: of none, of several at once, and of such as change while they are in use. */
class KeyUseTests {

    private final VirtualTime time = new VirtualTime();
    private final Quotes target = new Quotes();

    private void with(Consumer<Quotes> test) {
        Startup.runner(this.time)
                .withBean("quotes", Quotes.class, () -> this.target)
                .run(context -> test.accept(Quotes.of(context)));
    }

    private void finish(int number) {
        this.target.running().get(number).complete("7.30");
    }

    private static void assertRefused(CompletableFuture<String> call, Reason reason) {
        assertThat(Results.failure(call))
                .isInstanceOfSatisfying(
                        CallRejectedException.class,
                        refused -> assertThat(refused.reason()).isEqualTo(reason));
    }

    static Stream<Named<BiFunction<Quotes, Object, CompletableFuture<String>>>> policies() {
        return Stream.of(
                Named.of("bulkhead", Quotes::bulkhead),
                Named.of("exclusive", Quotes::exclusive),
                Named.of("throttle", Quotes::throttle),
                Named.of("debounce", Quotes::debounce));
    }

    @ParameterizedTest
    @MethodSource("policies")
    void noKeyFailsTheCallThroughItsFuture(BiFunction<Quotes, Object, CompletableFuture<String>> method) {
        with(quotes -> {
            CompletableFuture<String> call = method.apply(quotes, null);

            assertThat(Results.failure(call))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("The key of 'quotes.")
                    .hasMessageContaining("is null");
            assertThat(this.target.running()).isEmpty();
            assertThat(this.time.pending()).isZero();
        });
    }

    @Test
    void noKeyIsThrownAtTheCallerOfAMethodThatReturnsItsValue() {
        with(quotes -> assertThatIllegalArgumentException()
                .isThrownBy(() -> quotes.now(null))
                .withMessageContaining("The key of 'quotes.now' is null"));
    }

    @Test
    void anExpressionThatFailsFailsTheCallThroughItsFuture() {
        with(quotes ->
                assertThat(Results.failure(quotes.expression(null))).isInstanceOf(SpelEvaluationException.class));
    }

    @Test
    void aNullAmongSeveralKeysLocksNothing() {
        with(quotes -> {
            CompletableFuture<String> call = quotes.exclusive(Arrays.asList("a", null));

            assertThat(Results.failure(call)).isInstanceOf(IllegalArgumentException.class);
            quotes.exclusive("a");
            assertThat(this.target.running()).hasSize(1);
        });
    }

    static Stream<Named<Object>> several() {
        return Stream.of(
                Named.of("list", List.of("a", "b")),
                Named.of("set", new LinkedHashSet<>(List.of("a", "b"))),
                Named.of("array", new String[] {"a", "b"}));
    }

    @ParameterizedTest
    @MethodSource("several")
    void theBulkheadHasOnePermitForSeveralElementsTogether(Object key) {
        with(quotes -> {
            quotes.bulkhead(key);
            quotes.bulkhead("a");
            assertRefused(quotes.bulkhead(key), Reason.WAIT_EXCEEDED);

            assertThat(this.target.running()).hasSize(2);
        });
    }

    @ParameterizedTest
    @MethodSource("several")
    void theMutexLocksEachOfSeveralElements(Object key) {
        with(quotes -> {
            quotes.exclusive(key);
            assertRefused(quotes.exclusive("a"), Reason.CONFLICT);
            assertRefused(quotes.exclusive(List.of("c", "b")), Reason.CONFLICT);
            quotes.exclusive("c");
            finish(0);
            quotes.exclusive("a");

            assertThat(this.target.running()).hasSize(3);
        });
    }

    @Test
    void theMutexLocksAnElementOnceThatIsThereTwice() {
        with(quotes -> {
            CompletableFuture<String> call = quotes.exclusive(List.of("a", "a"));
            finish(0);

            assertThat(call).isCompletedWithValue("7.30");
            assertThat(quotes.exclusive("a")).isNotDone();
        });
    }

    @Test
    void anArrayOfPrimitivesIsSeveralKeys() {
        with(quotes -> {
            quotes.exclusive(new int[] {1, 2});

            assertRefused(quotes.exclusive(2), Reason.CONFLICT);
        });
    }

    @Test
    void theOrderOfASetMakesNoDifference() {
        with(quotes -> {
            quotes.bulkhead(new LinkedHashSet<>(List.of("a", "b")));

            assertRefused(quotes.bulkhead(Set.of("b", "a")), Reason.WAIT_EXCEEDED);
        });
    }

    static Stream<Named<BiFunction<Quotes, Object, CompletableFuture<String>>>> holding() {
        return Stream.of(Named.of("bulkhead", Quotes::bulkhead), Named.of("exclusive", Quotes::exclusive));
    }

    @ParameterizedTest
    @MethodSource("holding")
    void aCollectionThatTheCallerChangesDuringTheCallStaysTheKeyItWas(
            BiFunction<Quotes, Object, CompletableFuture<String>> method) {
        with(quotes -> {
            List<String> mine = new ArrayList<>(List.of("a"));
            assertThat(method.apply(quotes, mine)).isNotDone();
            mine.set(0, "b");

            assertThat(method.apply(quotes, List.of("a"))).isCompletedExceptionally();
            assertThat(method.apply(quotes, List.of("b"))).isNotDone();
            finish(0);
            assertThat(method.apply(quotes, List.of("a"))).isNotDone();
        });
    }

    @ParameterizedTest
    @MethodSource("holding")
    void anArrayThatTheCallerChangesDuringTheCallStaysTheKeyItWas(
            BiFunction<Quotes, Object, CompletableFuture<String>> method) {
        with(quotes -> {
            String[] mine = {"a"};
            assertThat(method.apply(quotes, mine)).isNotDone();
            mine[0] = "b";

            assertThat(method.apply(quotes, new String[] {"a"})).isCompletedExceptionally();
            finish(0);
            assertThat(method.apply(quotes, new String[] {"a"})).isNotDone();
        });
    }

    @Test
    void aSetThatTheCallerChangesWhileItWaitsStaysTheKeyItWas() {
        with(quotes -> {
            Set<String> mine = new LinkedHashSet<>(Set.of("a"));
            CompletableFuture<String> first = quotes.debounce(mine);
            mine.add("b");
            CompletableFuture<String> second = quotes.debounce(Set.of("a"));
            this.time.advance(Duration.ofSeconds(1));
            finish(0);

            assertThat(this.target.running()).hasSize(1);
            assertThat(first).isCompletedWithValue("7.30");
            assertThat(second).isCompletedWithValue("7.30");
        });
    }
}
