package dev.settle.autoconfigure;

import dev.settle.abort.AsyncAbortController;
import dev.settle.actuate.SettleHealthIndicator;
import dev.settle.plan.PlanRegistry;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.SearchStrategy;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.autoconfigure.contributor.HealthContributorAutoConfiguration;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration for the health of an application's calls: out of service while it is draining or stopping. Each context
 * has its own, because each has its own calls, so a parent's does not count.
 */
@AutoConfiguration(after = SettleAutoConfiguration.class, before = HealthContributorAutoConfiguration.class)
@ConditionalOnClass({HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class})
@ConditionalOnBean({AsyncAbortController.class, PlanRegistry.class})
public class SettleHealthAutoConfiguration {

    @Bean
    @ConditionalOnEnabledHealthIndicator("settle")
    @ConditionalOnMissingBean(name = "settleHealthIndicator", search = SearchStrategy.CURRENT)
    SettleHealthIndicator settleHealthIndicator(AsyncAbortController controller, PlanRegistry registry) {
        return new SettleHealthIndicator(controller, registry);
    }
}
