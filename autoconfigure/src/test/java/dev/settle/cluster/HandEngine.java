package dev.settle.cluster;

import java.util.EnumSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** An engine whose answers come when the test says so. */
public final class HandEngine implements ClusterEngine {

    final List<LeaseRequest> leases = new CopyOnWriteArrayList<>();
    final List<RateRequest> rates = new CopyOnWriteArrayList<>();
    private final List<CompletableFuture<@Nullable Lease>> leaseAnswers = new CopyOnWriteArrayList<>();
    private final List<CompletableFuture<RateDecision>> rateAnswers = new CopyOnWriteArrayList<>();
    private CompletableFuture<?> prepared = CompletableFuture.completedFuture(null);
    private int looks;
    private boolean never;
    private @Nullable Error thrown;
    private final Set<Capability> capabilities = EnumSet.allOf(Capability.class);

    HandEngine without(Capability missing) {
        this.capabilities.remove(missing);
        return this;
    }

    @Override
    public String name() {
        return "the engine";
    }

    @Override
    public Set<Capability> capabilities() {
        return this.capabilities;
    }

    /** From now on nobody finds it, until the test says so. */
    CompletableFuture<?> hide() {
        this.prepared = new CompletableFuture<>();
        return this.prepared;
    }

    void show() {
        this.prepared = CompletableFuture.completedFuture(null);
    }

    /** The next question cannot even be put. */
    void throwOnce(Error error) {
        this.thrown = error;
    }

    /** Whatever fails, it is there. */
    void never() {
        this.never = true;
    }

    @Override
    public boolean isAway(Throwable failure) {
        return !this.never;
    }

    @Override
    public CompletionStage<?> prepare(String key) {
        this.looks++;
        return this.prepared;
    }

    /** How many questions for a lease there were. */
    public int asked() {
        return this.leases.size();
    }

    int looks() {
        return this.looks;
    }

    @Override
    public CompletionStage<@Nullable Lease> acquire(LeaseRequest request) {
        Error error = this.thrown;
        if (error != null) {
            this.thrown = null;
            throw error;
        }
        CompletableFuture<@Nullable Lease> answer = new CompletableFuture<>();
        // Last what tests wait for: it may be asked on another thread.
        this.leaseAnswers.add(answer);
        this.leases.add(request);
        return answer;
    }

    @Override
    public CompletionStage<RateDecision> consume(RateRequest request) {
        CompletableFuture<RateDecision> answer = new CompletableFuture<>();
        this.rateAnswers.add(answer);
        this.rates.add(request);
        return answer;
    }

    /** Gives a lease to the question of that number. */
    public HandLease give(int number) {
        HandLease lease = new HandLease(number);
        this.leaseAnswers.get(number).complete(lease);
        return lease;
    }

    /** There was none in that time. */
    void giveNone(int number) {
        this.leaseAnswers.get(number).complete(null);
    }

    public void fail(int number) {
        this.leaseAnswers.get(number).completeExceptionally(new IllegalStateException("connection refused"));
    }

    void failRate(int number) {
        this.rateAnswers.get(number).completeExceptionally(new IllegalStateException("connection refused"));
    }

    void decide(int number, @Nullable RateDecision decision) {
        this.rateAnswers.get(number).complete(decision);
    }

    /** A lease whose renewals and release are answered by hand. */
    public static final class HandLease implements Lease {

        final List<CompletableFuture<Boolean>> renewals = new CopyOnWriteArrayList<>();
        private final List<CompletableFuture<@Nullable Void>> releases = new CopyOnWriteArrayList<>();
        private final long token;

        HandLease(long token) {
            this.token = token;
        }

        @Override
        public OptionalLong fencingToken() {
            return OptionalLong.of(this.token);
        }

        @Override
        public CompletionStage<Boolean> renew() {
            this.renewals.add(new CompletableFuture<>());
            return this.renewals.get(this.renewals.size() - 1);
        }

        @Override
        public CompletionStage<?> release() {
            this.releases.add(new CompletableFuture<>());
            return this.releases.get(this.releases.size() - 1);
        }

        /** Each time that it was given back: once, if all is well. */
        public List<? extends CompletableFuture<?>> releases() {
            return this.releases;
        }

        /** The engine says that it is somebody else's by now. */
        public void lose() {
            this.renewals.get(this.renewals.size() - 1).complete(false);
        }

        /** The engine is away when it is given back, the last time. */
        void fails() {
            this.releases.get(this.releases.size() - 1).completeExceptionally(new IllegalStateException("away"));
        }

        public void released() {
            this.releases.get(0).complete(null);
        }
    }
}
