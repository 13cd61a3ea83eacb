package dev.settle.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.CallRejectedException;
import dev.settle.annotation.Exclusive;
import dev.settle.autoconfigure.Startup;
import dev.settle.core.Results;
import dev.settle.test.VirtualTime;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Keys on what classes extend and implement. */
class KeyInheritanceTests {

    private final VirtualTime time = new VirtualTime();

    interface Item {

        String id();
    }

    record Order(String id) implements Item {}

    abstract static class Saving<T extends Item> {

        @Exclusive(onConflict = Exclusive.OnConflict.REJECT, key = "#item.id")
        public CompletableFuture<String> save(T item) {
            return new CompletableFuture<>();
        }
    }

    static class Orders extends Saving<Order> {}

    static class OwnOrders extends Saving<Order> {

        @Override
        public CompletableFuture<String> save(Order item) {
            return new CompletableFuture<>();
        }
    }

    interface Store<T> {

        @Exclusive(onConflict = Exclusive.OnConflict.REJECT, key = "#p0.id")
        CompletableFuture<String> load(T item);

        @Exclusive(onConflict = Exclusive.OnConflict.REJECT, key = "#item.id")
        default CompletableFuture<String> peek(Order item) {
            return new CompletableFuture<>();
        }
    }

    static class OrderStore implements Store<Order> {

        @Override
        public CompletableFuture<String> load(Order order) {
            return new CompletableFuture<>();
        }
    }

    interface Named {

        @Exclusive(key = "#item.id")
        CompletableFuture<String> load(Order item);
    }

    static class OtherName implements Named {

        @Override
        public CompletableFuture<String> load(Order order) {
            return new CompletableFuture<>();
        }
    }

    private <B> Object key(Class<B> type, Function<B, CompletableFuture<String>> call) {
        AtomicReference<Object> key = new AtomicReference<>();
        Startup.runner(this.time).withBean("orders", type).run(context -> {
            B bean = context.getBean(type);
            assertThat(call.apply(bean)).isNotDone();
            CallRejectedException rejected = (CallRejectedException) Results.failure(call.apply(bean));
            key.set(rejected.key().orElseThrow());
        });
        return key.get();
    }

    @Test
    void aMethodOfAGenericSuperclassHasItsKey() {
        assertThat(key(Orders.class, orders -> orders.save(new Order("7")))).isEqualTo("7");
    }

    @Test
    void aMethodThatOverridesAGenericOneHasItsKey() {
        assertThat(key(OwnOrders.class, orders -> orders.save(new Order("7")))).isEqualTo("7");
    }

    @Test
    void aCallThroughTheGenericSuperclassHasTheKey() {
        assertThat(key(OwnOrders.class, orders -> ((Saving<Order>) orders).save(new Order("7"))))
                .isEqualTo("7");
    }

    @Test
    void aCallThroughAGenericInterfaceHasTheKey() {
        assertThat(key(OrderStore.class, orders -> ((Store<Order>) orders).load(new Order("7"))))
                .isEqualTo("7");
    }

    @Test
    void aDefaultMethodHasItsKey() {
        assertThat(key(OrderStore.class, orders -> orders.peek(new Order("7")))).isEqualTo("7");
    }

    @Test
    void theNamesOfTheParametersAreThoseOfTheImplementation() {
        FailureAnalysis analysis = Startup.analysis(Startup.runner().withBean("orders", OtherName.class));

        assertThat(analysis.getDescription()).contains("\"#item.id\" reads #item, which does not exist");
        assertThat(analysis.getAction()).startsWith("Use #order, #p0,");
    }
}
