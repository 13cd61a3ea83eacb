package dev.settle.autoconfigure;

import dev.settle.core.CallObserver;
import dev.settle.core.CallObserver.ObservedCall;
import dev.settle.core.Failures;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.BeansException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;

/** What observes the application's calls: looked for by the rules of {@link CallListeners}. */
final class CallObservers implements SmartInitializingSingleton {

    private final ObjectProvider<CallObserver> beans;
    private volatile @Nullable CallObserver all;

    CallObservers(ObjectProvider<CallObserver> beans) {
        this.beans = beans;
    }

    @Override
    public void afterSingletonsInstantiated() {
        this.all = find();
    }

    @Nullable
    ObservedCall begin(String name) {
        CallObserver found = this.all;
        return ((found != null) ? found : find()).begin(name);
    }

    private CallObserver find() {
        try {
            return CallObserver.all(this.beans.orderedStream().toList());
        } catch (BeansException ex) {
            Failures.log(
                    CallObservers.class, "The CallObservers of this application cannot be made, and see nothing", ex);
            return CallObserver.all(List.of());
        }
    }
}
