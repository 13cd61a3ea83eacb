package dev.settle.weaving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.settle.CallRejectedException;
import dev.settle.annotation.Bulkhead;
import dev.settle.annotation.Retry;
import dev.settle.plan.InvalidPlanException;
import dev.settle.test.VirtualTime;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.test.util.AopTestUtils;

/** Objects that Spring has not made. */
@Tag("woven")
class ObjectsWovenTests {

    private static int attempts(Flaky flaky) {
        return flaky.attemptsOf(flaky::find);
    }

    @Test
    void anObjectThatIsNoBeanRunsItsPlan() {
        Woven.runner().run(context -> assertThat(attempts(new Flaky())).isEqualTo(Flaky.ONE_PLAN));
    }

    @Test
    void withoutAnApplicationItRunsAsItIs() {
        assertThat(attempts(new Flaky())).isEqualTo(Flaky.NO_PLAN);
    }

    @Test
    void afterTheApplicationHasClosedItRunsAsItIs() {
        Flaky flaky = new Flaky();
        Woven.runner().run(context -> assertThat(attempts(flaky)).isEqualTo(Flaky.ONE_PLAN));

        assertThat(attempts(flaky)).isEqualTo(Flaky.NO_PLAN);
    }

    static class Eager extends Flaky {

        final int duringConstruction = attemptsOf(this::find);
    }

    @Test
    void theConstructorOfABeanRunsAsItIsWhenTheApplicationHasNotStarted() {
        Woven.runner()
                .withBean(Eager.class)
                .run(context -> assertThat(AopTestUtils.<Eager>getUltimateTargetObject(context.getBean(Eager.class))
                                .duringConstruction)
                        .isEqualTo(Flaky.NO_PLAN));
    }

    @Test
    void theConstructorOfALaterObjectRunsThePlan() {
        Woven.runner().run(context -> assertThat(new Eager().duringConstruction).isEqualTo(Flaky.ONE_PLAN));
    }

    static class Room {

        final CompletableFuture<String> guest = new CompletableFuture<>();
        int guests;

        @Bulkhead(value = 1, maxWait = "0s")
        private CompletableFuture<String> enter() {
            this.guests++;
            return this.guest;
        }

        public CompletableFuture<String> open() {
            return enter();
        }
    }

    @Test
    void twoBeansOfOneClassHaveStatesOfTheirOwn() {
        Woven.runner(new VirtualTime())
                .withBean("red", Room.class)
                .withBean("blue", Room.class)
                .run(context -> {
                    Room red = context.getBean("red", Room.class);
                    Room blue = context.getBean("blue", Room.class);

                    assertThat(red.open()).isNotDone();
                    assertThat(red.open()).isCompletedExceptionally();
                    assertThat(blue.open()).isNotDone();
                });
    }

    @Test
    void proxyAndWovenCodeShareTheState() {
        Woven.runner(new VirtualTime()).withBean(Hall.class).run(context -> {
            Hall hall = context.getBean(Hall.class);

            assertThat(hall.enter()).isNotDone();
            assertThat(hall.open()).isCompletedExceptionally();
        });
    }

    static class Hall {

        @Bulkhead(value = 1, maxWait = "0s")
        public CompletableFuture<String> enter() {
            return new CompletableFuture<>();
        }

        public CompletableFuture<String> open() {
            return enter();
        }
    }

    @Test
    void objectsThatAreNoBeansShareTheStateOfTheirClass() {
        Woven.runner(new VirtualTime()).run(context -> {
            assertThat(new Hall().enter()).isNotDone();
            assertThat(new Hall().enter()).isCompletedExceptionally();
        });
    }

    static class Named {

        @Bulkhead(value = 1, maxWait = "0s")
        CompletableFuture<String> enter() {
            return new CompletableFuture<>();
        }
    }

    @Test
    void theirPoliciesAreNamedAfterTheClass() {
        Woven.runner(new VirtualTime()).run(context -> {
            Named named = new Named();
            named.enter();

            assertThat(named.enter())
                    .failsWithin(Duration.ZERO)
                    .withThrowableThat()
                    .havingCause()
                    .isInstanceOfSatisfying(
                            CallRejectedException.class,
                            refused -> assertThat(refused.name()).isEqualTo("named.enter"));
        });
    }

    static class Impossible {

        @Retry
        Callable<String> find() {
            return () -> "later";
        }
    }

    @Test
    void aBadPlanOfAnObjectThatIsNoBeanFailsItsCalls() {
        Woven.runner().run(context -> {
            Impossible impossible = new Impossible();

            assertThatThrownBy(impossible::find)
                    .isInstanceOf(InvalidPlanException.class)
                    .hasMessageContaining("impossible");
        });
    }
}
