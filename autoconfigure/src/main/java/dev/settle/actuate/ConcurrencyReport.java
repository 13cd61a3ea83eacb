package dev.settle.actuate;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * What {@code GET /actuator/concurrency} answers. It is as long as there are methods, however many calls and keys there are,
 * and shows no keys, arguments or messages.
 *
 * @param names what there is under each name, in the order of the names
 * @param cluster the engine that instances share; absent when no method shares
 */
public record ConcurrencyReport(
        Map<String, Named> names, @Nullable ClusterView cluster) implements OperationResponseBody {

    /**
     * The engine that instances share.
     *
     * @param engine what it is
     * @param away whether it did not answer the last question
     * @param onFailure what becomes of calls meanwhile: {@code fail} or {@code local}
     * @param prefix what its keys begin with
     * @param leases how many locks and permits calls of this instance have now
     * @param lost how many were lost while the call went on
     * @param failures how many questions were not answered
     */
    public record ClusterView(
            String engine, boolean away, String onFailure, String prefix, long leases, long lost, long failures) {}

    /**
     * What {@code GET /actuator/concurrency/{name}} answers, and {@code POST} when it has changed something.
     *
     * @param name the name of the methods' policies
     * @param methods the methods that carry the name, mostly one
     * @param live what their calls are doing
     */
    public record Named(String name, List<PlannedMethod> methods, Live live) implements OperationResponseBody {}

    /**
     * One method.
     *
     * @param type the class that declares it
     * @param method its name and the types of its parameters
     * @param returns how its outcome comes: {@code value}, {@code stage}, {@code future}, {@code single} or {@code stream}
     * @param policies its policies, outermost first; also those that are switched off
     */
    public record PlannedMethod(String type, String method, String returns, List<Policy> policies) {}

    /**
     * One policy of a method.
     *
     * @param policy what it is called in {@code application.yml}
     * @param enabled whether calls pass through it
     * @param settings its settings, as they are called in {@code application.yml}
     * @param state its numbers of now: permits, those that are free, keys in use
     */
    public record Policy(String policy, boolean enabled, Map<String, SettingView> settings, Map<String, Long> state) {}

    /**
     * One setting.
     *
     * @param value a number, a truth value or a text
     * @param origin where it comes from: {@code default}, {@code annotation}, {@code the actuator}, or a property and its place
     */
    public record SettingView(Object value, String origin) {}

    /**
     * What the calls of a name are doing.
     *
     * @param inFlight the calls that have begun, and whose callers do not have their outcome yet
     * @param running the attempts that have begun, and whose outcome is not there yet: they hold permits
     * @param waiting how many calls wait, by policy; not what goes on to wait for others who share its run, when the caller
     *     who led it has left
     * @param outcomes how many calls have ended, by how: {@code success}, {@code failure}, {@code timeout} and so on
     * @param rejections the last ones, the last first; ten at most
     */
    public record Live(
            long inFlight,
            long running,
            Map<String, Long> waiting,
            Map<String, Long> outcomes,
            List<Rejection> rejections) {}

    /**
     * A call that was refused.
     *
     * @param policy the policy that refused it; {@code shutdown} when the application was draining or stopping
     * @param reason why: {@code queue_full}, {@code wait_exceeded}, {@code rate} and so on
     * @param ago how long ago
     */
    public record Rejection(String policy, String reason, String ago) {}

    /**
     * What {@code DELETE /actuator/concurrency/{name}} answers.
     *
     * @param aborted how many calls were in flight, and have been told to stop; they end soon after, if they listen
     */
    public record AbortedCalls(int aborted) implements OperationResponseBody {}
}
