package dev.settle.autoconfigure;

import dev.settle.plan.InvalidPlanException;
import dev.settle.plan.RunTimeTuning;
import dev.settle.plan.Vocabulary;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.cloud.context.environment.EnvironmentChangeEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.env.Environment;

/** Goes on with the settings of an environment that has changed: with all of them, or, when one is bad, with none. */
final class SettingsRefresh implements ApplicationListener<EnvironmentChangeEvent> {

    private static final Logger log = LoggerFactory.getLogger(SettingsRefresh.class);

    private final Environment environment;
    private final Vocabulary vocabulary;
    private final RunTimeTuning tuning;
    private final UnusedSettings unused;

    SettingsRefresh(Environment environment, Vocabulary vocabulary, RunTimeTuning tuning, UnusedSettings unused) {
        this.environment = environment;
        this.vocabulary = vocabulary;
        this.tuning = tuning;
        this.unused = unused;
    }

    /** Whatever the keys: an event may name a property that ours refer to. What it throws would keep others from theirs. */
    @Override
    public void onApplicationEvent(EnvironmentChangeEvent event) {
        try {
            this.unused.warn(this.tuning.configure(() -> SettingsReader.read(this.environment, this.vocabulary)));
        } catch (InvalidPlanException ex) {
            log.error("The settings of Settle stay as they are. {}. {}", ex.getMessage(), ex.action());
        } catch (RuntimeException ex) {
            log.error("The settings of Settle stay as they are: an object that they name cannot be made", ex);
        }
    }
}
