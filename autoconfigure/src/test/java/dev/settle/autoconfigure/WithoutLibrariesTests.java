package dev.settle.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.util.ClassUtils;

/** All of Settle's auto-configurations start and work when the application's class loader lacks a library, or all of them. */
class WithoutLibrariesTests {

    private static final String WORKED = "value on attempt 2, future on attempt 2";

    /** As Boot finds them: later ones are in it too. */
    static AutoConfigurations all() {
        ClassLoader loader = WithoutLibrariesTests.class.getClassLoader();
        List<Class<?>> found = ImportCandidates.load(AutoConfiguration.class, loader).getCandidates().stream()
                .filter(name -> name.startsWith("dev.settle."))
                .<Class<?>>map(name -> ClassUtils.resolveClassName(name, loader))
                .toList();
        return AutoConfigurations.of(found.toArray(Class<?>[]::new));
    }

    static Set<Set<OptionalLibrary>> cases() {
        return OptionalLibrary.cases();
    }

    private static FilteredClassLoader without(Set<OptionalLibrary> libraries) {
        return new FilteredClassLoader(OptionalLibrary.packages(libraries));
    }

    private static <C extends ApplicationContext> void works(C context) throws Exception {
        assertThat(BareApplication.calls(context)).isEqualTo(WORKED);
    }

    private static ApplicationContextRunner app() {
        return new ApplicationContextRunner().withConfiguration(all()).withBean(BareApplication.Prices.class);
    }

    @Test
    void withAllOfThemItWorks() {
        app().run(WithoutLibrariesTests::works);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void withoutThemItWorks(Set<OptionalLibrary> absent) {
        app().withClassLoader(without(absent)).run(WithoutLibrariesTests::works);
    }

    @ParameterizedTest
    @EnumSource(
            value = OptionalLibrary.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"SERVLET", "SPRING_WEB"})
    void servletApplicationWorksWithoutIt(OptionalLibrary absent) {
        new WebApplicationContextRunner()
                .withConfiguration(all())
                .withBean(BareApplication.Prices.class)
                .withClassLoader(without(Set.of(absent)))
                .run(context -> works(context));
    }

    @ParameterizedTest
    @EnumSource(
            value = OptionalLibrary.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"REACTOR", "SPRING_WEB"})
    void reactiveApplicationWorksWithoutIt(OptionalLibrary absent) {
        new ReactiveWebApplicationContextRunner()
                .withConfiguration(all())
                .withBean(BareApplication.Prices.class)
                .withClassLoader(without(Set.of(absent)))
                .run(context -> works(context));
    }

    @ParameterizedTest
    @EnumSource(OptionalLibrary.class)
    void eachIsThereWhenItIsNotLeftOut(OptionalLibrary library) throws Exception {
        assertThat(Class.forName(library.probe())).isNotNull();
        assertThatExceptionOfType(ClassNotFoundException.class)
                .isThrownBy(() -> without(Set.of(library)).loadClass(library.probe()));
    }
}
