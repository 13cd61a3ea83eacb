package dev.settle.sample;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.scheduling.annotation.EnableScheduling;

/** The currency desk. */
@SpringBootApplication
@ConfigurationPropertiesScan
@EnableScheduling
public class SampleApplication {

    /** Opens the desk; Ctrl-C closes it. */
    public static void main(String[] args) {
        SpringApplication.run(SampleApplication.class, args);
    }
}
