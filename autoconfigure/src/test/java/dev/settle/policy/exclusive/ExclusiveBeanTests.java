package dev.settle.policy.exclusive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.CallRejectedException;
import dev.settle.CallRejectedException.Reason;
import dev.settle.ReentrantCallException;
import dev.settle.SupersededException;
import dev.settle.annotation.Exclusive;
import dev.settle.annotation.Exclusive.OnConflict;
import dev.settle.autoconfigure.Startup;
import dev.settle.core.HandWork;
import dev.settle.core.Results;
import dev.settle.test.VirtualTime;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Scope;

/** Annotated methods of beans. */
class ExclusiveBeanTests {

    private final VirtualTime time = new VirtualTime();
    private final HandWork work = new HandWork();
    private final ApplicationContextRunner runner = Startup.runner(this.time).withBean(HandWork.class, () -> this.work);

    @AfterEach
    void noTimerIsLeft() {
        assertThat(this.time.pending()).isZero();
    }

    private void end(String... names) {
        List.of(names).forEach(this.work::end);
    }

    private void withAccounts(Consumer<Accounts> test) {
        this.runner.withBean("accounts", Accounts.class).run(context -> test.accept(context.getBean(Accounts.class)));
    }

    static class Accounts {

        private final HandWork work;

        Accounts(HandWork work) {
            this.work = work;
        }

        @Exclusive
        public CompletableFuture<String> audit(String name) {
            return this.work.start(name);
        }

        @Exclusive(key = "#account")
        public CompletableFuture<String> close(String account, String name) {
            return this.work.start(name);
        }

        @Exclusive(key = "{#from, #to}")
        public CompletableFuture<String> transfer(String from, String to, String name) {
            return this.work.start(name);
        }

        @Exclusive(key = "#account", onConflict = OnConflict.REJECT)
        public CompletableFuture<String> tryClose(String account, String name) {
            return this.work.start(name);
        }

        @Exclusive(key = "#account", onConflict = OnConflict.JOIN)
        public CompletableFuture<String> balance(String account, String name) {
            return this.work.start(name);
        }

        @Exclusive(key = "#account", onConflict = OnConflict.REPLACE)
        public CompletableFuture<String> recount(String account, String name) {
            return this.work.start(name);
        }

        @Exclusive(key = "#account")
        public CompletableFuture<String> around(String account, Supplier<CompletableFuture<String>> inner) {
            return inner.get();
        }

        @Exclusive(key = "#account")
        public String now(String account) {
            return account;
        }
    }

    @Test
    void withoutAKeyTheMethodHasOneLock() {
        withAccounts(accounts -> {
            accounts.audit("Ann");
            accounts.audit("Bob");
            accounts.close("a", "Cid");

            assertThat(this.work.started()).containsExactly("Ann", "Cid");
            end("Ann", "Bob", "Cid");
        });
    }

    @Test
    void theKeyIsReadFromTheArguments() {
        withAccounts(accounts -> {
            accounts.close("a", "Ann");
            accounts.close("a", "Bob");
            accounts.close("b", "Cid");

            assertThat(this.work.started()).containsExactly("Ann", "Cid");
            end("Ann", "Bob", "Cid");
        });
    }

    @Test
    void aListOfKeysLocksThemAll() {
        withAccounts(accounts -> {
            accounts.transfer("a", "b", "Ann");
            CompletableFuture<String> back = accounts.transfer("b", "a", "Bob");
            accounts.transfer("c", "c", "Cid");

            assertThat(this.work.started()).containsExactly("Ann", "Cid");
            end("Ann", "Bob", "Cid");
            assertThat(back).isCompletedWithValue("Bob");
        });
    }

    @Test
    void aKeyThatIsNullIsAnErrorThatNamesTheMethod() {
        withAccounts(accounts -> {
            assertThat(Results.failure(accounts.close(null, "Ann")))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("'accounts.close'");
            assertThat(Results.failure(accounts.transfer("a", null, "Bob")))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThat(this.work.started()).isEmpty();
        });
    }

