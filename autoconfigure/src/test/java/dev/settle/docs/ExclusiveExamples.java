package dev.settle.docs;

import dev.settle.annotation.Exclusive;
import dev.settle.annotation.Exclusive.OnConflict;
import dev.settle.annotation.Retry;
import dev.settle.policy.exclusive.KeyedMutex;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The code of docs/exclusive.md. */
class ExclusiveExamples {

    static class Bank {

        private final Client client;

        Bank(Client client) {
            this.client = client;
        }

        @Exclusive(key = "{#from, #to}")
        public CompletableFuture<String> transfer(String from, String to, long cents) {
            return this.client.send(from + " -> " + to + ": " + cents);
        }

        @Exclusive(key = "#account", onConflict = OnConflict.JOIN)
        public CompletableFuture<String> statement(String account) {
            return this.client.send("statement of " + account);
        }

        @Exclusive(key = "#account", onConflict = OnConflict.REPLACE)
        public CompletableFuture<String> forecast(String account, double rate) {
            return this.client.send("forecast of " + account + " at " + rate);
        }

        @Exclusive(onConflict = OnConflict.REJECT)
        public CompletableFuture<String> closeTheDay() {
            return this.client.send("close the day");
        }
    }

    static class Ledger {

        private final Client client;

        Ledger(Client client) {
            this.client = client;
        }

        @Retry(delay = "1s", jitter = Retry.Jitter.NONE)
        public CompletableFuture<String> book(String account) {
            return this.client.send("book " + account);
        }
    }

    static class Clerk {

        private final Ledger ledger;

        Clerk(Ledger ledger) {
            this.ledger = ledger;
        }

        @Exclusive(key = "#account", maxWait = "10s")
        public CompletableFuture<String> book(String account) {
            return this.ledger.book(account);
        }
    }

    static class Vault {

        private final Client client;
        private final KeyedMutex<String> accounts = KeyedMutex.create();

        Vault(Client client) {
            this.client = client;
        }

        CompletableFuture<String> deposit(String account) {
            return this.accounts.call(account, () -> this.client.send("deposit " + account));
        }

        CompletableFuture<String> transfer(String from, String to) {
            return this.accounts.callAll(List.of(from, to), () -> this.client.send(from + " -> " + to));
        }

        CompletableFuture<String> balance(String account) {
            return this.accounts.join(account, () -> this.client.send("balance " + account));
        }
    }

    static class Tree {

        private final KeyedMutex<String> branches = KeyedMutex.create();

        CompletableFuture<String> visit(String branch) {
            return this.branches.call(branch, () -> visit(branch));
        }
    }
}
