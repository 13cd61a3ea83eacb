package dev.settle.docs;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What Prometheus reads from an application.
 *
 * @param metrics the values of each label of each metric
 */
record Scrape(Map<String, Map<String, Set<String>>> metrics) {

    private static final Pattern SAMPLE = Pattern.compile("(?m)^(\\w+)(?:\\{(.*)})? \\S+$");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"([^\"]*)\"");

    static Scrape of(String text) {
        Map<String, Map<String, Set<String>>> metrics = new TreeMap<>();
        Matcher sample = SAMPLE.matcher(text);
        while (sample.find()) {
            Map<String, Set<String>> labels = metrics.computeIfAbsent(sample.group(1), name -> new TreeMap<>());
            Matcher label = LABEL.matcher((sample.group(2) == null) ? "" : sample.group(2));
            while (label.find()) {
                labels.computeIfAbsent(label.group(1), name -> new TreeSet<>()).add(label.group(2));
            }
        }
        return new Scrape(metrics);
    }

    Set<String> values(String metric, String label) {
        return this.metrics.getOrDefault(metric, Map.of()).getOrDefault(label, Set.of());
    }

    /** Prometheus itself adds the job and the instance. */
    Set<String> labels(String metric) {
        Set<String> labels = new TreeSet<>(Set.of("job", "instance"));
        labels.addAll(this.metrics.getOrDefault(metric, Map.of()).keySet());
        return labels;
    }
}
