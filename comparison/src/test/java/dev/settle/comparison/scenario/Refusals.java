package dev.settle.comparison.scenario;

import dev.settle.comparison.Mistake;
import dev.settle.comparison.Observation;
import java.util.ArrayList;
import java.util.List;

/** Makes mistakes, and sees which of them are refused. */
final class Refusals {

    private Refusals() {}

    static Observation of(List<Mistake> mistakes) {
        List<String> facts = new ArrayList<>();
        boolean all = true;
        for (Mistake mistake : mistakes) {
            boolean refused = refused(mistake);
            all &= refused;
            facts.add(mistake.what() + ": " + (refused ? "refused" : "accepted"));
        }
        return Observation.of(all, "%s", String.join("; ", facts));
    }

    private static boolean refused(Mistake mistake) {
        try {
            mistake.start().run();
            return false;
        } catch (Exception ex) {
            return true;
        }
    }
}
