package dev.settle.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.settle.CallRejectedException;
import dev.settle.CallRejectedException.Reason;
import dev.settle.ReentrantCallException;
import dev.settle.SupersededException;
import dev.settle.autoconfigure.Startup;
import dev.settle.docs.ExclusiveExamples.Bank;
import dev.settle.docs.ExclusiveExamples.Clerk;
import dev.settle.docs.ExclusiveExamples.Ledger;
import dev.settle.docs.ExclusiveExamples.Tree;
import dev.settle.docs.ExclusiveExamples.Vault;
import dev.settle.test.VirtualTime;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;

/** What docs/exclusive.md says of its code. */
class ExclusiveExamplesTests {

    private final VirtualTime time = new VirtualTime();
    private final HandClient client = new HandClient();

    private void withBank(Consumer<Bank> test) {
        Startup.runner(this.time)
                .withBean(Bank.class, () -> new Bank(this.client))
                .run(context -> test.accept(context.getBean(Bank.class)));
    }

    @Test
    void aTransferWaitsForBothAccountsAndForNoOther() {
        withBank(bank -> {
            bank.transfer("ann", "bob", 1);
            bank.transfer("bob", "cid", 2);
            bank.transfer("dan", "eve", 3);
            assertThat(this.client.requests).containsExactly("ann -> bob: 1", "dan -> eve: 3");
            this.client.reply(0, "done");
            assertThat(this.client.requests).hasSize(3).last().isEqualTo("bob -> cid: 2");
        });
    }

    @Test
    void transfersToAndFroDoNotDeadlock() {
        withBank(bank -> {
            CompletableFuture<String> there = bank.transfer("ann", "bob", 1);
            CompletableFuture<String> back = bank.transfer("bob", "ann", 1);
            this.client.reply(0, "there");
            this.client.reply(1, "back");
            assertThat(there).isCompletedWithValue("there");
            assertThat(back).isCompletedWithValue("back");
        });
    }

    @Test
    void statementsOfOneAccountAreMadeOnceForAllWhoAsk() {
        withBank(bank -> {
            CompletableFuture<String> first = bank.statement("ann");
            CompletableFuture<String> second = bank.statement("ann");
            first.cancel(true);
            this.client.reply(0, "100");
            assertThat(this.client.requests).hasSize(1);
            assertThat(second).isCompletedWithValue("100");
        });
    }

    @Test
    void aNewForecastTakesThePlaceOfTheOneBefore() {
        withBank(bank -> {
            CompletableFuture<String> first = bank.forecast("ann", 1.5);
            CompletableFuture<String> second = bank.forecast("ann", 2.5);
            failure(first).isInstanceOf(SupersededException.class);
            assertThat(this.client.replies.get(0)).isCancelled();
            this.client.reply(1, "rich");
            assertThat(second).isCompletedWithValue("rich");
        });
    }

    @Test
    void theDayIsNotClosedTwiceAtOnce() {
        withBank(bank -> {
            bank.closeTheDay();
            failure(bank.closeTheDay())
                    .isInstanceOfSatisfying(
                            CallRejectedException.class,
                            refused -> assertThat(refused.reason()).isEqualTo(Reason.CONFLICT));
        });
    }

    @Test
    void aLockOfAnOuterBeanIsHeldOverTheRetriesInside() {
        Startup.runner(this.time)
                .withBean(Ledger.class, () -> new Ledger(this.client))
                .withBean(Clerk.class)
                .run(context -> {
                    Clerk clerk = context.getBean(Clerk.class);
                    clerk.book("ann");
                    clerk.book("ann");
                    this.client.replies.get(0).completeExceptionally(new IllegalStateException("not yet"));
                    this.time.advance(Duration.ofSeconds(1));
                    assertThat(this.client.requests).hasSize(2);
                    this.client.reply(1, "booked");
                    assertThat(this.client.requests).hasSize(3);
                });
    }

    @Test
    void aMutexLocksOneKeyOrSeveral() {
        Vault vault = new Vault(this.client);
        vault.deposit("ann");
        CompletableFuture<String> transfer = vault.transfer("bob", "ann");
        assertThat(this.client.requests).containsExactly("deposit ann");
        this.client.reply(0, "ok");
        assertThat(awaited(1)).isEqualTo("bob -> ann");
        this.client.reply(1, "moved");
        assertThat(transfer).succeedsWithin(Duration.ofSeconds(30)).isEqualTo("moved");
    }

    /** Plain objects hand their waits over to real threads. */
    private String awaited(int number) {
        await().until(() -> this.client.requests.size() > number);
        return this.client.requests.get(number);
    }

    @Test
    void aMutexLetsCallersJoin() {
        Vault vault = new Vault(this.client);
        CompletableFuture<String> first = vault.balance("ann");
        CompletableFuture<String> second = vault.balance("ann");
        this.client.reply(0, "100");
        assertThat(this.client.requests).hasSize(1);
        assertThat(first).succeedsWithin(Duration.ofSeconds(30)).isEqualTo("100");
        assertThat(second).succeedsWithin(Duration.ofSeconds(30)).isEqualTo("100");
    }

    @Test
    void aCallThatWouldWaitForItselfFailsAtOnce() {
        failure(new Tree().visit("oak")).isInstanceOf(ReentrantCallException.class);
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> failure(CompletableFuture<?> call) {
        return assertThat(call.handle((value, failure) -> failure).join());
    }
}
