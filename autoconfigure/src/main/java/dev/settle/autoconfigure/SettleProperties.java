package dev.settle.autoconfigure;

import dev.settle.cluster.ClusterSettings;
import dev.settle.lifecycle.ShutdownSettings;
import dev.settle.policy.retry.RetryBudget;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.core.Ordered;

/** Settings of Settle. */
@ConfigurationProperties("settle")
public class SettleProperties {

    /**
     * Whether Settle does anything at all.
     */
    private boolean enabled = true;

    /**
     * Order of Settle's advisor among the others of a bean. The default is outside of all.
     */
    private int advisorOrder = Ordered.HIGHEST_PRECEDENCE;

    /**
     * Where calls are caught: only by the proxies of beans, or by woven code as well.
     */
    private Mode mode = Mode.PROXY;

    private final Shutdown shutdown = new Shutdown();

    private final Cluster cluster = new Cluster();

    /**
     * Retry budgets by name, each shared by all methods that name it.
     */
    private final Map<String, Budget> budgets = new LinkedHashMap<>();

    public boolean isEnabled() {
        return this.enabled;
    }

    public void setEnabled(boolean enabled) {
        this.enabled = enabled;
    }

    public int getAdvisorOrder() {
        return this.advisorOrder;
    }

    public void setAdvisorOrder(int advisorOrder) {
        this.advisorOrder = advisorOrder;
    }

    public Mode getMode() {
        return this.mode;
    }

    public void setMode(Mode mode) {
        this.mode = mode;
    }

    public Shutdown getShutdown() {
        return this.shutdown;
    }

    public Cluster getCluster() {
        return this.cluster;
    }

    public Map<String, Budget> getBudgets() {
        return this.budgets;
    }

    /** Where calls are caught. */
    public enum Mode {

        /**
         * Calls that come through the proxy of a bean.
         */
        PROXY,

        /**
         * Those, and with AspectJ's weaver the calls of objects to themselves, private and final methods, and objects that
         * are no beans.
         */
        ASPECTJ
    }

    /** How the application shuts down. */
    public static class Shutdown {

        /**
         * Time to keep serving after readiness has gone down and before anything stops.
         */
        private Duration delay = Duration.ZERO;

        /**
         * Maximum time of the whole shutdown. Unset, only the phases are limited.
         */
        private @Nullable Duration totalTimeout;

        /**
         * Maximum time of single phases, by their number.
         */
        private final Map<Integer, Duration> phaseTimeouts = new LinkedHashMap<>();

        /**
         * Whether stopping the context without closing it refuses new calls until it is started again.
         */
        private boolean drainOnStop;

        /**
         * File that keeps the report of the last shutdown. Unset, none is kept.
         */
        private @Nullable String reportFile;

        public Duration getDelay() {
            return this.delay;
        }

        public void setDelay(Duration delay) {
            this.delay = delay;
        }

        public @Nullable Duration getTotalTimeout() {
            return this.totalTimeout;
        }

        public void setTotalTimeout(@Nullable Duration totalTimeout) {
            this.totalTimeout = totalTimeout;
        }

        public Map<Integer, Duration> getPhaseTimeouts() {
            return this.phaseTimeouts;
        }

        public boolean isDrainOnStop() {
            return this.drainOnStop;
        }

        public void setDrainOnStop(boolean drainOnStop) {
            this.drainOnStop = drainOnStop;
        }

        public @Nullable String getReportFile() {
            return this.reportFile;
        }

        public void setReportFile(@Nullable String reportFile) {
            this.reportFile = reportFile;
        }

        ShutdownSettings toSettings(Duration phaseTimeout) {
            return new ShutdownSettings(
                    this.delay, this.totalTimeout, phaseTimeout, this.phaseTimeouts, this.drainOnStop);
        }
    }

    /** How calls count in all instances of the application together. */
    public static class Cluster {

        /**
         * What becomes of calls while Redis is away.
         */
        private ClusterSettings.OnFailure onFailure = ClusterSettings.OnFailure.FAIL;

        /**
         * How long a lock or permit holds that is not renewed, as when its instance has been killed.
         */
        private Duration leaseTime = Duration.ofSeconds(10);

        /**
         * How often locks and permits are renewed. Unset, three times in a lease.
         */
        private @Nullable Duration renewal;

        /**
         * How long Redis may take for an answer.
         */
        private Duration commandTimeout = Duration.ofMillis(500);

        /**
         * What keys in Redis begin with. Unset, the name of the application.
         */
        private @Nullable String prefix;

        public ClusterSettings.OnFailure getOnFailure() {
            return this.onFailure;
        }

        public void setOnFailure(ClusterSettings.OnFailure onFailure) {
            this.onFailure = onFailure;
        }

        public Duration getLeaseTime() {
            return this.leaseTime;
        }

        public void setLeaseTime(Duration leaseTime) {
            this.leaseTime = leaseTime;
        }

        public @Nullable Duration getRenewal() {
            return this.renewal;
        }

        public void setRenewal(@Nullable Duration renewal) {
            this.renewal = renewal;
        }

        public Duration getCommandTimeout() {
            return this.commandTimeout;
        }

        public void setCommandTimeout(Duration commandTimeout) {
            this.commandTimeout = commandTimeout;
        }

        public @Nullable String getPrefix() {
            return this.prefix;
        }

        public void setPrefix(@Nullable String prefix) {
            this.prefix = prefix;
        }

        ClusterSettings toSettings(String application) {
            return new ClusterSettings(
                    this.onFailure,
                    this.leaseTime,
                    (this.renewal == null) ? this.leaseTime.dividedBy(3) : this.renewal,
                    this.commandTimeout,
                    (this.prefix == null) ? application : this.prefix);
        }
    }

    /** One retry budget. */
    public static class Budget {

        /**
         * Retries per call.
         */
        private double ratio = RetryBudget.Settings.DEFAULT.ratio();

        /**
         * Retries a second that are always allowed.
         */
        private int minPerSecond = RetryBudget.Settings.DEFAULT.minPerSecond();

        /**
         * How long a call counts.
         */
        private Duration ttl = RetryBudget.Settings.DEFAULT.ttl();

        public double getRatio() {
            return this.ratio;
        }

        public void setRatio(double ratio) {
            this.ratio = ratio;
        }

        public int getMinPerSecond() {
            return this.minPerSecond;
        }

        public void setMinPerSecond(int minPerSecond) {
            this.minPerSecond = minPerSecond;
        }

        public Duration getTtl() {
            return this.ttl;
        }

        public void setTtl(Duration ttl) {
            this.ttl = ttl;
        }

        RetryBudget.Settings toSettings() {
            return new RetryBudget.Settings(this.ratio, this.minPerSecond, this.ttl);
        }
    }
}
