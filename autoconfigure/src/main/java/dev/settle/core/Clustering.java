package dev.settle.core;

import java.util.function.Function;

/** Has policies count for all instances of the application together, through an engine that they share. */
public interface Clustering {

    /** There is no engine: nothing may ask for one. */
    static Clustering none() {
        return new Clustering() {
            @Override
            public <S> TunableStep<S> around(
                    TunableStep<S> local, S settings, Function<? super S, ClusterLimit> limits, PolicyContext context) {
                throw new InvalidSettingException(
                        "scope",
                        "there is no engine that instances could share",
                        "add org.redisson:redisson and have one RedissonClient bean (of several, one that is @Primary), or"
                                + " spring-boot-data-redis and say where Redis is (spring.data.redis.*); or use LOCAL");
            }
        };
    }

    /**
     * A step of the policy for this instance, and inside of it the question to the engine.
     *
     * @param local keeps the line of this instance, so that the engine is not asked by all who wait
     * @param limits reads from the settings what holds for all instances
     * @throws InvalidSettingException when the engine cannot do what is asked for
     */
    <S> TunableStep<S> around(
            TunableStep<S> local, S settings, Function<? super S, ClusterLimit> limits, PolicyContext context);
}
