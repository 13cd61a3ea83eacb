package dev.settle.policy.exclusive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.annotation.Exclusive;
import dev.settle.autoconfigure.Startup;
import dev.settle.core.Caller;
import dev.settle.core.Results;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Many at once: what one lock guards needs no other. */
class ExclusiveStressTests {

    private static final int ROUNDS = 10_000;

    /** What a test counts with; not synchronized in any way. */
    static class Counter {

        int value;

        void add() {
            int seen = this.value;
            Thread.yield();
            this.value = seen + 1;
        }
    }

    private static CompletableFuture<Void> all(List<CompletableFuture<?>> calls) {
        return CompletableFuture.allOf(calls.toArray(CompletableFuture[]::new));
    }

    @Test
    void unsynchronisedIncrementsUnderOneKeyAddUp() throws Exception {
        KeyedMutex<String> mutex = KeyedMutex.create();
        Counter counter = new Counter();
        List<Caller> callers = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            callers.add(new Caller("caller " + i, () -> {
                List<CompletableFuture<?>> calls = new ArrayList<>();
                for (int call = 0; call < 500; call++) {
                    calls.add(mutex.call("key", () -> CompletableFuture.runAsync(counter::add)));
                }
                Results.await(all(calls));
                return "done";
            }));
        }
        for (Caller caller : callers) {
            assertThat(caller.value()).isEqualTo("done");
        }
        assertThat(counter.value).isEqualTo(10 * 500);
        assertThat(mutex.keys()).isZero();
    }

    static class Bank {

        final Counter[] accounts = {new Counter(), new Counter()};

        @Exclusive(key = "{#from, #to}", queueCapacity = Integer.MAX_VALUE)
        public CompletableFuture<Void> transfer(int from, int to) {
            return CompletableFuture.runAsync(() -> move(from, to));
        }

        @Exclusive(key = "{#from, #to}")
        public void transferNow(int from, int to) {
            move(from, to);
        }

        private void move(int from, int to) {
            this.accounts[from].value--;
            this.accounts[to].add();
        }

        public int balance(int account) {
            return this.accounts[account].value;
        }
    }

    @Test
    void transfersInBothDirectionsEndAndAddUp() {
        Startup.runner().withBean(Bank.class).run(context -> {
            Bank bank = context.getBean(Bank.class);
            Caller there = new Caller("there", () -> transfers(bank, 0, 1));
            Caller back = new Caller("back", () -> transfers(bank, 1, 0));

            Results.await((CompletableFuture<?>) there.value());
            Results.await((CompletableFuture<?>) back.value());

            assertThat(bank.balance(0)).isZero();
            assertThat(bank.balance(1)).isZero();
        });
    }

    private static CompletableFuture<Void> transfers(Bank bank, int from, int to) {
        List<CompletableFuture<?>> calls = new ArrayList<>();
        for (int i = 0; i < ROUNDS; i++) {
            calls.add(bank.transfer(from, to));
        }
        return all(calls);
    }

    @Test
    void blockingTransfersInBothDirectionsEndAndAddUp() {
        Startup.runner().withBean(Bank.class).run(context -> {
            Bank bank = context.getBean(Bank.class);
            Caller there = new Caller("there", () -> transfersNow(bank, 0, 1));
            Caller back = new Caller("back", () -> transfersNow(bank, 1, 0));

            assertThat(there.value()).isEqualTo("done");
            assertThat(back.value()).isEqualTo("done");

            assertThat(bank.balance(0)).isZero();
            assertThat(bank.balance(1)).isZero();
        });
    }

    private static String transfersNow(Bank bank, int from, int to) {
        for (int i = 0; i < ROUNDS; i++) {
            bank.transferNow(from, to);
        }
        return "done";
    }

    @Test
    void ringsOfKeysFromManyThreadsEndAndAddUp() throws Exception {
        KeyedMutex<Integer> mutex = KeyedMutex.create();
        Counter[] counters = {new Counter(), new Counter(), new Counter(), new Counter()};
        List<Caller> callers = new ArrayList<>();
        for (int i = 0; i < counters.length; i++) {
            int first = i;
            int second = (i + 1) % counters.length;
            callers.add(new Caller("caller " + i, () -> {
                List<CompletableFuture<?>> calls = new ArrayList<>();
                for (int call = 0; call < 1_000; call++) {
                    calls.add(mutex.callAll(
                            List.of(first, second),
                            () -> CompletableFuture.runAsync(() -> {
                                counters[first].add();
                                counters[second].add();
                            })));
                }
                Results.await(all(calls));
                return "done";
            }));
        }
        for (Caller caller : callers) {
            assertThat(caller.value()).isEqualTo("done");
        }
        assertThat(counters).allSatisfy(counter -> assertThat(counter.value).isEqualTo(2_000));
        assertThat(mutex.keys()).isZero();
    }

    @Test
    void manyThreadsThatJoinAndCallNeverRunTogether() throws Exception {
        KeyedMutex<String> mutex = KeyedMutex.create();
        Counter counter = new Counter();
        Counter runs = new Counter();
        List<Caller> callers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            boolean joins = i % 2 == 0;
            callers.add(new Caller("caller " + i, () -> {
                for (int call = 0; call < 500; call++) {
                    Results.await(
                            joins
                                    ? mutex.join("key", () -> both(counter, runs))
                                    : mutex.call("key", () -> both(counter, runs)));
                }
                return "done";
            }));
        }
        for (Caller caller : callers) {
            assertThat(caller.value()).isEqualTo("done");
        }
        assertThat(counter.value).isEqualTo(runs.value).isBetween(4 * 500 + 1, 8 * 500);
        assertThat(mutex.keys()).isZero();
    }

    /** Two counters that only work which excludes all other keeps equal. */
    private static CompletableFuture<Void> both(Counter one, Counter other) {
        return CompletableFuture.runAsync(() -> {
            one.add();
            other.add();
        });
    }

    @Test
    void aHundredThousandWaitersOfOneKeyDrainOnASmallStack() throws Exception {
        KeyedMutex<String> mutex = KeyedMutex.create();
        Counter counter = new Counter();
        CompletableFuture<String> first = new CompletableFuture<>();
        mutex.call("key", () -> first);
        List<CompletableFuture<?>> calls = new ArrayList<>();
        for (int i = 0; i < 100_000; i++) {
            calls.add(mutex.call("key", () -> CompletableFuture.completedFuture(counter.value++)));
        }

        CompletableFuture<Boolean> released = new CompletableFuture<>();
        new Thread(null, () -> released.complete(first.complete("done")), "small stack", 512 * 1024).start();

        assertThat(Results.await(released)).isTrue();
        Results.await(all(calls));
        assertThat(counter.value).isEqualTo(100_000);
        assertThat(mutex.keys()).isZero();
    }
}
