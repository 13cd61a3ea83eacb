package dev.settle.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.autoconfigure.Startup;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;

/**
 * Built-in default, {@code settle.defaults}, annotation, {@code settle.policies}: each counts more than the one before, for
 * every property of every policy.
 */
class SettingPrecedenceTests {

    static Stream<Tunable> all() {
        return Tunable.all();
    }

    static Stream<Tunable> optional() {
        return Tunable.optional();
    }

    @Test
    void everyPropertyIsTried() {
        Vocabulary vocabulary = new Vocabulary(PolicyBindings.OUTERMOST_FIRST);
        List<String> known = new ArrayList<>();
        for (String policy : vocabulary.policies()) {
            vocabulary.properties(policy).stream()
                    .filter(property -> !List.of("enabled", "scope").contains(property))
                    .forEach(property -> known.add(policy + "." + Vocabulary.dashed(property)));
        }

        assertThat(all().map(Tunable::key)).containsExactlyInAnyOrderElementsOf(known);
    }

    @ParameterizedTest
    @MethodSource("optional")
    void builtInDefaultHoldsWhereNobodySaysAnything(Tunable tunable) {
        Startup.runner()
                .withBean("tuned", Tuned.class)
                .run(context -> assertThat(of(context, tunable, tunable.bare()))
                        .isNotEmpty()
                        .allSatisfy(planned -> {
                            assertThat(Effective.shown(planned, tunable.property())
                                            .source())
                                    .isEqualTo(SettingValue.DEFAULT);
                            assertThat(Effective.inForce(planned, tunable.property()))
                                    .isNotEqualTo(tunable.said());
                        }));
    }

    @ParameterizedTest
    @MethodSource("optional")
    void generalSettingCountsMoreThanTheBuiltInDefault(Tunable tunable) {
        List<String> settings = new ArrayList<>(tunable.needs(tunable.bare()));
        settings.add(tunable.general(tunable.said()));

        holds(tunable, tunable.bare(), tunable.said(), "settle.defaults." + tunable.key(), settings);
    }

    @ParameterizedTest
    @MethodSource("all")
    void annotationCountsMoreThanTheGeneralSetting(Tunable tunable) {
        List<String> settings = new ArrayList<>(tunable.needs(tunable.bare()));
        settings.add(tunable.general(tunable.other()));

        holds(tunable, tunable.full(), tunable.said(), SettingValue.ANNOTATION, settings);
    }

    @ParameterizedTest
    @MethodSource("all")
    void settingForTheNameCountsMoreThanTheAnnotation(Tunable tunable) {
        List<String> settings = new ArrayList<>(tunable.needs(tunable.full()));
        settings.add(tunable.named(tunable.full(), tunable.other()));

        holds(tunable, tunable.full(), tunable.other(), "settle.policies." + tunable.full(), settings);
    }

    @ParameterizedTest
    @MethodSource("optional")
    void settingForTheNameCountsMoreThanTheGeneralOne(Tunable tunable) {
        List<String> settings = new ArrayList<>(tunable.needs(tunable.bare()));
        settings.add(tunable.general(tunable.said()));
        settings.add(tunable.named(tunable.bare(), tunable.other()));

        holds(tunable, tunable.bare(), tunable.other(), "settle.policies." + tunable.bare(), settings);
    }

    private static List<PlannedPolicy<?>> of(AssertableApplicationContext context, Tunable tunable, String name) {
        return Effective.policies(context, name, tunable.policy(), tunable.property());
    }

    private static void holds(Tunable tunable, String name, String value, String source, List<String> settings) {
        // A key is read at once: what it is evaluated by says nothing of its text.
        boolean opaque = tunable.property().equals("key");
        Startup.runner()
                .withBean("tuned", Tuned.class)
                .withPropertyValues(settings.toArray(String[]::new))
                .run(context -> assertThat(of(context, tunable, name))
                        .isNotEmpty()
                        .allSatisfy(planned -> {
                            SettingValue shown = Effective.shown(planned, tunable.property());
                            assertThat(shown.value()).hasToString(value);
                            assertThat(shown.source()).startsWith(source);
                            if (!opaque) {
                                assertThat(Effective.inForce(planned, tunable.property()))
                                        .isEqualTo(value);
                            }
                        }));
    }
}
