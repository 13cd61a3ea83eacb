package dev.settle.kotlin

import dev.settle.abort.AbortReason
import dev.settle.abort.AbortSignal
import dev.settle.annotation.Bulkhead
import dev.settle.annotation.Exclusive
import dev.settle.annotation.Retry
import dev.settle.annotation.Throttle
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.TimeoutCancellationException
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.cancel
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.launch
import kotlinx.coroutines.test.StandardTestDispatcher
import kotlinx.coroutines.test.TestCoroutineScheduler
import kotlinx.coroutines.withTimeout
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test
import org.springframework.stereotype.Component

/** A caller that is cancelled gives up its call. */
class CancelledByCallerTests {

    @Component
    class Shop {
        val journal = Journal()
        val signals = mutableListOf<AbortSignal>()
        val answer = CompletableDeferred<String>()

        @Bulkhead(1)
        suspend fun limited(id: String): String {
            signals += AbortSignalElement.from(currentCoroutineContext())
            try {
                journal.write("start $id")
                return answer.await()
            } catch (ex: CancellationException) {
                journal.write("cancelled $id")
                throw ex
            }
        }

        @Retry(delay = "5s", jitter = Retry.Jitter.NONE)
        suspend fun retried(): String {
            journal.write("attempt")
            error("away")
        }

        @Throttle(limit = 1, window = "1h", maxWait = "2h")
        suspend fun throttled(): String {
            journal.write("run")
            return "done"
        }

        @Exclusive
        suspend fun exclusive(id: String): String {
            journal.write("start $id")
            awaitCancellation()
        }
    }

    @Test
    fun `a running function is cancelled with its caller, and its signal says so`() = withBean<Shop> {
        val call = calling { limited("a") }

        call.cancel()

        assertThat(bean.journal.read()).containsExactly("start a", "cancelled a")
        assertThat(bean.signals.single().reason())
            .get()
            .extracting(AbortReason::kind)
            .isEqualTo(AbortReason.Kind.CALLER_CANCELLED)
    }

    @Test
    fun `the permit of a cancelled call goes to the next`() = withBean<Shop> {
        val call = calling { limited("a") }
        calling { limited("b") }

        call.cancel()

        assertThat(bean.journal.read()).containsExactly("start a", "cancelled a", "start b")
    }

    @Test
    fun `a caller that is cancelled while it waits leaves the line and never runs`() = withBean<Shop> {
        val running = calling { limited("a") }
        val waiting = calling { limited("b") }
        calling { limited("c") }

        waiting.cancel()
        bean.answer.complete("1")

        assertThat(running.value).isEqualTo("1")
        assertThat(bean.journal.read()).containsExactly("start a", "start c")
    }

    @Test
    fun `a caller that is cancelled in a retry's delay leaves no timer`() = withBean<Shop> {
        val before = timers
        val call = calling { retried() }
        assertThat(timers).isEqualTo(before + 1)

        call.cancel()

        assertThat(timers).isEqualTo(before)
        assertThat(bean.journal.read()).containsExactly("attempt")
    }

    @Test
    fun `a caller that is cancelled while it waits for the rate takes none of it`() = withBean<Shop> {
        calling { throttled() }
        calling { throttled() }.cancel()
        val third = calling { throttled() }

        advance(3600)

        assertThat(third.value).isEqualTo("done")
    }

    @Test
    fun `cancelling the scope cancels every call in it`() = withBean<Shop> {
        val calls = listOf("a", "b", "c").map { calling { exclusive(it) } }

        scope.cancel()

        assertThat(calls).allSatisfy { assertThat(it.isCancelled).isTrue() }
        CoroutineScope(Dispatchers.Unconfined).launch { bean.exclusive("d") }
        assertThat(bean.journal.read()).endsWith("start d")
    }

    @Test
    @OptIn(ExperimentalCoroutinesApi::class)
    fun `a withTimeout around the call is the caller's cancel`() = withBean<Shop> {
        val clock = TestCoroutineScheduler()
        val call = CoroutineScope(StandardTestDispatcher(clock)).async { withTimeout(1000) { bean.limited("a") } }

        clock.advanceTimeBy(1001)

        assertThat(call.failure).isInstanceOf(TimeoutCancellationException::class.java)
        assertThat(bean.journal.read()).containsExactly("start a", "cancelled a")
        assertThat(bean.signals.single().reason())
            .get()
            .extracting(AbortReason::kind)
            .isEqualTo(AbortReason.Kind.CALLER_CANCELLED)
    }
}
