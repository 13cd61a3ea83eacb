package dev.settle.autoconfigure;

import dev.settle.abort.AsyncAbortController;
import dev.settle.lifecycle.CallDrain;
import dev.settle.metrics.AbortMeters;
import dev.settle.metrics.CallMeters;
import dev.settle.metrics.ClusterMeters;
import dev.settle.plan.PlanRegistry;
import dev.settle.plan.PlannedPolicy;
import dev.settle.time.TimeSource;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Role;

/** Auto-configuration for Settle's meters, which are described in {@link dev.settle.metrics.SettleMeters}. */
@AutoConfiguration(
        after = SettleAutoConfiguration.class,
        afterName = {
            "org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration",
            "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration"
        })
@ConditionalOnBooleanProperty(name = "settle.enabled", matchIfMissing = true)
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnBean({MeterRegistry.class, PlanRegistry.class})
public class SettleMetricsAutoConfiguration {

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    CallMeters settleCallMeters(TimeSource time) {
        return new CallMeters(time);
    }

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    AbortMeters settleAbortMeters() {
        return new AbortMeters();
    }

    /** Boot's composite where there are several; without Boot's metrics nobody may have said which one counts. */
    private static MeterRegistry one(ObjectProvider<MeterRegistry> registries) {
        MeterRegistry one = registries.getIfUnique();
        if (one != null) {
            return one;
        }
        CompositeMeterRegistry all = new CompositeMeterRegistry();
        registries.orderedStream().forEach(all::add);
        return all;
    }

    /** Bound when all beans are there, because a registry that is made early misses what customizes it. */
    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    SmartInitializingSingleton settleMeters(
            ObjectProvider<MeterRegistry> registries,
            CallMeters calls,
            AbortMeters aborts,
            PlanRegistry plans,
            LazyClustering clustering,
            AsyncAbortController controller,
            CallDrain drain) {
        return () -> {
            MeterRegistry registry = one(registries);
            AtomicBoolean bound = new AtomicBoolean();
            plans.onEach(plan -> {
                calls.add(
                        registry,
                        plan.name(),
                        plan.policies().stream().map(PlannedPolicy::policy).toList());
                clustering
                        .used()
                        .filter(cluster -> bound.compareAndSet(false, true))
                        .ifPresent(cluster -> ClusterMeters.bindTo(registry, cluster));
            });
            aborts.bindTo(registry, controller.openPhases(), () -> controller.listening() + drain.waiting());
        };
    }
}
