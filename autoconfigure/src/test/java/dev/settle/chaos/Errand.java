package dev.settle.chaos;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.MDC;

/** One call of a round with real threads: its seed decides what the method does each time. */
final class Errand {

    private final Bustle bustle;
    private final Dice dice;
    private final String id;
    private final String key;
    private final AtomicInteger told = new AtomicInteger();
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile Throwable failure;
    private volatile Object value;

    Errand(Bustle bustle, long seed, String key) {
        this.bustle = bustle;
        this.dice = new Dice(seed);
        this.id = String.valueOf(seed);
        this.key = key;
    }

    String id() {
        return this.id;
    }

    String key() {
        return this.key;
    }

    private synchronized Fate fate() {
        return Fate.random(this.dice);
    }

    private synchronized int millis(int most) {
        return this.dice.between(0, most);
    }

    private void inContext(String what) {
        if (!this.id.equals(MDC.get("call"))) {
            this.bustle.broken(
                    Law.CONTEXT_TRAVELS, what + " of " + this.id + " runs in the context of " + MDC.get("call"));
        }
    }

    /** As a method that returns a future. */
    CompletableFuture<String> start(int method) {
        inContext("an attempt");
        this.bustle.begin(method, this.key);
        Fate fate = fate();
        // The work of a publisher is over when that is cancelled, whatever becomes of a future behind it.
        Piece piece = new Piece(method, fate == Fate.IGNORES_CANCEL && (method == 0 || method == 4));
        switch (fate) {
            case VALUE, NULL_VALUE, CALLS_ITSELF -> piece.settle(fate == Fate.NULL_VALUE ? null : "value", null);
            case NULL_FUTURE -> {
                piece.settle(null, null);
                return null;
            }
            case THROWS, THROWS_ERROR -> {
                IllegalStateException thrown = new IllegalStateException("thrown");
                piece.settle(null, thrown);
                throw thrown;
            }
            case FAILS, FAILS_WRAPPED -> piece.settle(null, new IOException("reset"));
            case CANCELS_ITSELF -> piece.cancel(false);
            case SETTLES_WHEN_TOLD -> rejectable(piece);
            default -> later(piece, fate == Fate.SETTLES_LATER ? 3 : 30);
        }
        return piece;
    }

    private void rejectable(Piece piece) {
        try {
            this.bustle.busy().execute(() -> piece.settle("value", null));
        } catch (RuntimeException ex) {
            piece.settle(null, ex);
            throw ex;
        }
    }

    private void later(Piece piece, int most) {
        boolean fails = millis(1) == 1;
        this.bustle
                .later()
                .schedule(
                        () -> piece.settle("value", fails ? new IOException("late") : null),
                        millis(most),
                        TimeUnit.MILLISECONDS);
    }

    /** As a method that returns its value. */
    String run(int method) throws Exception {
        inContext("an attempt");
        this.bustle.begin(method, this.key);
        try {
            switch (fate()) {
                case THROWS, FAILS, THROWS_ERROR -> throw new IOException("reset");
                case SETTLES_LATER, SETTLES_BY_HAND, IGNORES_CANCEL ->
                    this.bustle
                            .later()
                            .schedule(() -> {}, millis(5), TimeUnit.MILLISECONDS)
                            .get();
                case NULL_VALUE, NULL_FUTURE -> {
                    return null;
                }
                default -> {}
            }
            return "value";
        } finally {
            this.bustle.end(method, this.key);
        }
    }

    /** The caller goes on. */
    void over(Object result, Throwable cause) {
        if (this.told.incrementAndGet() > 1) {
            this.bustle.broken(Law.SETTLES_ONCE, this.id + " goes on twice");
        }
        this.value = result;
        this.failure = cause;
        inContext("the end");
        this.over.countDown();
    }

    void awaitEnd() throws InterruptedException {
        if (!this.over.await(30, TimeUnit.SECONDS)) {
            this.bustle.broken(Law.SETTLES_ONCE, this.id + " never settles");
        }
    }

    Object value() {
        return this.value;
    }

    Throwable failure() {
        return this.failure;
    }

    /** The future of one attempt: its end is counted before anybody hears of it. */
    private final class Piece extends CompletableFuture<String> {

        private boolean ended;
        private final int method;
        private final boolean stubborn;

        Piece(int method, boolean stubborn) {
            this.method = method;
            this.stubborn = stubborn;
        }

        /** Race: a cancel that meets the end must not be through before that is counted. */
        private synchronized void end() {
            if (!this.ended) {
                this.ended = true;
                Errand.this.bustle.end(this.method, Errand.this.key);
            }
        }

        void settle(String result, Throwable cause) {
            end();
            if (cause == null) {
                complete(result);
            } else {
                completeExceptionally(cause);
            }
        }

        @Override
        public boolean cancel(boolean mayInterruptIfRunning) {
            if (this.stubborn) {
                return false;
            }
            end();
            return super.cancel(mayInterruptIfRunning);
        }
    }
}
