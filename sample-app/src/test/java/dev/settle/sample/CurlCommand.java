package dev.settle.sample;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A curl command of a page, and what the page says that it answers.
 *
 * @param line the command, with all that is around it in the shell
 * @param times how often a loop runs it
 * @param words the words of the command, without curl
 * @param output what the page shows of the answer
 */
record CurlCommand(String line, int times, List<String> words, String output) {

    private static final Pattern BLOCK = Pattern.compile("```(?:console|shell)\\R(.*?)```", Pattern.DOTALL);
    private static final Pattern LOOP = Pattern.compile("\\$\\(seq (\\d+)\\)");
    private static final Pattern CURL = Pattern.compile("\\bcurl ((?:'[^']*'|[^'|;&])*)");
    private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");
    private static final Pattern JQ = Pattern.compile("\\| jq -c (.*)$");
    private static final Pattern NAME = Pattern.compile("[a-zA-Z_]+");
    private static final Pattern FIELD = Pattern.compile("\"([\\w.-]+)\" ?:");
    private static final Pattern STATUS = Pattern.compile("(?m)^(?:HTTP/1\\.1 | *\\d+ )?([2-5]\\d\\d)\\b");

    private static final Set<String> WITH_VALUE = Set.of("-X", "-o", "-w", "--json");

    /** All of a page, in its order. */
    static List<CurlCommand> of(String page) {
        List<CurlCommand> commands = new ArrayList<>();
        Matcher block = BLOCK.matcher(page);
        while (block.find()) {
            for (String part : block.group(1).replace("\\\n", " ").split("(?m)^\\$ ")) {
                String line = part.lines().findFirst().orElse("");
                Matcher curl = CURL.matcher(line);
                if (part.split("\\bcurl ", -1).length > 2) {
                    throw new IllegalStateException("one command at a time, each after a '$ ': " + part);
                }
                if (curl.find()) {
                    commands.add(
                            new CurlCommand(line, times(line), words(curl.group(1)), part.substring(line.length())));
                }
            }
        }
        return commands;
    }

    private static int times(String line) {
        Matcher loop = LOOP.matcher(line);
        return loop.find() ? Integer.parseInt(loop.group(1)) : 1;
    }

    private static List<String> words(String command) {
        return WORD.matcher(command)
                .results()
                .map(word -> word.group(1) != null ? word.group(1) : word.group(2))
                .toList();
    }

    /** What follows the host. */
    String path() {
        for (int i = 0; i < this.words.size(); i++) {
            if (WITH_VALUE.contains(this.words.get(i))) {
                i++;
            } else if (this.words.get(i).startsWith("localhost:8080/")) {
                return this.words.get(i).substring("localhost:8080".length());
            }
        }
        throw new IllegalStateException("for another host: " + this.line);
    }

    /** The method of the request: as it is said, or as curl guesses it. */
    String method() {
        int said = this.words.indexOf("-X");
        return said >= 0 ? this.words.get(said + 1) : this.words.contains("--json") ? "POST" : "GET";
    }

    /** The body of the request, which may be empty. */
    String body() {
        int said = this.words.indexOf("--json");
        return said >= 0 ? this.words.get(said + 1) : "";
    }

    /** Whether nobody waits for it. */
    boolean inBackground() {
        return this.line.contains("# in a second terminal");
    }

    /** The statuses that the page shows; none are those that tell of success. */
    Set<Integer> statuses() {
        boolean shown = this.words.contains("-i") || this.words.contains("-w");
        Set<Integer> statuses = new TreeSet<>();
        if (shown) {
            STATUS.matcher(this.output).results().forEach(found -> statuses.add(Integer.valueOf(found.group(1))));
        }
        return statuses;
    }

    /** The names of the fields of JSON that the page shows, or asks jq for. */
    Set<String> fields() {
        Set<String> fields = fields(this.output);
        JQ.matcher(this.line)
                .results()
                .map(found -> found.group(1))
                .forEach(filter -> NAME.matcher(filter).results().forEach(found -> fields.add(found.group())));
        fields.remove("map_values");
        return fields;
    }

    /** The names of the fields of a piece of JSON. */
    static Set<String> fields(String json) {
        Set<String> fields = new TreeSet<>();
        FIELD.matcher(json).results().forEach(found -> fields.add(found.group(1)));
        return fields;
    }
}
