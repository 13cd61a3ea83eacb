package dev.settle.plan;

/**
 * A value that was set beside the annotations.
 *
 * @param value the text; the elements of a list are separated by commas
 * @param origin where it was set, for people: the property and its place
 */
public record Setting(String value, String origin) {}
