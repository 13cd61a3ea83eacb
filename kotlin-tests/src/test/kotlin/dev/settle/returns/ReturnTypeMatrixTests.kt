package dev.settle.returns

import dev.settle.CallTimeoutException
import dev.settle.abort.AbortReason
import dev.settle.abort.AsyncAbortController
import dev.settle.annotation.Timeout
import dev.settle.autoconfigure.SettleAutoConfiguration
import dev.settle.core.PolicyBinding
import dev.settle.plan.PolicyBindings
import dev.settle.policy.timeout.TimeoutBinding
import java.io.IOException
import java.time.Duration.ZERO
import java.util.concurrent.CancellationException
import java.util.concurrent.CompletableFuture
import java.util.concurrent.ConcurrentHashMap
import java.util.concurrent.ExecutionException
import java.util.concurrent.LinkedBlockingQueue
import java.util.concurrent.TimeUnit.MILLISECONDS
import java.util.concurrent.TimeUnit.SECONDS
import java.util.function.Supplier
import org.assertj.core.api.Assertions.assertThat
import org.awaitility.Awaitility.await
import org.junit.jupiter.api.AfterAll
import org.junit.jupiter.params.ParameterizedTest
import org.junit.jupiter.params.provider.Arguments
import org.junit.jupiter.params.provider.Arguments.arguments
import org.junit.jupiter.params.provider.MethodSource
import org.springframework.boot.test.util.TestPropertyValues
import org.springframework.context.ApplicationListener
import org.springframework.context.ConfigurableApplicationContext
import org.springframework.context.annotation.AnnotationConfigApplicationContext
import org.springframework.context.event.ContextClosedEvent

/** Each policy, around a method of each type, in each way that a call may end. The outcomes are printed as a table. */
class ReturnTypeMatrixTests {

    enum class End {
        VALUE,
        ERROR,
        EMPTY,
        CANCEL,
        TIMEOUT,
        SHUTDOWN,
    }

    private val attempts = LinkedBlockingQueue<CompletableFuture<String?>>()

    @Volatile private var failing = false

    private val work = Work {
        if (failing) CompletableFuture.failedFuture(FAILURE) else CompletableFuture<String?>().also { attempts.add(it) }
    }

    private fun attempt() = checkNotNull(attempts.poll(30, SECONDS)) { "The method has not been called" }

    @ParameterizedTest(name = "{0} around {1}: {2}")
    @MethodSource("cells")
    fun aCallEndsAsItsWorkDoesAndLeavesNothingBehind(policy: String, caller: Caller, end: End) {
        val app = app(policy, end)
        val bean = app.getBean(EveryType::class.java)
        var call = caller.call(bean, work)
        while (endedTooSoon(end, call) && !detached(policy, caller)) {
            call = caller.call(bean, work)
        }
        bring(end, call, app)
        val outcome = if (detached(policy, caller)) "at once" else word(call)
        if (end != End.SHUTDOWN) {
            // Had the call kept a permit, a lock or its place, this one would wait for ever.
            val next = caller.call(bean, Work { CompletableFuture.completedFuture("7.30") })
            assertThat(word(next)).isIn("7.30", "empty")
        }
        table[Triple(policy, caller.type, end)] = outcome
        assertThat(outcome).isEqualTo(if (detached(policy, caller)) "at once" else expected(caller, end))
    }

    /** On a busy machine a limit may end before the method has been called: that call shows nothing. */
    private fun endedTooSoon(end: End, call: Pending): Boolean {
        if (end != End.TIMEOUT) {
            return false
        }
        await().atMost(30, SECONDS).pollDelay(ZERO).pollInterval(1, MILLISECONDS).until {
            attempts.isNotEmpty() || call.outcome.isDone
        }
        return attempts.isEmpty()
    }

    /** Nobody waits for a debounced method that returns nothing. */
    private fun detached(policy: String, caller: Caller) = caller.type == "void" && policy in setOf("debounce", "all")

    private fun bring(end: End, call: Pending, app: ConfigurableApplicationContext) {
        val running = attempt()
        when (end) {
            End.VALUE -> running.complete("7.30")
            End.EMPTY -> running.complete(null)
            End.ERROR -> {
                failing = true
                running.completeExceptionally(FAILURE)
            }
            End.CANCEL -> call.giveUp()
            End.TIMEOUT -> {}
            End.SHUTDOWN -> app.close()
        }
        if (end in setOf(End.CANCEL, End.TIMEOUT, End.SHUTDOWN)) {
            awaitTold(running, call)
        }
    }

