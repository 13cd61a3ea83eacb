package dev.settle.plan;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.springframework.aot.hint.ExecutableMode;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.beans.BeansException;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.core.ResolvableType;
import org.springframework.expression.ExpressionException;
import org.springframework.expression.spel.SpelNode;
import org.springframework.expression.spel.ast.BeanReference;
import org.springframework.expression.spel.ast.CompoundExpression;
import org.springframework.expression.spel.ast.Indexer;
import org.springframework.expression.spel.ast.MethodReference;
import org.springframework.expression.spel.ast.Projection;
import org.springframework.expression.spel.ast.PropertyOrFieldReference;
import org.springframework.expression.spel.ast.Selection;
import org.springframework.expression.spel.ast.TypeReference;
import org.springframework.expression.spel.ast.VariableReference;
import org.springframework.expression.spel.standard.SpelExpressionParser;
import org.springframework.expression.spel.support.StandardTypeLocator;
import org.springframework.util.ReflectionUtils;
import org.springframework.util.StringUtils;

/** Follows a key expression along the types it will see, and registers the methods and fields that it reads there. */
final class KeyHints {

    private static final ResolvableType ROOT = ResolvableType.forClass(KeyExpressions.Root.class);

    private final RuntimeHints hints;
    private final ConfigurableBeanFactory beans;
    private final Class<?> target;
    private final Method method;
    private final Map<String, Integer> variables;

    KeyHints(RuntimeHints hints, ConfigurableBeanFactory beans, Class<?> target, Method method) {
        this.hints = hints;
        this.beans = beans;
        this.target = target;
        this.method = method;
        this.variables = KeyExpressions.variables(method);
    }

    /** What cannot be resolved or parsed yet is left to the start: it has the properties, and knows how to complain. */
    void register(String key) {
        try {
            String text = this.beans.resolveEmbeddedValue(key);
            if (StringUtils.hasText(text)) {
                follow(new SpelExpressionParser().parseRaw(text).getAST(), ROOT);
            }
        } catch (ExpressionException | BeansException | IllegalArgumentException ex) {
            // Said at the start.
        }
    }

    /** The type of what a node gives, when it is evaluated on an object of a type. */
    private ResolvableType follow(SpelNode node, ResolvableType on) {
        if (node instanceof CompoundExpression) {
            ResolvableType type = on;
            for (int i = 0; i < node.getChildCount(); i++) {
                type = follow(node.getChild(i), type);
            }
            return type;
        }
        if (node instanceof Projection || node instanceof Selection) {
            ResolvableType each = follow(node.getChild(0), element(on));
            return (node instanceof Selection) ? on : ResolvableType.forArrayComponent(each);
        }
        for (int i = 0; i < node.getChildCount(); i++) {
            follow(node.getChild(i), ROOT);
        }
        if (node instanceof PropertyOrFieldReference property) {
            String name = StringUtils.capitalize(property.getName());
            return member(on, Set.of(property.getName(), "get" + name, "is" + name), property.getName());
        }
        if (node instanceof MethodReference called) {
            return member(on, Set.of(called.getName()), "");
        }
        return (node instanceof Indexer) ? element(on) : start(node, node.toStringAST());
    }

    private ResolvableType start(SpelNode node, String written) {
        if (node instanceof VariableReference) {
            Integer index = this.variables.get(written.substring(1));
            return (index != null)
                    ? ResolvableType.forMethodParameter(this.method, index, this.target)
                    : written.equals("#root") ? ROOT : ResolvableType.NONE;
        }
        if (node instanceof BeanReference) {
            Class<?> type = this.beans.getType(written.replaceAll("^[@&]|'", ""), false);
            return ResolvableType.forClass(type);
        }
        if (node instanceof TypeReference) {
            return ResolvableType.forClass(new StandardTypeLocator(this.beans.getBeanClassLoader())
                    .findType(written.substring(2, written.length() - 1)));
        }
        return ResolvableType.NONE;
    }

    private ResolvableType member(ResolvableType on, Set<String> methods, String field) {
        Class<?> type = on.resolve();
        if (type == null) {
            return ResolvableType.NONE;
        }
        if (type == KeyExpressions.Root.class) {
            this.hints.reflection().registerType(type, MemberCategory.INVOKE_PUBLIC_METHODS);
        }
        ResolvableType result = ResolvableType.NONE;
        for (Method each : type.getMethods()) {
            if (methods.contains(each.getName())) {
                this.hints.reflection().registerMethod(each, ExecutableMode.INVOKE);
                result = field.isEmpty() || each.getParameterCount() == 0 ? resultOf(each, on) : result;
            }
        }
        Field found = field.isEmpty() ? null : ReflectionUtils.findField(type, field);
        if (found != null && Arrays.asList(type.getFields()).contains(found)) {
            this.hints.reflection().registerField(found);
            result = ResolvableType.forField(found, on);
        }
        return result;
    }

    private ResolvableType resultOf(Method called, ResolvableType on) {
        boolean target = on == ROOT && called.getName().equals("getTarget");
        return target ? ResolvableType.forClass(this.target) : ResolvableType.forMethodReturnType(called, on.toClass());
    }

    private static ResolvableType element(ResolvableType on) {
        return on.isArray() ? on.getComponentType() : on.as(Iterable.class).getGeneric();
    }
}
