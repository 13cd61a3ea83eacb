package dev.settle.advice;

import dev.settle.plan.MethodPlan;
import java.lang.reflect.Method;
import java.util.Map;
import org.aopalliance.intercept.MethodInterceptor;
import org.jspecify.annotations.Nullable;

/** What runs the plans of calls that no proxy sees. */
public interface Weaving {

    /** Whether calls of this method are caught however they come. */
    boolean isWoven(Method method);

    /** Learns of beans of one name and class, and of their plans. */
    Beans beans(Class<?> type, Map<Method, MethodPlan> plans);

    /** Beans of one name and class. */
    interface Beans {

        /** Learns of one of them. */
        void add(Object bean);

        /** Stands at the end of a bean's interceptors. */
        MethodInterceptor innermost();

        /** Whether no method needs a proxy. */
        boolean everyMethodIsWoven();
    }

    /** The plan of a method as it is called. */
    static @Nullable MethodPlan planOf(Method called, Class<?> type, Map<Method, MethodPlan> plans) {
        return SettleInterceptor.planOf(called, type, plans);
    }
}
