package dev.settle.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Gives the context of a test {@link VirtualTime} instead of the system's: all of Settle's clocks and timers, and the jitter of
 * retries. The test has it injected, and moves it. A test fails that leaves timers, or calls in flight.
 *
 * <pre class="code">
 * &#64;SpringBootTest
 * &#64;WithVirtualTime
 * class SearchTests {
 *
 *     &#64;Autowired VirtualTime time;
 *     &#64;Autowired Search search;
 *
 *     &#64;Test
 *     void searchesOnceTheUserHasPaused() {
 *         CompletableFuture&lt;String&gt; found = search.find("con");
 *         time.advance(Duration.ofMinutes(10));
 *         assertThat(found).isDone();
 *     }
 * }
 * </pre>
 *
 * What becomes due runs on the thread of the test. A synchronous method that has to wait, for a permit or a retry, waits on its
 * caller's thread until the time is moved: it is called from another thread than the one that moves it.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
public @interface WithVirtualTime {

    /** The seed of what is random. */
    long seed() default 0;
}
