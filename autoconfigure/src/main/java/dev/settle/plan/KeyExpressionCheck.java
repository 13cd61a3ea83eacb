package dev.settle.plan;

import dev.settle.core.InvalidSettingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.expression.spel.SpelNode;
import org.springframework.expression.spel.ast.BeanReference;
import org.springframework.expression.spel.ast.CompoundExpression;
import org.springframework.expression.spel.ast.FunctionReference;
import org.springframework.expression.spel.ast.MethodReference;
import org.springframework.expression.spel.ast.Projection;
import org.springframework.expression.spel.ast.PropertyOrFieldReference;
import org.springframework.expression.spel.ast.Selection;
import org.springframework.expression.spel.ast.VariableReference;

/**
 * Looks through a parsed key expression for what cannot be there when it is evaluated. SpEL would give null for an unknown
 * variable, and only then.
 */
final class KeyExpressionCheck {

    private static final Set<String> OWN = Set.of("root", "this");
    private static final Set<String> OF_ROOT = Set.of("method", "target", "args");
    private static final Set<String> GETTERS_OF_ROOT = Set.of("getMethod", "getTarget", "getArgs");

    private final String attribute;
    private final String text;
    private final Set<String> variables;
    private final BeanFactory beans;

    KeyExpressionCheck(String attribute, String text, Set<String> variables, BeanFactory beans) {
        this.attribute = attribute;
        this.text = text;
        this.variables = variables;
        this.beans = beans;
    }

    void check(SpelNode expression) {
        check(expression, true);
    }

    /** Checks a node; a bare name at the root is one of the root's members. */
    private void check(SpelNode node, boolean atRoot) {
        if (node instanceof VariableReference || node instanceof FunctionReference) {
            checkVariable(node);
        } else if (node instanceof BeanReference) {
            checkBean(node.toStringAST());
        } else if (atRoot) {
            checkMember(node, "");
        }
        checkChildren(node, atRoot);
    }

    private void checkChildren(SpelNode node, boolean atRoot) {
        boolean sameRoot = atRoot && !(node instanceof Projection) && !(node instanceof Selection);
        for (int i = 0; i < node.getChildCount(); i++) {
            SpelNode child = node.getChild(i);
            if (!(node instanceof CompoundExpression) || i == 0) {
                check(child, sameRoot);
                continue;
            }
            if (i == 1 && node.getChild(0).toStringAST().equals("#root")) {
                checkMember(child, "#root.");
            }
            checkChildren(child, sameRoot);
        }
    }

    private void checkVariable(SpelNode node) {
        String written = node.toStringAST();
        int end = written.indexOf('(');
        String name = written.substring(1, end < 0 ? written.length() : end);
        if (end >= 0 || !(OWN.contains(name) || this.variables.contains(name))) {
            throw unknown(written, "use " + available());
        }
    }

    private void checkMember(SpelNode node, String prefix) {
        boolean unknown = (node instanceof PropertyOrFieldReference property && !OF_ROOT.contains(property.getName()))
                || (node instanceof MethodReference method && !GETTERS_OF_ROOT.contains(method.getName()));
        if (unknown) {
            throw unknown(prefix + node.toStringAST(), "use " + available());
        }
    }

    private void checkBean(String written) {
        String name = written.replaceAll("^[@&]|'", "");
        if (!this.beans.containsBean(name)) {
            throw new InvalidSettingException(
                    this.attribute,
                    "\"" + this.text + "\" names a bean '" + name + "' that does not exist",
                    "define the bean, or correct its name");
        }
    }

    private InvalidSettingException unknown(String written, String remedy) {
        return new InvalidSettingException(
                this.attribute, "\"" + this.text + "\" reads " + written + ", which does not exist", remedy);
    }

    private String available() {
        List<String> names = new ArrayList<>(this.variables);
        names.removeIf(name -> name.matches("a\\d+"));
        String parameters = names.stream().map(name -> "#" + name).collect(Collectors.joining(", "));
        return (parameters.isEmpty() ? "" : parameters + ", ") + "#root.method, #root.target, #root.args or @bean";
    }
}
