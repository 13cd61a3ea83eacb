package dev.settle.lifecycle;

import java.lang.reflect.Method;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.ExecutableMode;
import org.springframework.beans.factory.aot.BeanRegistrationAotContribution;
import org.springframework.beans.factory.aot.BeanRegistrationAotProcessor;
import org.springframework.beans.factory.support.RegisteredBean;
import org.springframework.util.ClassUtils;

/** Says ahead of time which methods will be called as cleanups. */
final class OnAbortAotProcessor implements BeanRegistrationAotProcessor {

    @Override
    public @Nullable BeanRegistrationAotContribution processAheadOfTime(RegisteredBean bean) {
        Set<Method> cleanups = OnAbortMethods.find(ClassUtils.getUserClass(bean.getBeanClass()))
                .keySet();
        if (cleanups.isEmpty()) {
            return null;
        }
        return (generation, code) -> cleanups.forEach(
                method -> generation.getRuntimeHints().reflection().registerMethod(method, ExecutableMode.INVOKE));
    }
}