    /** What is given up on is really cancelled: a future is, and a method that blocks is interrupted, which ends the call. */
    private fun awaitTold(running: CompletableFuture<String?>, call: Pending) {
        await().atMost(30, SECONDS).pollDelay(ZERO).pollInterval(1, MILLISECONDS).until {
            running.isCancelled || call.outcome.isDone
        }
        // Of a call that nobody waits for, nobody can give up: it ends by itself.
        running.complete(null)
    }

    private fun word(call: Pending): String =
        try {
            call.outcome.get(30, SECONDS)?.toString() ?: "empty"
        } catch (ex: ExecutionException) {
            word(ex.cause!!)
        } catch (ex: CancellationException) {
            word(ex)
        }

    private fun word(failure: Throwable): String =
        when {
            failure is CallTimeoutException -> "timeout"
            // From JDK 23 on, a future that was cancelled throws another exception with this one inside.
            AbortReason.from(failure).map { it.kind() }.orElse(null) == AbortReason.Kind.SHUTDOWN -> "shutdown"
            failure is CancellationException || failure is InterruptedException -> "cancelled"
            failure is IOException && failure.message == FAILURE.message -> "error"
            else -> failure.toString()
        }

    private fun expected(caller: Caller, end: End): String =
        when (end) {
            End.VALUE -> if (caller.hasValue) "7.30" else "empty"
            End.ERROR -> "error"
            End.EMPTY -> "empty"
            End.CANCEL -> "cancelled"
            End.TIMEOUT -> "timeout"
            End.SHUTDOWN -> "shutdown"
        }

    /** No grace ever ends: what is still in flight at the close is given up at once. */
    class GiveUpAtClose(private val controller: AsyncAbortController) : ApplicationListener<ContextClosedEvent> {
        override fun onApplicationEvent(event: ContextClosedEvent) {
            controller.inFlight().forEach { it.abort(AbortReason.shutdown("the test is over")) }
        }
    }

    companion object {

        private val FAILURE = IOException("reset")
        private val table = ConcurrentHashMap<Triple<String, String, End>, String>()

        private val policies: Map<String, List<PolicyBinding<*>>> =
            PolicyBindings.OUTERMOST_FIRST.associateBy({ name(it) }, { listOf(it) }) +
                ("all" to PolicyBindings.OUTERMOST_FIRST)

        private val apps = ConcurrentHashMap<Pair<String, Boolean>, ConfigurableApplicationContext>()

        /** One stands outside the retries, the other inside. */
        private fun name(binding: PolicyBinding<*>): String {
            val outside = PolicyBindings.OUTERMOST_FIRST.takeWhile { it.policy() != "retry" }
            return binding.policy() + if (binding is TimeoutBinding) (if (binding in outside) " total" else " attempt") else ""
        }

        /** Only an application that is to be shut down is not used again. */
        private fun app(policy: String, end: End): ConfigurableApplicationContext =
            if (end == End.SHUTDOWN) {
                start(policy, false)
            } else {
                apps.computeIfAbsent(Pair(policy, end == End.TIMEOUT)) { start(policy, it.second) }
            }

        private fun start(policy: String, timed: Boolean): ConfigurableApplicationContext {
            val app = AnnotationConfigApplicationContext()
            TestPropertyValues.of("limit=" + if (timed) "50ms" else "1h").applyTo(app)
            app.registerBean(PolicyBindings::class.java, Supplier { PolicyBindings(bindings(policy, timed)) })
            app.register(SettleAutoConfiguration::class.java, GiveUpAtClose::class.java)
            app.registerBean("prices", EveryType::class.java, Supplier { EveryType() })
            app.refresh()
            return app
        }

        private fun bindings(policy: String, timed: Boolean): List<PolicyBinding<*>> {
            val own = policies.getValue(policy)
            return if (!timed || own.any { it is TimeoutBinding }) own else listOf(TimeoutBinding(Timeout.Scope.TOTAL)) + own
        }

        @JvmStatic
        fun cells(): List<Arguments> =
            policies.keys.flatMap { policy ->
                Caller.all.flatMap { caller ->
                    End.entries
                        .filter { (it != End.EMPTY || caller.mayBeEmpty) }
                        .map { arguments(policy, caller, it) }
                }
            }

        @JvmStatic
        @AfterAll
        fun close() {
            apps.values.forEach { it.close() }
        }

        @JvmStatic
        @AfterAll
        fun print() {
            val header = listOf("", "") + policies.keys
            val rows =
                Caller.all.flatMap { caller ->
                    End.entries.map { end ->
                        listOf(caller.type, end.name.lowercase()) +
                            policies.keys.map { table[Triple(it, caller.type, end)] ?: "-" }
                    }
                }
            (listOf(header) + rows).forEach { row ->
                println(row.mapIndexed { index, cell -> cell.padEnd(if (index == 0) 18 else 16) }.joinToString(""))
            }
        }
    }
}
