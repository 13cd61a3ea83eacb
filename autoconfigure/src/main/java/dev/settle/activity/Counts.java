package dev.settle.activity;

import dev.settle.CallPhase;
import dev.settle.core.CallOutcome;
import java.util.Map;

/**
 * The calls of a name, in numbers. What is counted while they are read may be in one of them, and not yet in another.
 *
 * @param begun the calls that have begun
 * @param inFlight those whose callers do not have their outcome yet
 * @param attempts the attempts that have begun
 * @param running those whose outcome is not there yet: they hold permits
 * @param late the attempts that have ended after their call had given them up
 * @param coalesced the calls that have got the value of another call's run
 * @param waiting how many wait, by what they wait for
 * @param outcomes how many have ended, by how
 */
public record Counts(
        long begun,
        long inFlight,
        long attempts,
        long running,
        long late,
        long coalesced,
        Map<CallPhase, Long> waiting,
        Map<CallOutcome, Long> outcomes) {}
