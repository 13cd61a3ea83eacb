package dev.settle.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The Grafana dashboard: its panels, and what it asks Prometheus for. */
final class Dashboard {

    private static final Pattern LABEL_VALUES = Pattern.compile("label_values\\((.*), (\\w+)\\)");

    private final JsonNode json;

    private Dashboard(JsonNode json) {
        this.json = json;
    }

    static Dashboard read() throws IOException {
        Path file = Pages.ROOT.resolve("docs/grafana/settle.json");
        return new Dashboard(new JsonMapper().readTree(Files.readString(file)));
    }

    /** All panels, and the rows. */
    List<JsonNode> panels() {
        List<JsonNode> panels = new ArrayList<>();
        for (JsonNode panel : this.json.get("panels")) {
            panels.add(panel);
            panel.path("panels").forEach(panels::add);
        }
        return panels;
    }

    /** The panels that show something. */
    List<JsonNode> charts() {
        return panels().stream()
                .filter(panel -> !panel.get("type").asString().equals("row"))
                .toList();
    }

    /** What the panels ask for. */
    List<Query> queries() {
        List<Query> queries = new ArrayList<>();
        for (JsonNode chart : charts()) {
            for (JsonNode target : chart.get("targets")) {
                queries.add(new Query(
                        chart.get("title").asString(),
                        target.get("expr").asString(),
                        target.path("legendFormat").asString("")));
            }
        }
        return queries;
    }

    /** What the variables ask for: the values of a label, as if it were a sum by it. */
    List<Query> variables() {
        List<Query> queries = new ArrayList<>();
        for (JsonNode variable : this.json.get("templating").get("list")) {
            if (variable.get("type").asString().equals("query")) {
                String query = variable.get("query").get("query").asString();
                Matcher values = LABEL_VALUES.matcher(query);
                if (!values.matches()) {
                    throw new IllegalStateException("not understood: " + query);
                }
                queries.add(new Query(
                        variable.get("name").asString(),
                        "sum by (" + values.group(2) + ") (" + values.group(1) + ")",
                        "{{" + values.group(2) + "}}"));
            }
        }
        return queries;
    }

    /** The names of the variables. */
    List<String> variableNames() {
        return this.json
                .get("templating")
                .get("list")
                .valueStream()
                .map(variable -> variable.get("name").asString())
                .toList();
    }

    /** Each place that names a source of data. */
    List<String> sources() {
        return this.json.findValues("datasource").stream()
                .map(source -> source.get("uid").asString())
                .toList();
    }

    String text() {
        return this.json.toString();
    }
}
