package dev.settle.cluster.redisson;

import dev.settle.cluster.ClusterEngine;
import dev.settle.cluster.Lease;
import dev.settle.cluster.LeaseRequest;
import dev.settle.cluster.RateDecision;
import dev.settle.cluster.RateRequest;
import dev.settle.core.Failures;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.redisson.RedissonFencedLock;
import org.redisson.api.RFencedLock;
import org.redisson.api.RPermitExpirableSemaphore;
import org.redisson.api.RScript;
import org.redisson.api.RedissonClient;
import org.redisson.client.RedisException;
import org.redisson.client.RedisOutOfMemoryException;
import org.redisson.client.codec.StringCodec;

/**
 * Redis or Valkey, through Redisson. Locks and semaphores are Redisson's; each call is an owner of its own, whatever thread it
 * runs on. Rates are counted by a script, on the server's clock: Redisson's limiter counts on that of the client, and does not say
 * when to come back.
 */
public final class RedissonEngine implements ClusterEngine {

    /** A lock is a hash with its owner as the only field. Its token must not expire with it, as it would by the client's method. */
    private static final String RENEW = """
            if redis.call('hexists', KEYS[1], ARGV[1]) == 0 then
              return 0
            end
            return redis.call('pexpire', KEYS[1], ARGV[2])
            """;

    /** The times of the starts that count; zero for one that may be, or the microseconds until the oldest counts no more. */
    private static final String START = """
            local clock = redis.call('time')
            local now = clock[1] * 1000000 + clock[2]
            local window = tonumber(ARGV[1])
            redis.call('zremrangebyscore', KEYS[1], '-inf', string.format('%.0f', now - window))
            if redis.call('zcard', KEYS[1]) < tonumber(ARGV[2]) then
              redis.call('zadd', KEYS[1], string.format('%.0f', now), ARGV[3])
              redis.call('pexpire', KEYS[1], math.ceil(window / 1000))
              return 0
            end
            local oldest = redis.call('zrange', KEYS[1], 0, 0, 'withscores')
            return math.max(1, oldest[2] + window - now)
            """;

    /** What a semaphore keeps is forgotten when nobody has asked for it so long. */
    private static final Duration IDLE = Duration.ofDays(1);

    private final Supplier<? extends RedissonClient> client;
    /** From anywhere: other engines may use the same client, and have owners of their own. */
    private final AtomicLong owners = new AtomicLong(new SecureRandom().nextLong());

    private final String starts = UUID.randomUUID() + ":";

    /** By a client that is made when it is first needed. */
    public RedissonEngine(Supplier<? extends RedissonClient> client) {
        this.client = client;
    }

    @Override
    public String name() {
        return "Redis";
    }

    @Override
    public Set<Capability> capabilities() {
        return EnumSet.allOf(Capability.class);
    }

    @Override
    public CompletionStage<?> prepare(String key) {
        return this.client.get().getFencedLock(key).isLockedAsync();
    }

    /**
     * What the server has against a command comes as just this; whatever keeps the command from the server has a class of its own,
     * or a cause, as when a connection is refused. A server that has no room is there.
     */
    @Override
    public boolean isAway(Throwable failure) {
        return failure.getCause() != null
                || (failure.getClass() != RedisException.class && !(failure instanceof RedisOutOfMemoryException));
    }

    @Override
    public CompletionStage<? extends @Nullable Lease> acquire(LeaseRequest request) {
        return request.fenced() ? lock(request) : permit(request);
    }

    private CompletionStage<@Nullable Lease> lock(LeaseRequest request) {
        RFencedLock lock = this.client.get().getFencedLock(request.key());
        long owner = this.owners.incrementAndGet();
        return token(lock, request, owner)
                .whenComplete((token, failure) -> {
                    if (failure != null) {
                        // The server may lock for it all the same, as soon as it gets to it: what is asked later comes
                        // later there.
                        lock.unlockAsync(owner);
                    }
                })
                .thenApply(token -> (token == null) ? null : new LockLease(lock, owner, token, request.time()));
    }

