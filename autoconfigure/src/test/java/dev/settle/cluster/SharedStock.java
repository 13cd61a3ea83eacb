package dev.settle.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.CallRejectedException;
import dev.settle.CallRejectedException.Reason;
import dev.settle.abort.AbortSignal;
import dev.settle.annotation.Exclusive;
import dev.settle.annotation.Exclusive.OnConflict;
import dev.settle.annotation.Scope;
import dev.settle.autoconfigure.Startup;
import dev.settle.core.Results;
import dev.settle.test.VirtualTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** A bean with methods that exclude those of all instances, and work that a test ends by hand. */
class SharedStock {

    private final List<CompletableFuture<String>> works = new ArrayList<>();
    private final List<AbortSignal> signals = new ArrayList<>();
    private final List<ClusterLease> leases = new ArrayList<>();
    private final ObjectProvider<SharedStock> self;

    SharedStock(ObjectProvider<SharedStock> self) {
        this.self = self;
    }

    private CompletableFuture<String> work() {
        this.works.add(new CompletableFuture<>());
        this.signals.add(AbortSignal.current());
        ClusterLease.find().ifPresent(this.leases::add);
        return this.works.get(this.works.size() - 1);
    }

    @Exclusive(name = "count", scope = Scope.CLUSTER, maxWait = "2s")
    public CompletableFuture<String> count() {
        return work();
    }

    @Exclusive(name = "book", scope = Scope.CLUSTER, key = "#items")
    public CompletableFuture<String> book(List<String> items) {
        return work();
    }

    @Exclusive(name = "close", scope = Scope.CLUSTER, onConflict = OnConflict.REJECT)
    public CompletableFuture<String> close() {
        return work();
    }

    @Exclusive(name = "mixed", scope = Scope.CLUSTER, key = "{#one, #other}")
    public CompletableFuture<String> mixed(Object one, Object other) {
        return work();
    }

    @Exclusive(name = "impatient", scope = Scope.CLUSTER, queueCapacity = 0)
    public CompletableFuture<String> impatient() {
        return work();
    }

    @Exclusive(name = "outer", scope = Scope.CLUSTER)
    public CompletableFuture<String> nested() {
        return this.self.getObject().count();
    }

    /** Two methods of one name are one lock in the cluster. */
    @Exclusive(name = "same", scope = Scope.CLUSTER, key = "#item")
    public CompletableFuture<String> twice(String item) {
        return this.self.getObject().again(item);
    }

    @Exclusive(name = "same", scope = Scope.CLUSTER, key = "#item")
    public CompletableFuture<String> again(String item) {
        return work();
    }

    @Exclusive(name = "odd", scope = Scope.CLUSTER, key = "#item")
    public CompletableFuture<String> odd(Object item) {
        return work();
    }

    static ApplicationContextRunner app(VirtualTime time, HandEngine engine) {
        return Startup.runner(time)
                .withBean(ClusterEngine.class, () -> engine)
                .withBean(SharedStock.class)
                .withPropertyValues("spring.application.name=shop", "settle.cluster.lease-time=9s");
    }

    static Reason refused(CompletableFuture<?> call) {
        assertThat(Results.failure(call)).isInstanceOf(CallRejectedException.class);
        return ((CallRejectedException) Results.failure(call)).reason();
    }

    public List<CompletableFuture<String>> works() {
        return this.works;
    }

    public List<AbortSignal> signals() {
        return this.signals;
    }

    public List<ClusterLease> leases() {
        return this.leases;
    }

    public List<Long> tokens() {
        return this.leases.stream().map(ClusterLease::fencingToken).toList();
    }
}
