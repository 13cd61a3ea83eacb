package dev.settle.advice;

import org.springframework.aop.framework.Advised;
import org.springframework.aop.framework.AopInfrastructureBean;
import org.springframework.beans.factory.config.BeanPostProcessor;

/** Comes after all ordered post-processors, and puts Settle's advisors back where they belong among theirs. */
public final class AdvisorPlacement implements BeanPostProcessor, AopInfrastructureBean {

    private final SettleBeanPostProcessor advisors;

    /** Creates it for the advisors of this post-processor. */
    public AdvisorPlacement(SettleBeanPostProcessor advisors) {
        this.advisors = advisors;
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String beanName) {
        if (bean instanceof Advised advised) {
            this.advisors.place(advised, beanName);
        }
        return bean;
    }
}