    /** At once by the class that it is; the interface has no owner but the thread. */
    private static CompletionStage<@Nullable Long> token(RFencedLock lock, LeaseRequest request, long owner) {
        long wait = request.maxWait().toMillis();
        long time = request.time().toMillis();
        if (lock instanceof RedissonFencedLock known) {
            return known.tryLockAndGetTokenAsync(wait, time, TimeUnit.MILLISECONDS, owner);
        }
        return lock.tryLockAsync(wait, time, TimeUnit.MILLISECONDS, owner)
                .thenCompose(locked ->
                        locked ? lock.getTokenAsync() : CompletableFuture.<@Nullable Long>completedFuture(null));
    }

    private CompletionStage<@Nullable Lease> permit(LeaseRequest request) {
        RPermitExpirableSemaphore semaphore = this.client.get().getPermitExpirableSemaphore(request.key());
        // Each asker sets the number that it knows: it may have been tuned, and the first one would count for ever.
        // By the list: what is refused by the other form of the method is leaked, if it is cancelled.
        return semaphore
                .setPermitsAsync(request.permits())
                .thenCompose(set -> semaphore.tryAcquireAsync(
                        1, request.maxWait().toMillis(), request.time().toMillis(), TimeUnit.MILLISECONDS))
                .thenApply(ids -> {
                    if (ids.isEmpty()) {
                        return null;
                    }
                    // Nobody waits for this one; the next call does it again.
                    semaphore.expireAsync(IDLE);
                    return new PermitLease(semaphore, ids.get(0), request.time());
                });
    }

    @Override
    public CompletionStage<RateDecision> consume(RateRequest request) {
        return this.client
                .get()
                .getScript(StringCodec.INSTANCE)
                .<Long>evalAsync(
                        RScript.Mode.READ_WRITE,
                        START,
                        RScript.ReturnType.LONG,
                        List.of(request.key()),
                        String.valueOf(
                                TimeUnit.NANOSECONDS.toMicros(request.window().toNanos())),
                        String.valueOf(request.limit()),
                        this.starts + this.owners.incrementAndGet())
                .thenApply(micros -> (micros == 0)
                        ? RateDecision.ALLOWED
                        : RateDecision.notBefore(Duration.ofNanos(TimeUnit.MICROSECONDS.toNanos(micros))));
    }

    private final class LockLease implements Lease {

        private final RFencedLock lock;
        private final long owner;
        private final long token;
        private final Duration time;

        LockLease(RFencedLock lock, long owner, long token, Duration time) {
            this.lock = lock;
            this.owner = owner;
            this.token = token;
            this.time = time;
        }

        @Override
        public OptionalLong fencingToken() {
            return OptionalLong.of(this.token);
        }

        @Override
        public CompletionStage<Boolean> renew() {
            RedissonClient redisson = RedissonEngine.this.client.get();
            return redisson.getScript(StringCodec.INSTANCE)
                    .evalAsync(
                            RScript.Mode.READ_WRITE,
                            RENEW,
                            RScript.ReturnType.BOOLEAN,
                            List.of(this.lock.getName()),
                            redisson.getId() + ":" + this.owner,
                            String.valueOf(this.time.toMillis()));
        }

        @Override
        public CompletionStage<?> release() {
            return this.lock.unlockAsync(this.owner).exceptionally(failure -> {
                if (Failures.unwrap(failure) instanceof IllegalMonitorStateException) {
                    // It has another owner by now, or none.
                    return null;
                }
                throw new CompletionException(failure);
            });
        }
    }

    private record PermitLease(RPermitExpirableSemaphore semaphore, String id, Duration time) implements Lease {

        @Override
        public OptionalLong fencingToken() {
            return OptionalLong.empty();
        }

        @Override
        public CompletionStage<Boolean> renew() {
            this.semaphore.expireAsync(IDLE);
            return this.semaphore.updateLeaseTimeAsync(this.id, this.time.toMillis(), TimeUnit.MILLISECONDS);
        }

        @Override
        public CompletionStage<?> release() {
            return this.semaphore.tryReleaseAsync(this.id);
        }
    }
}
