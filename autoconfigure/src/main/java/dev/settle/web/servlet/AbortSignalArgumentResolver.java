package dev.settle.web.servlet;

import dev.settle.abort.AbortSignal;
import dev.settle.web.RequestSources;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** The signal of the request, for a parameter of a controller's method. */
public final class AbortSignalArgumentResolver implements HandlerMethodArgumentResolver {

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == AbortSignal.class;
    }

    @Override
    public Object resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders) {
        Object signal = request.getAttribute(RequestSources.ATTRIBUTE, RequestAttributes.SCOPE_REQUEST);
        return (signal != null) ? signal : AbortSignal.current();
    }
}
