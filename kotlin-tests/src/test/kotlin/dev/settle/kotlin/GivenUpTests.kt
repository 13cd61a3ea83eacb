package dev.settle.kotlin

import dev.settle.AbortedException
import dev.settle.CallTimeoutException
import dev.settle.SupersededException
import dev.settle.abort.AbortReason
import dev.settle.annotation.Debounce
import dev.settle.annotation.Exclusive
import dev.settle.annotation.Timeout
import kotlinx.coroutines.CoroutineExceptionHandler
import kotlinx.coroutines.NonCancellable
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.launch
import kotlinx.coroutines.withContext
import kotlinx.coroutines.yield
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test
import org.springframework.stereotype.Component

/** A call that Settle gives up: its coroutine is cancelled, and its caller gets the typed exception. */
class GivenUpTests {

    @Component
    class Shop {
        val journal = Journal()

        @Timeout("1s")
        suspend fun timed(): String =
            try {
                awaitCancellation()
            } finally {
                withContext(NonCancellable) {
                    yield()
                    journal.write("cleaned up")
                }
            }

        @Timeout("1s")
        suspend fun structured(): String = coroutineScope {
            listOf("a", "b").forEach { part ->
                async {
                    try {
                        awaitCancellation()
                    } finally {
                        journal.write("$part ended")
                    }
                }
            }
            "never"
        }

        @Exclusive(onConflict = Exclusive.OnConflict.REPLACE)
        suspend fun replaced(id: String): String =
            try {
                if (id == "last") id else awaitCancellation()
            } finally {
                journal.write("$id ended")
            }

        @Debounce("1s", superseded = Debounce.Superseded.CANCEL)
        suspend fun debounced(id: String): String = id

        @Exclusive
        suspend fun exclusive(): String = awaitCancellation()
    }

    @Test
    fun `a timeout runs the function's finally, and what is not cancellable in it`() = withBean<Shop> {
        val call = calling { timed() }

        advance(1)

        assertThat(bean.journal.read()).containsExactly("cleaned up")
        assertThat(call.failure).isInstanceOf(CallTimeoutException::class.java)
    }

    @Test
    fun `what the function started in its scope is cancelled with it`() = withBean<Shop> {
        val call = calling { structured() }

        advance(1)

        assertThat(bean.journal.read()).containsExactlyInAnyOrder("a ended", "b ended")
        assertThat(call.failure).isInstanceOf(CallTimeoutException::class.java)
    }

    @Test
    fun `a timeout is an ordinary exception, which the caller's scope hears of`() = withBean<Shop> {
        val heard = mutableListOf<Throwable>()
        scope.launch(CoroutineExceptionHandler { _, ex -> heard += ex }) { bean.timed() }

        advance(1)

        assertThat(heard).singleElement().isInstanceOf(CallTimeoutException::class.java)
    }

    @Test
    fun `a call that was replaced ends its launch in silence`() = withBean<Shop> {
        val heard = mutableListOf<Throwable>()
        val launched = scope.launch(CoroutineExceptionHandler { _, ex -> heard += ex }) { bean.replaced("first") }

        val last = calling { replaced("last") }

        assertThat(last.value).isEqualTo("last")
        assertThat(bean.journal.read()).containsExactly("first ended", "last ended")
        assertThat(launched.isCancelled).isTrue()
        assertThat(heard).isEmpty()
    }

    @Test
    fun `a call that was superseded throws where it is awaited, and its caller is still active`() = withBean<Shop> {
        val told = scope.async {
            runCatching { bean.debounced("a") }.exceptionOrNull().also { yield() }
        }
        calling { debounced("b") }

        assertThat(told.value).isInstanceOf(SupersededException::class.java)
    }

    @Test
    fun `the end of the application cancels what runs and what waits`() = withBean<Shop> {
        val running = calling { exclusive() }
        val waiting = calling { exclusive() }

        context.sourceApplicationContext.close()

        assertThat(running.failure).isInstanceOfSatisfying(AbortedException::class.java) {
            assertThat(it.reason().kind()).isEqualTo(AbortReason.Kind.SHUTDOWN)
        }
        assertThat(waiting.isCompleted).isTrue()
    }
}
