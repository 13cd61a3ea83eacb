package dev.settle.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.context.ApplicationContext;

/** What the settings of a method's policies are at last. */
public final class Effective {

    private Effective() {}

    /** The policies of a name that have a property; a timeout may be there for both scopes. */
    public static List<PlannedPolicy<?>> policies(
            ApplicationContext context, String name, String policy, String property) {
        return context.getBean(PlanRegistry.class).named(name).stream()
                .flatMap(plan -> plan.policies().stream())
                .<PlannedPolicy<?>>map(planned -> planned)
                .filter(planned -> planned.policy().equals(policy))
                .filter(planned -> planned.values().stream()
                        .anyMatch(value -> value.property().equals(property)))
                .toList();
    }

    /** How a value is shown, and where it comes from. */
    public static SettingValue shown(PlannedPolicy<?> planned, String property) {
        return planned.values().stream()
                .filter(value -> value.property().equals(property))
                .findFirst()
                .orElseThrow();
    }

    /** The same for the only policy of a name that has the property. */
    public static SettingValue shown(ApplicationContext context, String name, String policy, String property) {
        List<PlannedPolicy<?>> policies = policies(context, name, policy, property);
        assertThat(policies).as(policy + "." + property + " of " + name).hasSize(1);
        return shown(policies.get(0), property);
    }

    /** What the policy itself goes by: the component of its settings, as text. */
    public static String inForce(PlannedPolicy<?> planned, String property) {
        String component = switch (property) {
            case "total" -> "value";
            case "retryOnResult" -> "onResult";
            default -> property;
        };
        return find((Record) planned.settings(), component);
    }

    private static String find(Record settings, String name) {
        for (RecordComponent component : settings.getClass().getRecordComponents()) {
            Object value = read(settings, component);
            if (component.getName().equals(name) && !(value instanceof Record)) {
                return text(value);
            }
            String found = (value instanceof Record inner) ? find(inner, name) : null;
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private static Object read(Record settings, RecordComponent component) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(settings);
        } catch (ReflectiveOperationException ex) {
            throw new AssertionError(ex);
        }
    }

    private static String text(Object value) {
        if (value == null) {
            return "";
        }
        if (value instanceof Collection<?> types) {
            return types.stream().map(type -> ((Class<?>) type).getName()).collect(Collectors.joining(","));
        }
        boolean plain = value instanceof Number
                || value instanceof Boolean
                || value instanceof Enum<?>
                || value instanceof String;
        if (plain) {
            return value.toString();
        }
        return (value instanceof Duration time)
                ? shortest(time)
                : value.getClass().getName();
    }

    private static String shortest(Duration time) {
        return (time.toMillisPart() == 0) ? time.toSeconds() + "s" : time.toMillis() + "ms";
    }
}
