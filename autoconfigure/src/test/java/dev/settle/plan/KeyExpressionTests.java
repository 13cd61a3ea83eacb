package dev.settle.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.CallRejectedException;
import dev.settle.annotation.Bulkhead;
import dev.settle.autoconfigure.Startup;
import dev.settle.core.Results;
import dev.settle.test.VirtualTime;
import java.lang.reflect.Method;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a key expression may read. The key is seen in the rejection of a second call that has the same. */
class KeyExpressionTests {

    private final VirtualTime time = new VirtualTime();

    record Order(String id, List<String> items) {}

    /** A bean that keys may ask. */
    static class Tenants {

        public String current() {
            return "north";
        }

        public String of(String id) {
            return "north/" + id;
        }
    }

    static class Prices {

        public String region() {
            return "west";
        }

        @Bulkhead(value = 1, maxWait = "0s", key = "#id")
        public CompletableFuture<String> byName(String other, String id) {
            return new CompletableFuture<>();
        }

        @Bulkhead(value = 1, maxWait = "0s", key = "#p1")
        public CompletableFuture<String> byPosition(String other, String id) {
            return new CompletableFuture<>();
        }

        @Bulkhead(value = 1, maxWait = "0s", key = "#a1")
        public CompletableFuture<String> byArgument(String other, String id) {
            return new CompletableFuture<>();
        }

        @Bulkhead(value = 1, maxWait = "0s", key = "#p0")
        public CompletableFuture<String> nameBeforePosition(String p1, String p0) {
            return new CompletableFuture<>();
        }

        @Bulkhead(value = 1, maxWait = "0s", key = "#mod")
        public CompletableFuture<String> operator(String mod) {
            return new CompletableFuture<>();
        }

        @Bulkhead(value = 1, maxWait = "0s", key = "#count")
        public CompletableFuture<String> primitive(int count) {
            return new CompletableFuture<>();
        }

        @Bulkhead(value = 1, maxWait = "0s", key = "#order.id")
        public CompletableFuture<String> property(Order order) {
            return new CompletableFuture<>();
        }

        @Bulkhead(value = 1, maxWait = "0s", key = "#order?.id ?: 'none'")
        public CompletableFuture<String> orElse(Order order) {
            return new CompletableFuture<>();
        }

        @Bulkhead(value = 1, maxWait = "0s", key = "#id.toLowerCase().substring(0, #length)")
        public CompletableFuture<String> methods(String id, int length) {
            return new CompletableFuture<>();
        }

        @Bulkhead(value = 1, maxWait = "0s", key = "{#from, #to}")
        public CompletableFuture<String> list(String from, String to) {
            return new CompletableFuture<>();
        }

        @Bulkhead(value = 1, maxWait = "0s", key = "#orders.![id]")
        public CompletableFuture<String> projection(List<Order> orders) {
            return new CompletableFuture<>();
        }

        @Bulkhead(value = 1, maxWait = "0s", key = "#orders.?[items.empty].![id]")
        public CompletableFuture<String> selection(List<Order> orders) {
            return new CompletableFuture<>();
        }

        @Bulkhead(value = 1, maxWait = "0s", key = "#vip ? 'vip' : #id")
        public CompletableFuture<String> ternary(boolean vip, String id) {
            return new CompletableFuture<>();
        }

        @Bulkhead(value = 1, maxWait = "0s", key = "'all'")
        public CompletableFuture<String> literal() {
            return new CompletableFuture<>();
        }

        @Bulkhead(value = 1, maxWait = "0s", key = "T(java.lang.Math).abs(#number)")
        public CompletableFuture<String> type(int number) {
            return new CompletableFuture<>();
        }

        @Bulkhead(value = 1, maxWait = "0s", key = "@tenants.current()")
        public CompletableFuture<String> bean() {
            return new CompletableFuture<>();
        }

        @Bulkhead(value = 1, maxWait = "0s", key = "@'tenants'.of(#id)")
        public CompletableFuture<String> quotedBean(String id) {
            return new CompletableFuture<>();
        }

        @Bulkhead(value = 1, maxWait = "0s", key = "#root.method")
        public CompletableFuture<String> method() {
            return new CompletableFuture<>();
        }

        @Bulkhead(value = 1, maxWait = "0s", key = "#root.method.name + '/' + #id")
        public CompletableFuture<String> methodName(String id) {
            return new CompletableFuture<>();
        }

        @Bulkhead(value = 1, maxWait = "0s", key = "#root.target.region()")
        public CompletableFuture<String> target() {
            return new CompletableFuture<>();
        }

        @Bulkhead(value = 1, maxWait = "0s", key = "#root.args[1]")
        public CompletableFuture<String> arguments(String other, String id) {
            return new CompletableFuture<>();
        }

        @Bulkhead(value = 1, maxWait = "0s", key = "args.length")
        public CompletableFuture<String> withoutRoot(String other, String id) {
            return new CompletableFuture<>();
        }

        @Bulkhead(value = 1, maxWait = "0s", key = "${the.key:#id}")
        public CompletableFuture<String> placeholder(String id) {
            return new CompletableFuture<>();
        }
    }

