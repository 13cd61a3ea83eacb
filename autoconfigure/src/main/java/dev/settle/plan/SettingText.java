package dev.settle.plan;

import dev.settle.core.InvalidSettingException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.format.datetime.standard.DurationFormatterUtils;
import org.springframework.util.ClassUtils;
import org.springframework.util.StringUtils;

/** Reads what was written as text. */
final class SettingText {

    /** As Spring reads them. */
    private static final Set<String> TRUE = Set.of("true", "on", "yes", "1");

    private static final Set<String> FALSE = Set.of("false", "off", "no", "0");

    private SettingText() {}

    static @Nullable Duration duration(String attribute, String text) {
        if (!StringUtils.hasText(text)) {
            return null;
        }
        try {
            return DurationFormatterUtils.detectAndParse(text.trim());
        } catch (IllegalArgumentException ex) {
            throw new InvalidSettingException(
                    attribute,
                    "\"" + text + "\" is no duration",
                    "write a number and a unit (ns, us, ms, s, m, h, d), as in \"300ms\", or ISO-8601, as in \"PT0.3S\"");
        }
    }

    static int number(String attribute, String text) {
        try {
            return Integer.parseInt(text.trim());
        } catch (NumberFormatException ex) {
            throw new InvalidSettingException(
                    attribute,
                    "\"" + text + "\" is no whole number of at most " + Integer.MAX_VALUE,
                    "write digits alone, as in 20");
        }
    }

    static double decimal(String attribute, String text) {
        try {
            return Double.parseDouble(text.trim());
        } catch (NumberFormatException ex) {
            throw new InvalidSettingException(attribute, "\"" + text + "\" is no number", "write one such as 1.5");
        }
    }

    static boolean flag(String attribute, String text) {
        String word = text.trim().toLowerCase(Locale.ROOT);
        if (TRUE.contains(word) || FALSE.contains(word)) {
            return TRUE.contains(word);
        }
        throw new InvalidSettingException(attribute, "\"" + text + "\" is neither true nor false", "write one of them");
    }

    static <E extends Enum<E>> E choice(String attribute, String text, Class<E> type) {
        for (E constant : type.getEnumConstants()) {
            if (Settings.uniform(constant.name()).equals(Settings.uniform(text.trim()))) {
                return constant;
            }
        }
        throw new InvalidSettingException(
                attribute,
                "\"" + text + "\" is none of its values",
                "use one of "
                        + Arrays.stream(type.getEnumConstants()).map(Enum::name).collect(Collectors.joining(", ")));
    }

    static List<Class<?>> classes(String attribute, String text, Class<?> type, @Nullable ClassLoader loader) {
        List<Class<?>> classes = new ArrayList<>();
        for (String name : StringUtils.commaDelimitedListToStringArray(text)) {
            if (StringUtils.hasText(name)) {
                classes.add(type(attribute, name.trim(), type, loader));
            }
        }
        return classes;
    }

    static Class<?> type(String attribute, String name, Class<?> type, @Nullable ClassLoader loader) {
        try {
            Class<?> found = ClassUtils.forName(name, loader);
            InvalidSettingException.check(
                    type.isAssignableFrom(found),
                    attribute,
                    name + " is no " + type.getName(),
                    "name a class that is one");
            return found;
        } catch (ClassNotFoundException | LinkageError ex) {
            throw new InvalidSettingException(
                    attribute,
                    "there is no class " + name,
                    "write the full name of a class, as in java.io.IOException");
        }
    }
}
