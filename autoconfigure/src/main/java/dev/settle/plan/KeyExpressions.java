package dev.settle.plan;

import dev.settle.core.Call;
import dev.settle.core.CallKey;
import dev.settle.core.InvalidSettingException;
import java.lang.reflect.Method;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.context.expression.BeanFactoryResolver;
import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.NativeDetector;
import org.springframework.core.ParameterNameDiscoverer;
import org.springframework.expression.ParseException;
import org.springframework.expression.spel.SpelCompilerMode;
import org.springframework.expression.spel.SpelParserConfiguration;
import org.springframework.expression.spel.standard.SpelExpression;
import org.springframework.expression.spel.standard.SpelExpressionParser;
import org.springframework.expression.spel.support.StandardEvaluationContext;

/**
 * Key expressions over the arguments of a method: parsed and checked once, compiled when they are used much. A plain
 * parameter is read without SpEL.
 */
final class KeyExpressions {

    private static final Pattern PLAIN = Pattern.compile("#(\\w+)");
    private static final ParameterNameDiscoverer NAMES = new DefaultParameterNameDiscoverer();

    private final BeanFactory beans;
    private final SpelExpressionParser parser;
    private final StandardEvaluationContext delegates = new StandardEvaluationContext();

    KeyExpressions(BeanFactory beans, @Nullable ClassLoader loader) {
        this.beans = beans;
        // Nothing is compiled in a native image.
        SpelCompilerMode mode = NativeDetector.inNativeImage() ? SpelCompilerMode.OFF : SpelCompilerMode.MIXED;
        this.parser = new SpelExpressionParser(new SpelParserConfiguration(mode, loader));
        this.delegates.setBeanResolver(new BeanFactoryResolver(beans));
    }

    CallKey compile(String attribute, String text, Method method) {
        Map<String, Integer> variables = variables(method);
        Matcher plain = PLAIN.matcher(text);
        Integer index = plain.matches() ? variables.get(plain.group(1)) : null;
        if (index != null) {
            int plainIndex = index;
            return call -> call.arguments()[plainIndex];
        }
        SpelExpression expression = parse(attribute, text);
        new KeyExpressionCheck(attribute, text, variables.keySet(), this.beans).check(expression.getAST());
        return call -> expression.getValue(new Arguments(method, call, variables));
    }

    private SpelExpression parse(String attribute, String text) {
        try {
            return this.parser.parseRaw(text);
        } catch (ParseException ex) {
            throw new InvalidSettingException(
                    attribute,
                    "\"" + text + "\" is no expression (" + ex.getSimpleMessage() + ")",
                    "write SpEL over the arguments, as in \"#id\" or \"{#from, #to}\"");
        }
    }

    /** By name, where the compiler has kept the names, and by position. */
    static Map<String, Integer> variables(Method method) {
        Map<String, Integer> variables = new LinkedHashMap<>();
        @Nullable String[] names = NAMES.getParameterNames(method);
        for (int i = 0; i < method.getParameterCount(); i++) {
            // Of a suspend function there is one name less: its continuation has none.
            String name = (names == null || i >= names.length) ? null : names[i];
            if (name != null) {
                variables.put(name, i);
            }
        }
        for (int i = 0; i < method.getParameterCount(); i++) {
            variables.putIfAbsent("p" + i, i);
            variables.putIfAbsent("a" + i, i);
        }
        return variables;
    }

    /** What {@code #root} is; public methods, because compiled expressions call them. */
    public static final class Root {

        private final Method method;
        private final Call call;

        private Root(Method method, Call call) {
            this.method = method;
            this.call = call;
        }

        /** The method. */
        public Method getMethod() {
            return this.method;
        }

        /** The bean. */
        public @Nullable Object getTarget() {
            return this.call.target();
        }

        /** The arguments. */
        public @Nullable Object[] getArgs() {
            return this.call.arguments();
        }
    }

    /** One evaluation: nothing is copied. */
    private final class Arguments extends StandardEvaluationContext {

        private final @Nullable Object[] arguments;
        private final Map<String, Integer> variables;

        Arguments(Method method, Call call, Map<String, Integer> variables) {
            super(new Root(method, call));
            this.arguments = call.arguments();
            this.variables = variables;
            KeyExpressions.this.delegates.applyDelegatesTo(this);
            setBeanResolver(KeyExpressions.this.delegates.getBeanResolver());
        }

        @Override
        public @Nullable Object lookupVariable(String name) {
            Integer index = this.variables.get(name);
            return (index != null) ? this.arguments[index] : super.lookupVariable(name);
        }
    }
}
