package dev.settle.autoconfigure;

import dev.settle.plan.InvalidPlanException;
import dev.settle.plan.MethodPlans;
import dev.settle.weaving.WovenApplication;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Role;
import org.springframework.util.ClassUtils;

/** Lets woven code run plans. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "settle.mode", havingValue = "aspectj")
class WeavingConfiguration {

    /** Static, because the post-processor needs it before anything else is there. */
    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static WovenApplication settleWeaving(ObjectProvider<MethodPlans> plans, ConfigurableBeanFactory beans) {
        if (!ClassUtils.isPresent("org.aspectj.lang.ProceedingJoinPoint", beans.getBeanClassLoader())) {
            throw new InvalidPlanException(
                    "Property settle.mode",
                    "'aspectj' needs AspectJ, which is not on the class path",
                    "Add org.aspectj:aspectjweaver to the application and start the JVM with it as its -javaagent, or remove"
                            + " the property.",
                    null);
        }
        return new WovenApplication(plans::getObject);
    }
}
