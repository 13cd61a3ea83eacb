package dev.settle.weaving;

import dev.settle.plan.MethodPlan;
import java.lang.reflect.Method;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** All applications in mode {@code aspectj} that this class loader has: what the aspect, which is no bean, asks. */
final class WovenApplications {

    private static final WeakObjects<WovenPlans> BEANS = new WeakObjects<>();
    private static final List<WovenApplication> STARTED = new CopyOnWriteArrayList<>();

    private WovenApplications() {}

    static boolean none() {
        return STARTED.isEmpty() && BEANS.isEmpty();
    }

    static void add(Object bean, WovenPlans plans) {
        BEANS.put(bean, plans);
    }

    static void started(WovenApplication application) {
        STARTED.add(application);
    }

    static void closed(WovenApplication application) {
        STARTED.remove(application);
    }

    /** The plan of an execution, or null. */
    static @Nullable MethodPlan planOf(Object target, Method method) {
        WovenPlans bean = BEANS.get(target);
        return (bean != null) ? bean.of(method) : planOfNoBean(target, method);
    }

    /** By the application that started last. */
    private static @Nullable MethodPlan planOfNoBean(Object target, Method method) {
        WovenApplication last = null;
        for (WovenApplication started : STARTED) {
            last = started;
        }
        return (last != null) ? last.planOfNoBean(target, method) : null;
    }
}