    @Test
    void aConflictIsRefused() {
        withAccounts(accounts -> {
            accounts.tryClose("a", "Ann");

            assertThat(Results.failure(accounts.tryClose("a", "Bob")))
                    .isInstanceOfSatisfying(CallRejectedException.class, refused -> {
                        assertThat(refused.name()).isEqualTo("accounts.tryClose");
                        assertThat(refused.reason()).isEqualTo(Reason.CONFLICT);
                        assertThat(refused.key()).contains("a");
                    });
            end("Ann");
        });
    }

    @Test
    void aConflictIsJoined() {
        withAccounts(accounts -> {
            accounts.balance("a", "Ann");
            CompletableFuture<String> second = accounts.balance("a", "Bob");

            end("Ann");

            assertThat(second).isCompletedWithValue("Ann");
        });
    }

    @Test
    void aConflictReplaces() {
        withAccounts(accounts -> {
            CompletableFuture<String> first = accounts.recount("a", "Ann");
            accounts.recount("a", "Bob");

            assertThat(Results.failure(first)).isInstanceOf(SupersededException.class);
            assertThat(this.work.started()).containsExactly("Ann", "Bob");
            end("Bob");
        });
    }

    @Test
    void aCallFromInsideThroughTheProxyFailsAtOnceAndNamesTheMethod() {
        withAccounts(accounts -> {
            CompletableFuture<String> outer =
                    accounts.around("a", () -> accounts.around("a", () -> this.work.start("inner")));

            assertThat(Results.failure(outer))
                    .isInstanceOf(ReentrantCallException.class)
                    .hasMessageContaining("'accounts.around'");
        });
    }

    @Test
    void aCallOfAnotherKeyOrAnotherMethodFromInsideIsFine() {
        withAccounts(accounts -> {
            CompletableFuture<String> outer =
                    accounts.around("a", () -> accounts.around("b", () -> accounts.close("a", "inner")));

            end("inner");

            assertThat(outer).isCompletedWithValue("inner");
        });
    }

    @Test
    void aMethodThatReturnsItsValueIsExclusiveToo() {
        withAccounts(accounts -> assertThat(accounts.now("a")).isEqualTo("a"));
    }

    @Test
    void twoBeansOfOneClassHaveLocksOfTheirOwn() {
        this.runner
                .withBean("retail", Accounts.class)
                .withBean("trade", Accounts.class)
                .run(context -> {
                    accounts(context, "retail").close("a", "Ann");
                    accounts(context, "trade").close("a", "Bob");

                    assertThat(this.work.started()).containsExactly("Ann", "Bob");
                    end("Ann", "Bob");
                });
    }

    private static Accounts accounts(ApplicationContext context, String name) {
        return context.getBean(name, Accounts.class);
    }

    @Configuration(proxyBeanMethods = false)
    static class Prototypes {
        @Bean
        @Scope("prototype")
        Accounts accounts(HandWork work) {
            return new Accounts(work);
        }
    }

    @Test
    void allInstancesOfAPrototypeShareOneLock() {
        this.runner.withUserConfiguration(Prototypes.class).run(context -> {
            ObjectProvider<Accounts> accounts = context.getBeanProvider(Accounts.class);

            accounts.getObject().close("a", "Ann");
            accounts.getObject().close("a", "Bob");

            assertThat(this.work.started()).containsExactly("Ann");
            end("Ann", "Bob");
        });
    }

    @Exclusive
    static class Ledger {

        private final HandWork work;

        Ledger(HandWork work) {
            this.work = work;
        }

        public CompletableFuture<String> write(String name) {
            return this.work.start(name);
        }

        public CompletableFuture<String> read(String name) {
            return this.work.start(name);
        }
    }

    @Test
    void anAnnotationOnTheClassGivesEachMethodALockOfItsOwn() {
        this.runner.withBean("ledger", Ledger.class).run(context -> {
            Ledger ledger = context.getBean(Ledger.class);

            ledger.write("Ann");
            ledger.write("Bob");
            ledger.read("Cid");

            assertThat(this.work.started()).containsExactly("Ann", "Cid");
            end("Ann", "Bob", "Cid");
        });
    }
}
