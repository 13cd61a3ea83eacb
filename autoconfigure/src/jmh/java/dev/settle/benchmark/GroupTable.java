package dev.settle.benchmark;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The figures of a group, those of a scenario below each other. */
final class GroupTable {

    private GroupTable() {}

    static String of(Run run, String group) {
        StringBuilder text = new StringBuilder(
                Report.row("what", "who", "median", "", "spread", "B a call", "to the best peer", "to the limit"));
        text.append("|---|---|---:|---|---|---:|---:|---:|\n");
        List<Figure> figures = run.of(group).stream()
                .filter(figure -> !figure.unit().equals(Unit.ALLOCATED))
                .toList();
        for (String scenario : figures.stream().map(Figure::scenario).distinct().toList()) {
            String said = scenario;
            for (Figure figure : inOrder(figures, scenario)) {
                text.append(row(run, said, figure));
                said = "";
            }
        }
        return text.toString();
    }

    private static List<Figure> inOrder(List<Figure> figures, String scenario) {
        return figures.stream()
                .filter(figure -> figure.scenario().equals(scenario))
                .sorted(Comparator.comparing(Figure::unit)
                        .thenComparing(figure -> figure.limit() ? 0 : figure.own() ? 1 : 2))
                .toList();
    }

    private static String row(Run run, String scenario, Figure figure) {
        return Report.row(
                scenario,
                figure.subject(),
                Tables.number(figure.median()),
                figure.unit(),
                Tables.spread(figure),
                run.find(figure.group(), figure.scenario(), figure.subject(), Unit.ALLOCATED)
                        .map(bytes -> Tables.number(bytes.median()))
                        .orElse(""),
                figure.own() ? ratio(figure, best(run, figure)) : "",
                figure.limit() ? "" : ratio(figure, limit(run, figure)));
    }

    private static Optional<Figure> best(Run run, Figure figure) {
        return beside(run, figure).filter(Figure::peer).min(Comparator.comparingDouble(Figure::median));
    }

    private static Optional<Figure> limit(Run run, Figure figure) {
        return beside(run, figure).filter(Figure::limit).max(Comparator.comparingDouble(Figure::median));
    }

    private static Stream<Figure> beside(Run run, Figure figure) {
        return Unit.comparable(figure.unit()) ? run.beside(figure).stream() : Stream.empty();
    }

    private static String ratio(Figure figure, Optional<Figure> other) {
        return other.filter(one -> one.median() > 0)
                .map(one -> Tables.number(figure.median() / one.median()))
                .orElse("");
    }
}
