package dev.settle.actuate;

import java.util.function.Supplier;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;

/**
 * What an endpoint answers when it cannot do what it is asked for; nothing has changed then.
 *
 * @param status the HTTP status
 * @param problem what is wrong: it names what was asked for
 * @param remedy what would be right
 */
public record Problem(int status, String problem, String remedy) implements OperationResponseBody {

    static Refused badRequest(String problem, String remedy) {
        return new Refused(new Problem(WebEndpointResponse.STATUS_BAD_REQUEST, problem, remedy));
    }

    static Refused notFound(String problem, String remedy) {
        return new Refused(new Problem(WebEndpointResponse.STATUS_NOT_FOUND, problem, remedy));
    }

    /** What an operation gives, or the problem that it has. */
    static WebEndpointResponse<Object> responseOf(Supplier<Object> operation) {
        try {
            return new WebEndpointResponse<>(operation.get());
        } catch (Refused ex) {
            return new WebEndpointResponse<>(ex.problem, ex.problem.status());
        }
    }

    /** Carries a problem out of an endpoint; where there is no HTTP, its message is what is seen. */
    static final class Refused extends InvalidEndpointRequestException {

        private static final long serialVersionUID = 1L;

        private final transient Problem problem;

        private Refused(Problem problem) {
            super(problem.problem() + ". " + problem.remedy(), problem.problem());
            this.problem = problem;
        }
    }
}
