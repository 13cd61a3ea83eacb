package dev.settle.sample.upstream;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** One provider: misbehaves as it is told, and counts. */
final class Provider {

    private static final MathContext DIGITS = new MathContext(7);

    private final String name;
    private final Random random;
    private final QuotaMeter meter;
    private volatile Faults faults;

    private final AtomicLong requests = new AtomicLong();
    private final AtomicLong answered = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final AtomicLong faulted = new AtomicLong();
    private final AtomicLong abandoned = new AtomicLong();
    private final AtomicInteger waiting = new AtomicInteger();

    Provider(String name, long seed, QuotaMeter meter, Faults faults) {
        this.name = name;
        this.meter = meter;
        this.random = new Random(seed);
        this.faults = faults;
    }

    String name() {
        return this.name;
    }

    Faults faults() {
        return this.faults;
    }

    void behave(Faults faults) {
        this.faults = faults;
    }

    void serve(Connection client, double rate) throws IOException {
        this.requests.incrementAndGet();
        Duration away = this.meter.take();
        if (!away.isZero()) {
            refuse(client, away);
            return;
        }
        this.waiting.incrementAndGet();
        try {
            meet(draw(), client, rate);
        } finally {
            this.waiting.decrementAndGet();
        }
    }

    private void refuse(Connection client, Duration away) throws IOException {
        this.refused.incrementAndGet();
        client.answer(
                "429 Too Many Requests",
                "Retry-After: " + (away.toSeconds() + 1) + "\r\n",
                "{\"error\":\"more than the quota\"}");
    }

    private synchronized Fate draw() {
        return this.faults.draw(this.random);
    }

    private void meet(Fate fate, Connection client, double rate) throws IOException {
        if (fate.delay().toMillis() > 0 && !client.stays(fate.delay())) {
            this.abandoned.incrementAndGet();
            return;
        }
        (fate.kind() == Fate.Kind.ANSWER ? this.answered : this.faulted).incrementAndGet();
        switch (fate.kind()) {
            case ANSWER -> client.answer("200 OK", "", "{\"rate\":" + spread(rate) + "}");
            case FAILURE -> client.answer("503 Service Unavailable", "Retry-After: 1\r\n", "{\"error\":\"busy\"}");
            case RESET -> client.reset();
            case HANG -> hang(client);
        }
    }

    private void hang(Connection client) throws IOException {
        if (!client.stays(Duration.ZERO)) {
            this.abandoned.incrementAndGet();
        }
    }

    /** Providers do not quite agree. */
    private BigDecimal spread(double rate) {
        double factor = 1 + (Math.floorMod(this.name.hashCode(), 41) - 20) / 10_000.0;
        return new BigDecimal(rate * factor, DIGITS);
    }

    ProviderStatus status() {
        return new ProviderStatus(
                this.name,
                this.faults,
                this.requests.get(),
                this.answered.get(),
                this.refused.get(),
                this.faulted.get(),
                this.abandoned.get(),
                this.waiting.get());
    }
}
