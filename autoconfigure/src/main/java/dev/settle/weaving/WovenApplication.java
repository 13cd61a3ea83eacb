package dev.settle.weaving;

import dev.settle.advice.Weaving;
import dev.settle.plan.MethodPlan;
import dev.settle.plan.MethodPlans;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.util.ClassUtils;
import org.springframework.util.StringUtils;

/**
 * The plans of one application in mode {@code aspectj}: those of its beans, and, from its start to its end, those of objects
 * that are no beans.
 */
public final class WovenApplication implements Weaving, SmartInitializingSingleton, DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(WovenApplication.class);

    private final Supplier<MethodPlans> plans;
    private final Set<Class<?>> warned = ConcurrentHashMap.newKeySet();
    private final Set<WovenPlans> beans = ConcurrentHashMap.newKeySet();
    private final Map<Class<?>, WovenPlans> noBeans = new ConcurrentHashMap<>();

    /**
     * Creates it, before any of its beans.
     *
     * @param plans makes the plans of objects that are no beans, when the first of a class is called
     */
    public WovenApplication(Supplier<MethodPlans> plans) {
        this.plans = plans;
    }

    @Override
    public boolean isWoven(Method method) {
        return WovenMethods.isWoven(method);
    }

    @Override
    public Beans beans(Class<?> type, Map<Method, MethodPlan> plans) {
        List<Method> missing =
                plans.keySet().stream().filter(method -> !isWoven(method)).toList();
        if (!missing.isEmpty() && !type.isInterface() && !Proxy.isProxyClass(type)) {
            warn(type, missing);
        }
        WovenPlans known = new WovenPlans(plans);
        this.beans.add(known);
        return new WovenBeans(type, plans, known, missing.isEmpty());
    }

    private void warn(Class<?> type, List<Method> missing) {
        if (this.warned.add(type)) {
            log.warn(
                    "settle.mode is 'aspectj', but these methods of {} are not woven: {}. Their policies apply to calls that"
                            + " come through the bean's proxy, not to those that an object makes to itself.",
                    type.getName(),
                    missing.stream().map(Method::getName).distinct().sorted().toList());
        }
    }

    @Nullable
    MethodPlan planOfNoBean(Object target, Method method) {
        Class<?> type = ClassUtils.getUserClass(target);
        WovenPlans known = this.noBeans.get(type);
        if (known == null) {
            // Not computeIfAbsent: to make plans may create beans that call other woven methods. The first is kept.
            Map<Method, MethodPlan> plans = this.plans.get().of(name(type), type, 0);
            WovenPlans made = new WovenPlans(plans);
            WovenPlans first = this.noBeans.putIfAbsent(type, made);
            if (first == null) {
                this.plans.get().register(plans.values());
            }
            known = (first != null) ? first : made;
        }
        return known.of(method);
    }

    private static String name(Class<?> type) {
        String name = ClassUtils.getShortName(type);
        return StringUtils.uncapitalize(name.substring(name.lastIndexOf('.') + 1));
    }

    @Override
    public void afterSingletonsInstantiated() {
        WovenApplications.started(this);
    }

    @Override
    public void destroy() {
        WovenApplications.closed(this);
        this.beans.forEach(WovenPlans::forget);
    }
}
