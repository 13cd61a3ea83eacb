package dev.settle.sample.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Clients that send one request after the other, each on a connection of its own, until nobody listens any more. */
final class Load {

    private final URI desk;
    private final List<Thread> clients = new ArrayList<>();
    private final CountDownLatch enough;

    /** What was answered, whole. */
    final Map<Order, Wire.Answer> answers = new ConcurrentHashMap<>();

    /** Sent, and the connection ended before the first byte of an answer. */
    final Queue<Order> unanswered = new ConcurrentLinkedQueue<>();

    /** Sent, and the connection ended within the answer. */
    final Queue<Order> truncated = new ConcurrentLinkedQueue<>();

    /** Connections that could not be made. */
    final AtomicInteger refused = new AtomicInteger();

    /** @param enough how many answers make a load */
    Load(URI desk, int enough) {
        this.desk = desk;
        this.enough = new CountDownLatch(enough);
    }

    Load with(int clients, Function<String, Order> orders) {
        for (int i = 0; i < clients; i++) {
            Thread client = new Thread(() -> order(orders), "client-" + this.clients.size());
            this.clients.add(client);
            client.start();
        }
        return this;
    }

    void awaitEnough() throws InterruptedException {
        assertThat(this.enough.await(60, TimeUnit.SECONDS)).isTrue();
    }

    void awaitEnd() throws InterruptedException {
        for (Thread client : this.clients) {
            client.join(TimeUnit.SECONDS.toMillis(60));
            assertThat(client.isAlive()).as(client.getName()).isFalse();
        }
    }

    /** Orders of a kind that were answered with a 201. */
    List<Order> accepted(Predicate<Order> kind) {
        return this.answers.keySet().stream().filter(kind.and(this::created)).toList();
    }

    /** The other orders of that kind. */
    List<Order> unknown(Predicate<Order> kind) {
        return Stream.of(this.answers.keySet(), this.unanswered, this.truncated)
                .flatMap(Collection::stream)
                .filter(kind.and(Predicate.not(this::created)))
                .toList();
    }

    private boolean created(Order order) {
        Wire.Answer answer = this.answers.get(order);
        return answer != null && answer.status() == 201;
    }

    List<String> ids(Iterable<Order> orders) {
        List<String> ids = new ArrayList<>();
        orders.forEach(order -> ids.add(order.id()));
        return ids;
    }

    private void order(Function<String, Order> orders) {
        while (true) {
            try (Wire wire = new Wire(this.desk)) {
                converse(wire, orders);
            } catch (IOException ex) {
                // It is the connecting that failed.
                this.refused.incrementAndGet();
                return;
            }
        }
    }

    private void converse(Wire wire, Function<String, Order> orders) {
        boolean open = true;
        while (open) {
            Order order = orders.apply(Order.newId());
            try {
                Wire.Answer answer = wire.exchange(order);
                this.answers.put(order, answer);
                this.enough.countDown();
                open = answer.keepsAlive();
            } catch (IOException ex) {
                (wire.answering() ? this.truncated : this.unanswered).add(order);
                open = false;
            }
        }
    }
}
