package dev.settle.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.annotation.Bulkhead;
import dev.settle.annotation.Debounce;
import dev.settle.annotation.Exclusive;
import dev.settle.annotation.Throttle;
import dev.settle.autoconfigure.Startup;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** A key expression that reads what is not there stops the application, with an analysis of what there is. */
class KeyRefusalTests {

    private static void assertRefused(Class<?> type, String place, String problem, String action) {
        FailureAnalysis analysis = Startup.analysis(Startup.runner().withBean("prices", type));
        assertThat(analysis.getCause()).isInstanceOf(InvalidPlanException.class);
        assertThat(analysis.getDescription())
                .startsWith("Bean 'prices', ")
                .contains(place + "(key)")
                .contains(problem);
        assertThat(analysis.getAction()).contains(action);
    }

    static class UnknownVariable {
        @Bulkhead(value = 1, key = "#ident")
        public void find(String id, int version) {}
    }

    @Test
    void anUnknownParameterIsRefusedWithThoseThereAre() {
        assertRefused(
                UnknownVariable.class,
                "@Bulkhead",
                "\"#ident\" reads #ident, which does not exist",
                "Use #id, #version, #p0, #p1, #root.method, #root.target, #root.args or @bean.");
    }

    static class UnknownInside {
        @Exclusive(key = "{#from, #tu}")
        public void find(String from, String to) {}
    }

    @Test
    void anUnknownParameterInAListIsRefused() {
        assertRefused(UnknownInside.class, "@Exclusive", "reads #tu, which does not exist", "Use #from, #to,");
    }

    static class UnknownInProjection {
        @Exclusive(key = "#ids.![#ident]")
        public void find(List<String> ids) {}
    }

    @Test
    void anUnknownParameterInAProjectionIsRefused() {
        assertRefused(UnknownInProjection.class, "@Exclusive", "reads #ident, which does not exist", "Use #ids,");
    }

    static class NoParameters {
        @Throttle(key = "#id")
        public void find() {}
    }

    @Test
    void whereThereAreNoParametersNoneIsOffered() {
        assertRefused(
                NoParameters.class,
                "@Throttle",
                "reads #id, which does not exist",
                "Use #root.method, #root.target, #root.args or @bean.");
    }

    static class BeyondTheLast {
        @Throttle(key = "#p1")
        public void find(String id) {}
    }

    @Test
    void aPositionBeyondTheLastIsRefused() {
        assertRefused(BeyondTheLast.class, "@Throttle", "reads #p1, which does not exist", "Use #id, #p0,");
    }

    static class MissingHash {
        @Debounce(value = "1s", key = "id")
        public void find(String id) {}
    }

    @Test
    void aForgottenHashIsRefused() {
        assertRefused(MissingHash.class, "@Debounce", "\"id\" reads id, which does not exist", "Use #id, #p0,");
    }

    static class MissingHashInside {
        @Debounce(value = "1s", key = "#id.substring(offset)")
        public void find(String id, int offset) {}
    }

    @Test
    void aForgottenHashInsideACallIsRefused() {
        assertRefused(MissingHashInside.class, "@Debounce", "which does not exist", "Use #id, #offset,");
    }

    static class SyntaxError {
        @Bulkhead(value = 1, key = "{#id, ")
        public void find(String id) {}
    }

    @Test
    void whatIsNoExpressionIsRefusedWithExamples() {
        assertRefused(
                SyntaxError.class,
                "@Bulkhead",
                "\"{#id,\" is no expression (",
                "Write SpEL over the arguments, as in \"#id\" or \"{#from, #to}\".");
    }

    static class Operator {
        @Bulkhead(value = 1, key = "#mod.length()")
        public void find(String mod) {}
    }

    @Test
    void aNameThatIsAnOperatorOfSpelIsNoExpressionUnlessItStandsAlone() {
        assertRefused(Operator.class, "@Bulkhead", "is no expression (", "Write SpEL");
    }

    static class UnknownBean {
        @Exclusive(key = "@tenants.current()")
        public void find(String id) {}
    }

    @Test
    void anUnknownBeanIsRefused() {
        assertRefused(
                UnknownBean.class,
                "@Exclusive",
                "names a bean 'tenants' that does not exist",
                "Define the bean, or correct its name.");
    }

    static class UnknownRoot {
        @Exclusive(key = "#root.methodName")
        public void find(String id) {}
    }

    @Test
    void anUnknownPropertyOfTheRootIsRefused() {
        assertRefused(UnknownRoot.class, "@Exclusive", "reads #root.methodName, which does not exist", "#root.method,");
    }

    static class Function {
        @Exclusive(key = "#lower(#id)")
        public void find(String id) {}
    }

    @Test
    void aFunctionIsRefused() {
        assertRefused(Function.class, "@Exclusive", "reads #lower(#id), which does not exist", "Use #id,");
    }

    static class BareMethod {
        @Exclusive(key = "lower(#id)")
        public void find(String id) {}
    }

    @Test
    void aMethodOfNobodyIsRefused() {
        assertRefused(BareMethod.class, "@Exclusive", "reads lower(#id), which does not exist", "Use #id,");
    }

    static class MethodOfTheRoot {
        @Exclusive(key = "#root.lower(#id)")
        public void find(String id) {}
    }

    @Test
    void aMethodThatTheRootHasNotIsRefused() {
        assertRefused(MethodOfTheRoot.class, "@Exclusive", "reads #root.lower(#id), which does not exist", "Use #id,");
    }

    static class UnresolvedPlaceholder {
        @Bulkhead(value = 1, key = "${the.key}")
        public void find(String id) {}
    }

    @Test
    void aPlaceholderThatCannotBeResolvedIsRefused() {
        assertRefused(
                UnresolvedPlaceholder.class,
                "@Bulkhead",
                "\"${the.key}\" cannot be resolved",
                "Set the property, or write a default");
    }
}
