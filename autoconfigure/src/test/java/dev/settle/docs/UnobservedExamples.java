package dev.settle.docs;

import dev.settle.test.FailOnUnobservedFailures;
import org.springframework.boot.test.context.SpringBootTest;

/** The code of the section on failures that nobody looks at; {@code FailOnUnobservedFailuresTests} runs such a class. */
final class UnobservedExamples {

    private UnobservedExamples() {}

    @SpringBootTest
    @FailOnUnobservedFailures
    class OrderTests {
        // The tests of an application.
    }
}
