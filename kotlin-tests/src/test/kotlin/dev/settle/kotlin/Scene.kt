package dev.settle.kotlin

import dev.settle.abort.AbortReason
import dev.settle.abort.AsyncAbortController
import dev.settle.autoconfigure.SettleAutoConfiguration
import dev.settle.test.VirtualTime
import dev.settle.time.TimeSource
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Deferred
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.SupervisorJob
import kotlinx.coroutines.async
import org.assertj.core.api.Assertions.assertThat
import org.springframework.boot.autoconfigure.AutoConfigurations
import org.springframework.boot.test.context.assertj.AssertableApplicationContext
import org.springframework.boot.test.context.runner.ApplicationContextRunner
import org.springframework.context.ApplicationListener
import org.springframework.context.event.ContextClosedEvent
import java.time.Duration

/** One bean in an application whose time is virtual. */
class Scene<T : Any>(val bean: T, val context: AssertableApplicationContext, private val time: VirtualTime) {

    /** Unconfined: what a coroutine does, it does on the thread of the test, before the test goes on. */
    val scope = CoroutineScope(Dispatchers.Unconfined + SupervisorJob())

    fun <R> calling(work: suspend T.() -> R): Deferred<R> = scope.async { bean.work() }

    fun advance(seconds: Long) = time.advance(Duration.ofSeconds(seconds))

    fun run() = time.run()

    val timers get() = time.pending()
}

inline fun <reified T : Any> withBean(vararg properties: String, crossinline test: Scene<T>.() -> Unit) {
    val time = VirtualTime()
    runner(time).withBean("bean", T::class.java).withPropertyValues(*properties).run { context ->
        assertThat(context).hasNotFailed()
        Scene(context.getBean(T::class.java), context, time).test()
    }
}

fun runner(time: VirtualTime): ApplicationContextRunner =
    ApplicationContextRunner()
        .withConfiguration(AutoConfigurations.of(SettleAutoConfiguration::class.java))
        .withBean(TimeSource::class.java, { time })
        .withBean(GiveUpAtClose::class.java)

/** In virtual time no grace ends: what is in flight at the close is given up at once. */
class GiveUpAtClose(private val controller: AsyncAbortController) : ApplicationListener<ContextClosedEvent> {

    override fun onApplicationEvent(event: ContextClosedEvent) =
        controller.inFlight().forEach { it.abort(AbortReason.shutdown("the test is over")) }
}

@OptIn(ExperimentalCoroutinesApi::class)
val Deferred<*>.failure: Throwable
    get() = getCompletionExceptionOrNull() ?: throw AssertionError("It has a value: ${getCompleted()}")

@OptIn(ExperimentalCoroutinesApi::class)
val <T> Deferred<T>.value: T
    get() = getCompleted()

/** How a function of a bean ended. */
class Journal {

    private val lines = mutableListOf<String>()

    @Synchronized
    fun write(line: String) {
        lines += line
    }

    @Synchronized
    fun read(): List<String> = lines.toList()
}
