package dev.settle.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.annotation.Retry;
import dev.settle.annotation.Timeout;
import dev.settle.autoconfigure.Startup;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What classes hand down to those that extend them, and what they do not. */
class InheritedLookupTests {

    private static Map<String, String> plans(Class<?> type) {
        Map<String, String> shown = new TreeMap<>();
        Startup.runner()
                .run(context -> context.getBean(MethodPlans.class)
                        .of("prices", type, 0)
                        .forEach((method, plan) -> shown.put(
                                method.getName(),
                                plan.toString().substring(plan.toString().indexOf(": ") + 2))));
        return shown;
    }

    abstract static class Parent {

        @Retry(maxRetries = 6)
        public abstract void find();

        @Retry(maxRetries = 6)
        public void list() {}

        public void plain() {}

        @Retry(maxRetries = 6)
        void packagePrivate() {}
    }

    static class Child extends Parent {

        @Override
        public void find() {}

        @Override
        @Timeout("2s")
        public void list() {}
    }

    @Test
    void anAbstractMethodHandsItDown() {
        assertThat(plans(Child.class)).containsEntry("find", "Retry 6 times > method");
    }

    @Test
    void anotherAnnotationOnTheOverridingMethodComesOnTop() {
        assertThat(plans(Child.class)).containsEntry("list", "Retry 6 times > Timeout(ATTEMPT) 2 s > method");
    }

    @Test
    void aPackagePrivateMethodIsHandedDown() {
        assertThat(plans(Child.class)).containsEntry("packagePrivate", "Retry 6 times > method");
    }

    static class Own extends Child {

        @Override
        @Retry(maxRetries = 1)
        public void find() {}
    }

    @Test
    void theSameAnnotationOnTheOverridingMethodWins() {
        assertThat(plans(Own.class)).containsEntry("find", "Retry 1 times > method");
    }

    static class Grandchild extends Child {

        @Override
        public void find() {}
    }

    @Test
    void itIsHandedDownTwice() {
        assertThat(plans(Grandchild.class)).containsEntry("find", "Retry 6 times > method");
    }

    @Timeout("9s")
    static class AnnotatedChild extends Parent {

        @Override
        public void find() {}
    }

    @Test
    void anAnnotationOnAClassIsNotForWhatItInheritsUnchanged() {
        assertThat(plans(AnnotatedChild.class))
                .containsEntry("find", "Retry 6 times > Timeout(ATTEMPT) 9 s > method")
                .containsEntry("list", "Retry 6 times > method")
                .doesNotContainKey("plain");
    }

    @Retry(maxRetries = 9)
    static class ClassAgainstMethod extends Parent {

        @Override
        public void find() {}
    }

    @Test
    void theOverriddenMethodsAnnotationWinsAgainstTheClass() {
        assertThat(plans(ClassAgainstMethod.class)).containsEntry("find", "Retry 6 times > method");
    }

    interface Store<T> {

        @Retry(maxRetries = 4)
        T load(T key);
    }

    static class Orders implements Store<String> {

        @Override
        public String load(String key) {
            return key;
        }
    }

    @Test
    void aGenericInterfaceHandsItDown() {
        assertThat(plans(Orders.class)).containsOnly(Map.entry("load", "Retry 4 times > method"));
    }

    static class Saving<T> {

        @Retry(maxRetries = 4)
        public void save(T item) {}
    }

    static class SavingOrders extends Saving<String> {

        @Override
        public void save(String item) {}
    }

    @Test
    void aGenericSuperclassHandsItDown() {
        assertThat(plans(SavingOrders.class)).containsOnly(Map.entry("save", "Retry 4 times > method"));
    }

    interface Finder {

        @Retry(maxRetries = 3)
        void find();
    }

    static class WithBoth extends Parent implements Finder {

        @Override
        public void find() {}
    }

    @Test
    void theInterfaceThatAClassNamesItselfComesBeforeItsSuperclass() {
        assertThat(plans(WithBoth.class)).containsEntry("find", "Retry 3 times > method");
    }
}
