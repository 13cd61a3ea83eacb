package dev.settle.aot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.aot.hint.predicate.RuntimeHintsPredicates.reflection;

import dev.settle.annotation.Exclusive;
import dev.settle.annotation.OnAbort;
import dev.settle.annotation.Retry;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.context.annotation.Bean;

/** What single beans add to the hints for reflection. */
class PlanHintsTests {

    static class Planned {

        @Retry
        void find() {}

        void plain() {}
    }

    @Test
    void aMethodWithAPolicyMayBeCalled() {
        Processed processed = Processed.of(Planned.class);

        assertThat(reflection().onMethodInvocation(Planned.class, "find")).accepts(processed.hints());
    }

    @Test
    void theProxyMayBeMade() {
        assertThat(proxies(Planned.class)).isNotEmpty();
    }

    /** Their number differs when the JVM has made others of the class. */
    private static List<String> proxies(Class<?> type) {
        return Processed.of(type)
                .hints()
                .reflection()
                .typeHints()
                .map(hint -> hint.getType().getName())
                .filter(name -> name.startsWith(type.getName() + "$$SpringCGLIB$$"))
                .toList();
    }

    interface Finder {

        @Retry
        String find(String id);
    }

    static class Lambdas {

        @Bean
        Finder finder() {
            return id -> id;
        }
    }

    @Test
    void theProxyOfAnInterfaceMayBeMade() {
        assertThat(Processed.of(Lambdas.class).hints().proxies().jdkProxyHints())
                .anySatisfy(hint -> assertThat(hint.getProxiedInterfaces())
                        .extracting(type -> type.getName())
                        .contains(Finder.class.getName()));
    }

    static class Rule implements Predicate<Throwable> {

        @Override
        public boolean test(Throwable failure) {
            return true;
        }
    }

    static class Wish implements Function<Throwable, Object> {

        @Override
        public Object apply(Throwable failure) {
            return null;
        }
    }

    @Retention(RetentionPolicy.RUNTIME)
    @Retry(predicate = Rule.class)
    @interface Patient {}

    static class Ruled {

        @Patient
        void composed() {}

        @Retry(retryAfter = Wish.class)
        void wishes() {}
    }

    @Test
    void whatARetryNamesMayBeMade() {
        Processed processed = Processed.of(Ruled.class);

        assertThat(List.of(Rule.class, Wish.class))
                .allSatisfy(type -> assertThat(reflection()
                                .onType(type)
                                .withMemberCategory(MemberCategory.INVOKE_DECLARED_CONSTRUCTORS))
                        .accepts(processed.hints()));
    }

    record Customer(String id, String unused) {}

    public static final class Order {

        public String field;

        public Customer getCustomer() {
            return new Customer("7", "");
        }

        public Customer[] all() {
            return new Customer[0];
        }
    }

    static class Ids {

        public String of(Order order) {
            return order.field;
        }

        public static String parse(String text) {
            return text;
        }
    }

    static class Keyed {

        @Exclusive(key = "#order.customer.id")
        CompletableFuture<Void> chain(Order order) {
            return null;
        }

        @Exclusive(key = "{#p0.field, #order?.all().![id]}")
        CompletableFuture<Void> list(Order order) {
            return null;
        }

        @Exclusive(key = "#orders.?[field != ''].![customer]")
        CompletableFuture<Void> each(List<Order> orders) {
            return null;
        }

        @Exclusive(key = "@ids.of(#order)")
        CompletableFuture<Void> bean(Order order) {
            return null;
        }

        @Exclusive(key = "#root.target.prefix() + T(dev.settle.aot.PlanHintsTests$Ids).parse(#id)")
        CompletableFuture<Void> root(String id) {
            return null;
        }

        public String prefix() {
            return "";
        }
    }

    static class WithIds {

        @Bean
        Ids ids() {
            return new Ids();
        }

        @Bean
        Keyed keyed() {
            return new Keyed();
        }
    }

    @Test
    void whatKeysReadMayBeRead() {
        Processed processed = Processed.of(WithIds.class);

        assertThat(List.of(
                        reflection().onMethodInvocation(Order.class, "getCustomer"),
                        reflection().onMethodInvocation(Customer.class, "id"),
                        reflection().onFieldAccess(Order.class, "field"),
                        reflection().onMethodInvocation(Order.class, "all"),
                        reflection().onMethodInvocation(Ids.class, "of"),
                        reflection().onMethodInvocation(Ids.class, "parse"),
                        reflection().onMethodInvocation(Keyed.class, "prefix")))
                .allSatisfy(hint -> assertThat(hint).accepts(processed.hints()));
    }

    @Test
    void whatKeysDoNotReadIsLeftOut() {
        assertThat(reflection().onMethodInvocation(Customer.class, "unused"))
                .rejects(Processed.of(WithIds.class).hints());
    }

    static class Broken {

        @Exclusive(key = "${none}")
        void unresolved(String id) {}

        @Exclusive(key = "#id.")
        void unfinished(String id) {}

        @Exclusive(key = "T(no.such.Type).of(#id) + @nobody.knows(#id)")
        void unknown(String id) {}
    }

    @Test
    void aKeyThatCannotBeFollowedIsLeftToTheStart() {
        assertThat(reflection().onMethodInvocation(Broken.class, "unfinished"))
                .accepts(Processed.of(Broken.class).hints());
    }

    static class Cleaned {

        @OnAbort
        private void close() {}
    }

    @Test
    void aCleanupMayBeCalled() {
        assertThat(reflection().onMethodInvocation(Cleaned.class, "close"))
                .accepts(Processed.of(Cleaned.class).hints());
    }

    static class Plain {

        public void find() {}
    }

    @Test
    void aBeanWithoutAnnotationsGetsNoProxy() {
        assertThat(proxies(Plain.class)).isEmpty();
    }
}
