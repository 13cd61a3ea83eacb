package dev.settle.sample.upstream;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says which property moves the upstream elsewhere. */
final class PortTakenFailureAnalyzer extends AbstractFailureAnalyzer<PortTakenException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, PortTakenException cause) {
        return new FailureAnalysis(
                "The rate providers could not start: port " + cause.port() + " is taken.",
                "Stop what listens there, or give the providers another port: --desk.upstream.port=0 takes any.",
                cause);
    }
}
