package dev.settle.benchmark.interception;

import org.aopalliance.intercept.MethodInterceptor;
import org.springframework.aop.framework.ProxyFactory;

/** Spring's own proxy around a bean, with one interceptor that does nothing. */
final class NoOp {

    private NoOp() {}

    static Desk desk() {
        ProxyFactory factory = new ProxyFactory(new Desk());
        factory.setProxyTargetClass(true);
        factory.addAdvice((MethodInterceptor) invocation -> invocation.proceed());
        return (Desk) factory.getProxy();
    }
}
