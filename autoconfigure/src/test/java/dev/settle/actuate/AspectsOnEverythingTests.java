package dev.settle.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import org.aspectj.lang.ProceedingJoinPoint;
import org.aspectj.lang.annotation.Around;
import org.aspectj.lang.annotation.Aspect;
import org.junit.jupiter.api.Test;
import org.springframework.aop.support.AopUtils;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.aop.AopAutoConfiguration;

/** An application's aspect may be around whatever carries some annotation, also where that is Settle's. */
class AspectsOnEverythingTests {

    @Test
    void endpointsAndAdviceWorkInsideAnAspect() {
        Actuators.tomcat()
                .withConfiguration(AutoConfigurations.of(AopAutoConfiguration.class))
                .withBean("stock", Stock.class)
                .withBean(Everything.class)
                .withPropertyValues(Actuators.UNRESTRICTED)
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(AopUtils.isAopProxy(context.getBean(ConcurrencyEndpoint.class)))
                            .isTrue();
                    assertThat(Operator.of(context)
                                    .post(
                                            "/concurrency/stock.find",
                                            "{\"policy\": \"bulkhead\", \"settings\": {\"value\": 30}}")
                                    .status())
                            .isEqualTo(200);
                    assertThat(Operator.of(context).get("/abortgroups").status())
                            .isEqualTo(200);
                });
    }

    @Aspect
    static class Everything {

        @Around("@within(org.springframework.boot.actuate.endpoint.annotation.Endpoint)"
                + " || @within(org.springframework.boot.actuate.endpoint.web.annotation.EndpointWebExtension)"
                + " || @within(org.springframework.web.bind.annotation.ControllerAdvice)")
        Object around(ProceedingJoinPoint call) throws Throwable {
            return call.proceed();
        }
    }
}
