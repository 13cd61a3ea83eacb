package dev.settle.advice;

import dev.settle.plan.MethodPlan;
import java.lang.reflect.Method;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.Advised;

/** What the beans of one name and class get: the advisor, and with weaving another one at the end. */
record BeanAdvice(
        Collection<MethodPlan> plans,
        SettleAdvisor outermost,
        @Nullable SettleAdvisor innermost,
        Weaving.@Nullable Beans woven) {

    static BeanAdvice of(
            SettleAdvisor outermost, Class<?> type, Map<Method, MethodPlan> plans, Weaving.@Nullable Beans woven) {
        SettleAdvisor innermost = (woven != null) ? SettleAdvisor.innermost(woven.innermost(), type, plans) : null;
        return new BeanAdvice(plans.values(), outermost, innermost, woven);
    }

    void learn(Object bean) {
        if (this.woven != null) {
            this.woven.add(bean);
        }
    }

    void addTo(Advised advised, int position) {
        advised.addAdvisor(position, this.outermost);
        if (this.innermost != null) {
            advised.addAdvisor(this.innermost);
        }
    }

    boolean needsNoProxy() {
        return this.woven != null && this.woven.everyMethodIsWoven();
    }
}
