package dev.settle.plan;

/**
 * What a setting is, for those who look.
 *
 * @param property what it is called in {@code application.yml}, spelled as the annotation's attribute
 * @param value a number, a truth value or a text
 * @param source where it comes from: {@link #DEFAULT}, {@link #ANNOTATION}, or a property and its place
 */
public record SettingValue(String property, Object value, String source) {

    /** Nobody has set it. */
    public static final String DEFAULT = "default";

    /** The annotation says so. */
    public static final String ANNOTATION = "annotation";
}
