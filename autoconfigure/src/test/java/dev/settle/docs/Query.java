package dev.settle.docs;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A query in Prometheus' language: as much of it as the dashboard needs, and a complaint about the rest. */
record Query(String title, String expression, String legend) {

    private static final Set<String> WORDS = Set.of("by", "histogram_quantile", "increase", "max", "rate", "sum");

    private static final Pattern STRING = Pattern.compile("\"[^\"]*\"");
    private static final Pattern VARIABLE = Pattern.compile("\\$(\\w+)");
    private static final Pattern SELECTOR = Pattern.compile("([a-zA-Z_]\\w*)\\{([^}]*)}");
    private static final Pattern MATCH = Pattern.compile("(\\w+)\\s*(=~|!~|!=|=)\\s*\"([^\"]*)\"");
    private static final Pattern BY = Pattern.compile("\\bby \\(([^)]*)\\)");
    private static final Pattern IDENTIFIER = Pattern.compile("[a-zA-Z_]\\w*");
    private static final Pattern IN_LEGEND = Pattern.compile("\\{\\{(.*?)}}");

    /** A metric, and what is asked of a label of it. */
    record Condition(String metric, String label, List<String> values) {}

    /** Whatever is not a string, a label or a word of the language. */
    Set<String> metrics() {
        String names = this.expression;
        for (Pattern other : List.of(STRING, BY, VARIABLE)) {
            names = other.matcher(names).replaceAll(" ");
        }
        names = names.replaceAll("\\{[^}]*}", " ");
        Set<String> metrics = found(IDENTIFIER, names, 0);
        metrics.removeAll(WORDS);
        return metrics;
    }

    /** A condition whose value is a variable has no values. */
    List<Condition> conditions() {
        return SELECTOR.matcher(this.expression)
                .results()
                .flatMap(selector ->
                        MATCH.matcher(selector.group(2)).results().map(match -> condition(selector.group(1), match)))
                .toList();
    }

    private static Condition condition(String metric, MatchResult match) {
        String value = match.group(3);
        return new Condition(
                metric,
                match.group(1),
                value.startsWith("$")
                        ? List.of()
                        : match.group(2).endsWith("~") ? Arrays.asList(value.split("\\|")) : List.of(value));
    }

    /** The labels that are left after sums. */
    Set<String> groups() {
        Set<String> groups = new TreeSet<>();
        for (String labels : found(BY, this.expression, 1)) {
            groups.addAll(Arrays.asList(labels.split(", ")));
        }
        return groups;
    }

    Set<String> labelsOfLegend() {
        return found(IN_LEGEND, this.legend, 1);
    }

    Set<String> variables() {
        return found(VARIABLE, this.expression, 1);
    }

    private static Set<String> found(Pattern pattern, String text, int group) {
        Set<String> found = new TreeSet<>();
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            found.add(matcher.group(group));
        }
        return found;
    }

    @Override
    public String toString() {
        return this.title + ": " + this.expression;
    }
}
