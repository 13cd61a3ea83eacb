package dev.settle.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.annotation.Bulkhead;
import dev.settle.core.CallObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.BeanDefinitionBuilder;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** Observers are looked for once. */
class CallObserversTests {

    private final AtomicInteger made = new AtomicInteger();
    private final List<String> seen = new ArrayList<>();
    private final DefaultListableBeanFactory beans = new DefaultListableBeanFactory();
    private final CallObservers observers = new CallObservers(this.beans.getBeanProvider(CallObserver.class));

    private CallObserver observer(String own) {
        return name -> {
            this.seen.add(own + " sees " + name);
            return null;
        };
    }

    private void add() {
        String name = "observer " + this.made.incrementAndGet();
        this.beans.registerSingleton(name, observer(name));
    }

    private void begins(String name) {
        assertThat(this.observers.begin(name)).as("nobody wants to know more").isNull();
    }

    @Test
    void thoseOfTheApplicationAreKnownWhenItsBeansAreThere() {
        add();
        this.observers.afterSingletonsInstantiated();
        add();

        begins("prices.find");

        assertThat(this.seen).containsExactly("observer 1 sees prices.find");
    }

    @Test
    void aCallBeforeThatIsSeenByThoseThereAre() {
        add();

        begins("prices.find");

        assertThat(this.seen).containsExactly("observer 1 sees prices.find");
    }

    @Test
    void oneThatCameAfterAnEarlyCallIsKnownInTheEnd() {
        begins("prices.early");
        add();
        this.observers.afterSingletonsInstantiated();

        begins("prices.find");

        assertThat(this.seen).containsExactly("observer 1 sees prices.find");
    }

    @Test
    void observersThatCannotBeMadeSeeNothing() {
        this.beans.registerBeanDefinition(
                "broken",
                BeanDefinitionBuilder.genericBeanDefinition(CallObserver.class, () -> {
                            throw new IllegalStateException("a broken bean: this is expected");
                        })
                        .getBeanDefinition());
        this.observers.afterSingletonsInstantiated();

        begins("prices.find");

        assertThat(this.seen).isEmpty();
    }

    @Test
    void everyObserverOfAnApplicationSeesItsCalls() {
        ApplicationContextRunner app = Startup.runner()
                .withBean("one", CallObserver.class, () -> observer("one"))
                .withBean("other", CallObserver.class, () -> observer("other"))
                .withBean("shop", Shop.class);

        app.run(context -> context.getBean(Shop.class).price());

        assertThat(this.seen).containsExactly("one sees shop.price", "other sees shop.price");
    }

    static class Shop {

        @Bulkhead(1)
        public void price() {}
    }
}
