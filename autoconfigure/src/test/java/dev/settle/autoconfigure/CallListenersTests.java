package dev.settle.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.core.CallEvent;
import dev.settle.core.CallListener;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;

/** Listeners are looked for once. */
class CallListenersTests {

    private static final CallEvent EVENT = new CallEvent("prices.find", Thread.State.NEW, "");

    private final AtomicInteger made = new AtomicInteger();
    private final List<CallEvent> told = new ArrayList<>();
    private final DefaultListableBeanFactory beans = new DefaultListableBeanFactory();
    private final CallListeners listeners = new CallListeners(this.beans.getBeanProvider(CallListener.class));

    CallListenersTests() {
        this.beans.registerSingleton("first", (CallListener) this.told::add);
    }

    private void addAnother() {
        this.beans.registerSingleton("other" + this.made.incrementAndGet(), (CallListener) this.told::add);
    }

    @Test
    void thoseOfTheApplicationAreKnownWhenItsBeansAreThere() {
        this.listeners.afterSingletonsInstantiated();
        addAnother();

        this.listeners.tell(EVENT);

        assertThat(this.told).containsExactly(EVENT);
    }

    @Test
    void anEventBeforeThatIsToldToThoseThereAre() {
        this.listeners.tell(EVENT);

        assertThat(this.told).containsExactly(EVENT);
    }

    @Test
    void oneThatCameAfterAnEarlyEventIsKnownInTheEnd() {
        this.listeners.tell(EVENT);
        addAnother();
        this.listeners.afterSingletonsInstantiated();

        this.listeners.tell(EVENT);

        assertThat(this.told).hasSize(3);
    }
}
