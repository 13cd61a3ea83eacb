package dev.settle.autoconfigure;

import dev.settle.core.InvalidSettingException;
import dev.settle.web.DeadlineHeader;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/** Settings of Settle in web applications and their clients. */
@ConfigurationProperties("settle.web")
public class SettleWebProperties {

    /**
     * Whether failures of calls are answered with problem details.
     */
    private boolean problemDetails = true;

    /**
     * What a client is told to wait before it comes back to an application that is stopping.
     */
    private Duration retryAfter = Duration.ofSeconds(5);

    private final Deadline deadline = new Deadline();

    private final Tomcat tomcat = new Tomcat();

    public boolean isProblemDetails() {
        return this.problemDetails;
    }

    public void setProblemDetails(boolean problemDetails) {
        this.problemDetails = problemDetails;
    }

    public Duration getRetryAfter() {
        return this.retryAfter;
    }

    public void setRetryAfter(Duration retryAfter) {
        this.retryAfter = retryAfter;
    }

    public Deadline getDeadline() {
        return this.deadline;
    }

    public Tomcat getTomcat() {
        return this.tomcat;
    }

    /** How the time left travels between services. */
    public static class Deadline {

        /** A token, as RFC 9110 has it. */
        private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

        /**
         * Whether requests to other services say how much time is left.
         */
        private boolean send;

        /**
         * Whether the time that a request says is left limits the work for it.
         */
        private boolean accept;

        /**
         * Name of the header with the time left, in milliseconds.
         */
        private String header = "X-Request-Timeout-Ms";

        public boolean isSend() {
            return this.send;
        }

        public void setSend(boolean send) {
            this.send = send;
        }

        public boolean isAccept() {
            return this.accept;
        }

        public void setAccept(boolean accept) {
            this.accept = accept;
        }

        public String getHeader() {
            return this.header;
        }

        public void setHeader(String header) {
            this.header = header;
        }

        /** The header that is sent. */
        DeadlineHeader sent() {
            InvalidSettingException.check(
                    NAME.matcher(this.header).matches(),
                    "settle.web.deadline.header",
                    "'" + this.header + "' is no name of a header",
                    "write a name such as X-Request-Timeout-Ms");
            return new DeadlineHeader(this.header);
        }

        /** The header that is believed, if any is. */
        @Nullable
        DeadlineHeader accepted() {
            return this.accept ? sent() : null;
        }
    }

    /** What Tomcat is asked in addition. */
    public static class Tomcat {

        /**
         * How often to look whether the clients of requests that wait are still there. Zero switches it off.
         */
        private Duration probeInterval = Duration.ofSeconds(1);

        public Duration getProbeInterval() {
            return this.probeInterval;
        }

        public void setProbeInterval(Duration probeInterval) {
            this.probeInterval = probeInterval;
        }
    }
}
