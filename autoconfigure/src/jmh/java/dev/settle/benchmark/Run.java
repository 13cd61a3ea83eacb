package dev.settle.benchmark;

import java.util.List;
import java.util.Optional;

/**
 * One run.
 *
 * @param figures what was measured, in order
 * @param seconds how long it took
 */
record Run(List<Figure> figures, long seconds) {

    Optional<Figure> find(String group, String scenario, String subject, String unit) {
        return this.figures.stream()
                .filter(figure -> figure.group().equals(group)
                        && figure.scenario().equals(scenario)
                        && figure.subject().equals(subject)
                        && figure.unit().equals(unit))
                .findFirst();
    }

    List<Figure> of(String group) {
        return this.figures.stream()
                .filter(figure -> figure.group().equals(group))
                .toList();
    }

    /** The figures that one is laid beside, itself among them. */
    List<Figure> beside(Figure figure) {
        return of(figure.group()).stream()
                .filter(other -> other.scenario().equals(figure.scenario())
                        && other.unit().equals(figure.unit()))
                .toList();
    }
}
