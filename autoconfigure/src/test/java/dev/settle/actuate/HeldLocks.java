package dev.settle.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.core.Results;
import dev.settle.queue.SpinLock;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.locks.Lock;

/** Takes every lock that can be reached from some objects of Settle's, on a thread of its own. */
final class HeldLocks {

    private static final long DEEP_STACK = 64L << 20;

    /** What the updaters of fields that are spin locks are called. */
    private static final Set<String> SPIN_LOCKS = Set.of("LOCK", "GATE");

    private final Set<Object> reached = Collections.newSetFromMap(new IdentityHashMap<>());

    void of(Object root) throws IllegalAccessException {
        Deque<Object> next = new ArrayDeque<>();
        next.add(root);
        while (!next.isEmpty()) {
            Object object = next.remove();
            boolean plain = object.getClass() == Object.class || object instanceof Lock;
            boolean ours = object.getClass().getName().startsWith("dev.settle.policy.")
                    || object.getClass().getName().startsWith("dev.settle.queue.")
                    || object.getClass().getName().startsWith("dev.settle.abort.InFlight")
                    || object.getClass().getName().equals("dev.settle.abort.Stripe");
            if ((plain || ours) && !this.reached.add(object)) {
                continue;
            }
            if (object instanceof Map<?, ?> map) {
                next.addAll(map.values());
            } else if (object instanceof Collection<?> all) {
                next.addAll(all);
            } else if (object instanceof Object[] array) {
                Arrays.stream(array).filter(one -> one != null).forEach(next::add);
            } else if (ours) {
                addFields(object, next);
            }
        }
    }

    private static void addFields(Object object, Deque<Object> next) throws IllegalAccessException {
        for (Class<?> type = object.getClass(); type.getName().startsWith("dev.settle"); type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
                    field.setAccessible(true);
                    Object value = field.get(object);
                    if (value != null) {
                        next.add(value);
                    }
                }
            }
        }
    }

    /** Until the latch opens; the future is done when all are held. */
    CompletableFuture<Void> hold(CountDownLatch until) {
        assertThat(this.reached).as("locks").isNotEmpty();
        CompletableFuture<Void> held = new CompletableFuture<>();
        Deque<Object> all = new ArrayDeque<>(this.reached);
        new Thread(null, () -> hold(all, held, until), "holder", DEEP_STACK).start();
        return held;
    }

    private static void hold(Deque<Object> left, CompletableFuture<Void> held, CountDownLatch until) {
        Object next = left.poll();
        if (next == null) {
            held.complete(null);
            try {
                Results.await(until);
            } catch (InterruptedException ex) {
                Thread.currentThread().interrupt();
            }
            return;
        }
        List<AtomicIntegerFieldUpdater<Object>> spinning = spinLocks(next);
        if (next instanceof Lock lock) {
            lock.lock();
        }
        spinning.forEach(lock -> SpinLock.lock(lock, next));
        try {
            synchronized (next) {
                hold(left, held, until);
            }
        } finally {
            spinning.forEach(lock -> SpinLock.unlock(lock, next));
            if (next instanceof Lock lock) {
                lock.unlock();
            }
        }
    }

    @SuppressWarnings("unchecked") // each is for the class that it is found in
    private static List<AtomicIntegerFieldUpdater<Object>> spinLocks(Object owner) {
        List<AtomicIntegerFieldUpdater<Object>> locks = new ArrayList<>();
        for (Class<?> type = owner.getClass(); type != null; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (field.getType() == AtomicIntegerFieldUpdater.class && SPIN_LOCKS.contains(field.getName())) {
                    field.setAccessible(true);
                    try {
                        locks.add((AtomicIntegerFieldUpdater<Object>) field.get(null));
                    } catch (IllegalAccessException ex) {
                        throw new AssertionError(ex);
                    }
                }
            }
        }
        return locks;
    }
}
