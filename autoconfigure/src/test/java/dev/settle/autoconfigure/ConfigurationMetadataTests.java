package dev.settle.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.core.PolicyBinding;
import dev.settle.plan.PolicyBindings;
import dev.settle.plan.Vocabulary;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What editors are told of the policies' properties is what the annotations say. */
class ConfigurationMetadataTests {

    private static final String DEFAULTS = "settle.defaults.";

    private static JsonNode metadata;
    private static Map<String, JsonNode> properties;

    @BeforeAll
    static void read() throws Exception {
        try (InputStream json = PolicyMetadata.class
                .getClassLoader()
                .getResourceAsStream("META-INF/spring-configuration-metadata.json")) {
            metadata = JsonMapper.shared().readTree(json);
        }
        properties = metadata.get("properties")
                .valueStream()
                .collect(Collectors.toMap(property -> property.get("name").asString(), property -> property));
    }

    /** An attribute of an annotation, or the switch that each policy has. */
    record Attribute(String property, Class<?> type, Object builtIn) {

        @Override
        public String toString() {
            return this.property;
        }
    }

    /** By the annotations alone: each attribute but the name, the limits of both scopes, and the switch. */
    static Stream<Attribute> attributes() {
        Map<String, Attribute> attributes = new TreeMap<>();
        for (PolicyBinding<?> binding : PolicyBindings.OUTERMOST_FIRST) {
            String policy = DEFAULTS + binding.policy() + ".";
            attributes.put(policy + "enabled", new Attribute(policy + "enabled", boolean.class, true));
            for (Method method : binding.annotation().getDeclaredMethods()) {
                String property = policy + Vocabulary.dashed(method.getName());
                attributes.put(property, new Attribute(property, method.getReturnType(), method.getDefaultValue()));
            }
            attributes.remove(policy + "name");
        }
        attributes.remove(DEFAULTS + "timeout.scope");
        attributes.put(DEFAULTS + "timeout.total", new Attribute(DEFAULTS + "timeout.total", String.class, null));
        return attributes.values().stream();
    }

    @Test
    void everyAttributeIsThereAndNothingElse() {
        assertThat(properties.keySet().stream().filter(name -> name.startsWith(DEFAULTS)))
                .containsExactlyInAnyOrderElementsOf(
                        attributes().map(Attribute::property).toList());
    }

    @Test
    void editorsKnowWhatTheApplicationReads() {
        Vocabulary vocabulary = new Vocabulary(PolicyBindings.OUTERMOST_FIRST);
        List<String> read = new ArrayList<>();
        for (String policy : vocabulary.policies()) {
            vocabulary.properties(policy).forEach(name -> read.add(DEFAULTS + policy + "." + Vocabulary.dashed(name)));
        }

        assertThat(attributes().map(Attribute::property)).containsExactlyInAnyOrderElementsOf(read);
    }

    @ParameterizedTest
    @MethodSource("attributes")
    void eachHasTheTypeOfItsAttribute(Attribute attribute) {
        assertThat(properties.get(attribute.property()).get("type").asString()).isEqualTo(typeOf(attribute));
    }

    /** Texts that are no durations. */
    private static final Set<String> TEXTS = Set.of("key", "budget");

    private static String typeOf(Attribute attribute) {
        Class<?> type = attribute.type();
        if (type == String.class) {
            String name = attribute.property().replaceAll(".*\\.", "");
            return TEXTS.contains(name) ? "java.lang.String" : "java.time.Duration";
        }
        if (type == Class[].class) {
            return "java.util.List<java.lang.Class<? extends java.lang.Throwable>>";
        }
        return Map.<Class<?>, String>of(
                        int.class, "java.lang.Integer",
                        double.class, "java.lang.Double",
                        boolean.class, "java.lang.Boolean",
                        // The name of a bean does as well.
                        Class.class, "java.lang.String")
                .getOrDefault(type, type.getName());
    }

    @ParameterizedTest
    @MethodSource("attributes")
    void eachHasTheDefaultOfItsAttribute(Attribute attribute) {
        JsonNode shown = properties.get(attribute.property()).get("defaultValue");

        if (isNothing(attribute.builtIn())) {
            assertThat(shown).isNull();
        } else if (attribute.builtIn() instanceof Number number) {
            assertThat(shown.asDouble()).isEqualTo(number.doubleValue());
        } else if (attribute.builtIn() instanceof Boolean flag) {
            assertThat(shown.asBoolean()).isEqualTo(flag);
        } else if (attribute.builtIn() instanceof Enum<?> choice) {
            assertThat(shown.asString()).isEqualTo(choice.name().toLowerCase(Locale.ROOT));
        } else {
            assertThat(shown.asString()).isEqualTo(attribute.builtIn());
        }
    }

    private static boolean isNothing(Object builtIn) {
        return builtIn == null || builtIn.equals("") || builtIn instanceof Class<?> || builtIn instanceof Class<?>[];
    }

    @ParameterizedTest
    @MethodSource("attributes")
    void eachIsExplainedInSentences(Attribute attribute) {
        assertThat(properties.get(attribute.property()).get("description").asString())
                .hasSizeGreaterThan(10)
                .endsWith(".");
    }

    @Test
    void whatIsSetForANameIsOfTheSameShape() {
        JsonNode group = metadata.get("groups")
                .valueStream()
                .filter(candidate -> candidate.get("name").asString().equals("settle.defaults"))
                .findFirst()
                .orElseThrow();

        assertThat(properties.get("settle.policies").get("type").asString())
                .isEqualTo("java.util.Map<java.lang.String," + group.get("type").asString() + ">");
    }

    @Test
    void eachHintIsForAPropertyThatExists() {
        assertThat(hints())
                .isNotEmpty()
                .allSatisfy(name -> assertThat(properties).containsKey(name.replaceAll("\\.(keys|values)$", "")));
    }

    @Test
    void noHintIsThereTwice() {
        assertThat(hints()).doesNotHaveDuplicates();
    }

    private static List<String> hints() {
        return metadata.get("hints")
                .valueStream()
                .map(hint -> hint.get("name").asString())
                .toList();
    }

    @Test
    void eachDurationHasExamples() {
        Set<String> durations = new TreeSet<>();
        properties.forEach((name, property) -> {
            if (name.startsWith(DEFAULTS) && property.get("type").asString().equals("java.time.Duration")) {
                durations.add(name);
            }
        });

        assertThat(hints()).containsAll(durations);
    }

    @Test
    void eachClassThatAHintNamesExists() throws Exception {
        List<String> targets = metadata.findValuesAsString("target");

        assertThat(targets).isNotEmpty();
        for (String target : targets) {
            assertThat(Class.forName(target)).isNotNull();
        }
    }

    @Test
    void theShapeIsNoBean() {
        Startup.runner()
                .withPropertyValues("settle.defaults.retry.max-retries=2")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(PolicyMetadata.class));
    }
}
