package dev.settle.autoconfigure;

import dev.settle.cluster.Cluster;
import dev.settle.cluster.ClusterEngine;
import dev.settle.cluster.redisson.RedissonEngine;
import dev.settle.core.InvalidSettingException;
import dev.settle.plan.InvalidPlanException;
import dev.settle.plan.PlanRegistry;
import dev.settle.time.TimeSource;
import org.redisson.api.RedissonClient;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails;
import org.springframework.boot.data.redis.autoconfigure.DataRedisProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Role;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;
import org.springframework.util.function.SingletonSupplier;

/**
 * Auto-configuration for the engine that instances share, where there is one. It is looked for in the background, and only where a
 * method needs it: an application starts whether Redis is there or not.
 */
@AutoConfiguration(
        after = SettleAutoConfiguration.class,
        afterName = {
            "org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration",
            "org.redisson.spring.starter.RedissonAutoConfiguration",
            "org.redisson.spring.starter.RedissonAutoConfigurationV2",
            "org.redisson.spring.starter.RedissonAutoConfigurationV4"
        })
@ConditionalOnBean(PlanRegistry.class)
public class SettleClusterAutoConfiguration {

    @Bean
    @Lazy
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    @ConditionalOnBean(ClusterEngine.class)
    Cluster settleCluster(ClusterEngine engine, SettleProperties properties, TimeSource time, Environment environment) {
        SettleProperties.Cluster cluster = properties.getCluster();
        String application = environment.getProperty("spring.application.name", "application");
        try {
            return new Cluster(engine, cluster.toSettings(application), time);
        } catch (InvalidSettingException ex) {
            throw new InvalidPlanException(
                    "Property settle.cluster." + ex.attribute(),
                    ex.problem(),
                    StringUtils.capitalize(ex.remedy()) + ".",
                    ex);
        }
    }

    /** An application's own client is used as it is. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(RedissonClient.class)
    @ConditionalOnSingleCandidate(RedissonClient.class)
    static class OfTheApplication {

        @Bean
        @Lazy
        @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
        @ConditionalOnMissingBean
        ClusterEngine settleClusterEngine(ObjectProvider<RedissonClient> client) {
            // Each command asks for it.
            return new RedissonEngine(SingletonSupplier.of(client::getObject));
        }
    }

    /** Otherwise there is one that nobody else sees, to where Boot's own Redis is. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass({RedissonClient.class, DataRedisConnectionDetails.class})
    @ConditionalOnBean(DataRedisConnectionDetails.class)
    @ConditionalOnMissingBean(RedissonClient.class)
    static class OfItsOwn {

        @Bean
        @Lazy
        @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
        @ConditionalOnMissingBean(ClusterEngine.class)
        PrivateRedisson settlePrivateRedisson(
                DataRedisConnectionDetails details,
                ObjectProvider<DataRedisProperties> redis,
                SettleProperties properties) {
            DataRedisProperties where = redis.getIfUnique();
            return new PrivateRedisson(
                    details,
                    (where == null) ? null : where.getUrl(),
                    properties.getCluster().getCommandTimeout());
        }

        @Bean
        @Lazy
        @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
        @ConditionalOnMissingBean
        ClusterEngine settleClusterEngine(PrivateRedisson client) {
            return new RedissonEngine(client::get);
        }
    }
}
