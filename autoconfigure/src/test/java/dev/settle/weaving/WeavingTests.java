package dev.settle.weaving;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.annotation.Retry;
import dev.settle.autoconfigure.Startup;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.test.util.AopTestUtils;

/** Mode {@code aspectj} in a JVM without the agent: nothing is woven. */
@ExtendWith(OutputCaptureExtension.class)
class WeavingTests {

    /** Public, for the proxy that a filtered class loader defines. */
    public static class Simple {

        private final Flaky flaky = new Flaky();

        @Retry(maxRetries = 2, delay = "0s")
        public String find() {
            this.flaky.attempts++;
            throw new IllegalStateException("refused");
        }

        public int itself() {
            return this.flaky.attemptsOf(this::find);
        }
    }

    @Test
    void proxiesWorkAsTheyDoWithoutIt() {
        Woven.runner().withBean(Simple.class).run(context -> {
            Simple simple = context.getBean(Simple.class);

            assertThat(AopTestUtils.<Simple>getUltimateTargetObject(simple)
                            .flaky
                            .attemptsOf(simple::find))
                    .isEqualTo(Flaky.ONE_PLAN);
            assertThat(simple.itself()).isEqualTo(Flaky.NO_PLAN);
        });
    }

    @Test
    void aClassThatIsNotWovenIsWarnedOfOnce(CapturedOutput output) {
        Woven.runner()
                .withBean("one", Simple.class)
                .withBean("two", Simple.class)
                .run(context -> assertThat(context).hasNotFailed());

        assertThat(output.getAll().lines().filter(line -> line.contains("are not woven")))
                .singleElement()
                .asString()
                .contains("WARN", Simple.class.getName(), "[find]");
    }

    @Test
    void anInterfaceIsNotWarnedOf(CapturedOutput output) {
        ClassLoader loader = Finder.class.getClassLoader();
        InvocationHandler answer = (proxy, method, arguments) -> "7.30";
        Woven.runner()
                .withBean(Finder.class, () ->
                        (Finder) Proxy.newProxyInstance(loader, new Class<?>[] {Finder.class}, answer))
                .run(context -> assertThat(context.getBean(Finder.class).find()).isEqualTo("7.30"));

        assertThat(output).doesNotContain("not woven");
    }

    interface Finder {

        @Retry
        String find();
    }

    static class Private {

        @Retry
        private void find() {}

        public void itself() {
            find();
        }
    }

    @Test
    void aPrivateMethodStopsTheApplicationAndItSaysHowToWeave() {
        FailureAnalysis analysis = Startup.analysis(Woven.runner().withBean(Private.class));

        assertThat(analysis.getDescription()).contains("Private.find()", "private", "not woven");
        assertThat(analysis.getAction()).contains("-javaagent:aspectjweaver.jar", "non-private");
    }

    static class Final {

        @Retry
        public final void find() {}
    }

    @Test
    void aFinalMethodStopsTheApplicationAndItSaysHowToWeave() {
        FailureAnalysis analysis = Startup.analysis(Woven.runner().withBean(Final.class));

        assertThat(analysis.getDescription()).contains("Final.find()", "final", "not woven");
        assertThat(analysis.getAction()).contains("-javaagent:aspectjweaver.jar");
    }

    static final class Closed {

        @Retry
        public void find() {}
    }

    @Test
    void aFinalClassStopsTheApplicationAndItSaysHowToWeave() {
        FailureAnalysis analysis = Startup.analysis(Woven.runner().withBean(Closed.class));

        assertThat(analysis.getDescription()).contains("Closed", "final", "not woven");
        assertThat(analysis.getAction()).contains("-javaagent:aspectjweaver.jar");
    }

    @Test
    void inModeProxyNobodySpeaksOfWeaving() {
        FailureAnalysis analysis = Startup.analysis(Startup.runner().withBean(Final.class));

        assertThat(analysis.getDescription() + analysis.getAction()).doesNotContain("woven", "javaagent");
    }

    @Test
    void withoutAspectJItCannotBeAskedFor() {
        FailureAnalysis analysis = Startup.analysis(
                Woven.runner().withBean(Simple.class).withClassLoader(new FilteredClassLoader("org.aspectj")));

        assertThat(analysis.getDescription()).contains("settle.mode", "AspectJ");
        assertThat(analysis.getAction()).contains("org.aspectj:aspectjweaver");
    }

    @Test
    void withoutAspectJEverythingElseWorks() {
        Startup.runner()
                .withBean(Simple.class)
                .withClassLoader(new FilteredClassLoader("org.aspectj"))
                .run(context -> {
                    Simple simple = context.getBean(Simple.class);
                    assertThat(AopTestUtils.<Simple>getUltimateTargetObject(simple)
                                    .flaky
                                    .attemptsOf(simple::find))
                            .isEqualTo(Flaky.ONE_PLAN);
                });
    }

    @Test
    void anotherModeStopsTheApplication() {
        FailureAnalysis analysis = Startup.analysis(Startup.runner().withPropertyValues("settle.mode=compiled"));

        assertThat(analysis.getDescription()).contains("settle.mode", "compiled");
    }

    @Test
    void anotherSpellingOfTheModeStopsTheApplication() {
        FailureAnalysis analysis = Startup.analysis(Startup.runner().withPropertyValues("settle.mode=aspect-j"));

        assertThat(analysis.getDescription()).contains("settle.mode", "aspectj", "proxy");
        assertThat(analysis.getAction()).contains("'aspectj'", "ahead of time");
    }
}