    private Object key(Function<Prices, CompletableFuture<String>> call, String... properties) {
        AtomicReference<Object> key = new AtomicReference<>();
        Startup.runner(this.time)
                .withBean("prices", Prices.class)
                .withBean("tenants", Tenants.class)
                .withPropertyValues(properties)
                .run(context -> {
                    Prices prices = context.getBean(Prices.class);
                    assertThat(call.apply(prices)).isNotDone();
                    key.set(keyOf(call.apply(prices)));
                });
        return key.get();
    }

    private static Object keyOf(CompletableFuture<String> rejected) {
        return ((CallRejectedException) Results.failure(rejected)).key().orElseThrow();
    }

    @Test
    void aParameterIsReadByItsName() {
        assertThat(key(prices -> prices.byName("other", "7"))).isEqualTo("7");
    }

    @Test
    void aParameterIsReadByItsPosition() {
        assertThat(key(prices -> prices.byPosition("other", "7"))).isEqualTo("7");
        assertThat(key(prices -> prices.byArgument("other", "7"))).isEqualTo("7");
    }

    @Test
    void aNameThatLooksLikeAPositionIsAName() {
        assertThat(key(prices -> prices.nameBeforePosition("other", "7"))).isEqualTo("7");
    }

    /** SpEL could not even parse it: "mod" is an operator there. */
    @Test
    void aPlainParameterIsReadWithoutSpel() {
        assertThat(key(prices -> prices.operator("7"))).isEqualTo("7");
    }

    @Test
    void aPrimitiveIsAKey() {
        assertThat(key(prices -> prices.primitive(7))).isEqualTo(7);
    }

    @Test
    void aPropertyOfAParameterIsRead() {
        assertThat(key(prices -> prices.property(new Order("7", List.of())))).isEqualTo("7");
    }

    @Test
    void whatIsMissingMayHaveAnotherKey() {
        assertThat(key(prices -> prices.orElse(null))).isEqualTo("none");
    }

    @Test
    void methodsOfAParameterAreCalledWithOthers() {
        assertThat(key(prices -> prices.methods("ABC", 2))).isEqualTo("ab");
    }

    @Test
    void aListIsOneKey() {
        assertThat(key(prices -> prices.list("a", "b"))).isEqualTo(List.of("a", "b"));
    }

    @Test
    void aProjectionIsAKey() {
        assertThat(key(prices -> prices.projection(List.of(new Order("7", List.of()), new Order("8", List.of())))))
                .isEqualTo(List.of("7", "8"));
    }

    @Test
    void aSelectionIsAKey() {
        assertThat(key(prices -> prices.selection(List.of(new Order("7", List.of()), new Order("8", List.of("egg"))))))
                .isEqualTo(List.of("7"));
    }

    @Test
    void aConditionChoosesTheKey() {
        assertThat(key(prices -> prices.ternary(true, "7"))).isEqualTo("vip");
        assertThat(key(prices -> prices.ternary(false, "7"))).isEqualTo("7");
    }

    @Test
    void aLiteralIsAKey() {
        assertThat(key(Prices::literal)).isEqualTo("all");
    }

    @Test
    void aTypeIsAsked() {
        assertThat(key(prices -> prices.type(-7))).isEqualTo(7);
    }

    @Test
    void aBeanIsAsked() {
        assertThat(key(Prices::bean)).isEqualTo("north");
        assertThat(key(prices -> prices.quotedBean("7"))).isEqualTo("north/7");
    }

    @Test
    void theMethodIsAKey() throws Exception {
        Method method = Prices.class.getMethod("method");

        assertThat(key(Prices::method)).isEqualTo(method);
        assertThat(key(prices -> prices.methodName("7"))).isEqualTo("methodName/7");
    }

    @Test
    void theBeanItselfIsAsked() {
        assertThat(key(Prices::target)).isEqualTo("west");
    }

    @Test
    void theArgumentsAreRead() {
        assertThat(key(prices -> prices.arguments("other", "7"))).isEqualTo("7");
        assertThat(key(prices -> prices.withoutRoot("other", "7"))).isEqualTo(2);
    }

    @Test
    void aPlaceholderIsFilledInBeforeItIsRead() {
        assertThat(key(prices -> prices.placeholder("ABC"))).isEqualTo("ABC");
        assertThat(key(prices -> prices.placeholder("ABC"), "the.key=#id.toLowerCase()"))
                .isEqualTo("abc");
    }

    /** Used as often as this, an expression is compiled. */
    @Test
    void anExpressionThatIsUsedOftenReadsTheSame() {
        Startup.runner(this.time)
                .withBean("prices", Prices.class)
                .withBean("tenants", Tenants.class)
                .run(context -> {
                    Prices prices = context.getBean(Prices.class);
                    IntStream.range(0, 500).forEach(i -> {
                        Order order = new Order("order " + i, List.of());
                        prices.property(order);
                        assertThat(keyOf(prices.property(order))).isEqualTo("order " + i);
                        prices.quotedBean("" + i);
                        assertThat(keyOf(prices.quotedBean("" + i))).isEqualTo("north/" + i);
                        prices.methodName("" + i);
                        assertThat(keyOf(prices.methodName("" + i))).isEqualTo("methodName/" + i);
                    });
                });
    }
}
