package dev.settle.autoconfigure;

import dev.settle.core.CallEvent;
import dev.settle.core.CallListener;
import dev.settle.core.Failures;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.BeansException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * The application's listeners. They may need beans that have plans themselves, so they are looked for when all beans are
 * there: not later, on whatever thread a call is then. What happens before that is told to those that can be made by then.
 */
final class CallListeners implements SmartInitializingSingleton {

    private final ObjectProvider<CallListener> beans;
    private volatile @Nullable CallListener all;

    CallListeners(ObjectProvider<CallListener> beans) {
        this.beans = beans;
    }

    @Override
    public void afterSingletonsInstantiated() {
        this.all = find();
    }

    void tell(CallEvent event) {
        CallListener found = this.all;
        ((found != null) ? found : find()).onEvent(event);
    }

    private CallListener find() {
        CallListener found = CallListener.none();
        try {
            found = CallListener.all(this.beans.orderedStream().toList());
        } catch (BeansException ex) {
            Failures.log(
                    CallListeners.class,
                    "The CallListeners of this application cannot be made, and are told nothing",
                    ex);
        }
        return found;
    }
}
