package dev.settle.autoconfigure;

import dev.settle.abort.AsyncAbortController;
import dev.settle.advice.AdvisorPlacement;
import dev.settle.advice.SettleBeanPostProcessor;
import dev.settle.advice.Weaving;
import dev.settle.cluster.Cluster;
import dev.settle.context.MdcContext;
import dev.settle.core.CallContext;
import dev.settle.core.CallHost;
import dev.settle.core.CallListener;
import dev.settle.core.CallObserver;
import dev.settle.core.InvalidSettingException;
import dev.settle.core.NonBlockingThreads;
import dev.settle.core.PolicyContext;
import dev.settle.core.UnobservedFailures;
import dev.settle.lifecycle.CallDrain;
import dev.settle.plan.InvalidPlanException;
import dev.settle.plan.MethodPlans;
import dev.settle.plan.MethodPlansFactory;
import dev.settle.plan.PlanRegistry;
import dev.settle.plan.PolicyBindings;
import dev.settle.policy.retry.RetryBudget;
import dev.settle.time.TimeSource;
import java.util.Locale;
import java.util.function.IntFunction;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Role;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/** Auto-configuration for Settle's annotations, the abort controller and the shutdown. */
@AutoConfiguration
@ConditionalOnBooleanProperty(name = "settle.enabled", matchIfMissing = true)
@EnableConfigurationProperties(SettleProperties.class)
@Import({ShutdownConfiguration.class, TuningConfiguration.class, ContextConfiguration.class, WeavingConfiguration.class
})
public final class SettleAutoConfiguration {

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    @ConditionalOnMissingBean
    TimeSource settleTimeSource() {
        return TimeSource.system();
    }

    /** Static, because the post-processor needs it before anything else is there. */
    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    @ConditionalOnMissingBean
    static PolicyBindings settlePolicyBindings() {
        return new PolicyBindings(PolicyBindings.OUTERMOST_FIRST);
    }

    /** Static, and with suppliers only but for the list: a post-processor must not create other beans early. */
    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static SettleBeanPostProcessor settleBeanPostProcessor(
            PolicyBindings bindings,
            ObjectProvider<MethodPlans> plans,
            ObjectProvider<Weaving> weaving,
            Environment environment) {
        int order = environment.getProperty("settle.advisor-order", Integer.class, Ordered.HIGHEST_PRECEDENCE);
        return new SettleBeanPostProcessor(bindings, plans::getObject, order, weaving.getIfAvailable());
    }

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static AdvisorPlacement settleAdvisorPlacement(SettleBeanPostProcessor advisors) {
        return new AdvisorPlacement(advisors);
    }

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    CallListeners settleCallListeners(ObjectProvider<CallListener> beans) {
        return new CallListeners(beans);
    }

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    CallObservers settleCallObservers(ObjectProvider<CallObserver> beans) {
        return new CallObservers(beans);
    }

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    LazyClustering settleClustering(ObjectProvider<Cluster> clusters) {
        return new LazyClustering(clusters);
    }

    @Bean
    UnobservedFailures settleUnobservedFailures(TimeSource time) {
        return new UnobservedFailures(time);
    }

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    MethodPlans settleMethodPlans(
            PolicyBindings bindings,
            PlanRegistry registry,
            DefaultListableBeanFactory beans,
            SettleProperties properties,
            TimeSource time,
            AsyncAbortController controller,
            CallDrain drain,
            UnobservedFailures unobserved,
            ObjectProvider<Weaving> weaving,
            ObjectProvider<CallContext> context,
            LazyClustering clustering,
            CallListeners listeners,
            CallObservers observers) {
        PolicyContext.Shared shared = MethodPlansFactory.shared();
        properties.getBudgets().forEach((name, budget) -> {
            RetryBudget.Settings settings = settings(name, budget);
            shared.get(RetryBudget.class, name, key -> RetryBudget.of(settings, time));
        });
        CallContext carrier = new MdcContext(context.getIfAvailable(CallContext::none));
        CallHost host = new CallHost(
                controller.inFlight(),
                drain.stopping(),
                carrier,
                listeners::tell,
                NonBlockingThreads.found(),
                unobserved,
                observers::begin);
        IntFunction<PolicyContext> contexts =
                phase -> new PolicyContext("", false, time, shared, controller.phase(phase)::onAbort, clustering);
        Weaving woven = weaving.getIfAvailable();
        checkMode(properties.getMode(), woven != null);
        return MethodPlansFactory.create(
                bindings, beans, contexts, host, (woven != null) ? woven::isWoven : null, registry);
    }

    /** Whether code is woven is a condition, which has been decided before: in a build ahead of time, or by the very word. */
    private static void checkMode(SettleProperties.Mode mode, boolean woven) {
        if (woven != (mode == SettleProperties.Mode.ASPECTJ)) {
            throw new InvalidPlanException(
                    "Property settle.mode",
                    "it asks for mode " + mode.name().toLowerCase(Locale.ROOT)
                            + ", but the application has been set up for " + (woven ? "aspectj" : "proxy"),
                    "Write 'proxy' or 'aspectj', and, for an application that is prepared ahead of time, the same in the build"
                            + " and at the start.",
                    null);
        }
    }

    private static RetryBudget.Settings settings(String name, SettleProperties.Budget budget) {
        try {
            return budget.toSettings();
        } catch (InvalidSettingException ex) {
            throw new InvalidPlanException(
                    "Property settle.budgets." + name + "." + ex.attribute(),
                    ex.problem(),
                    StringUtils.capitalize(ex.remedy()) + ".",
                    ex);
        }
    }
}
