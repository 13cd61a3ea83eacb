package dev.settle.kotlin

import dev.settle.CallTimeoutException
import dev.settle.annotation.Bulkhead
import dev.settle.annotation.Timeout
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.Deferred
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.NonCancellable
import kotlinx.coroutines.async
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.withContext
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test
import org.springframework.stereotype.Component

/** A coroutine that goes on after it was cancelled keeps its permit: it is still there. */
class LateCoroutineTests {

    @Component
    class Shop {
        val started = mutableListOf<String>()
        val over = CompletableDeferred<Unit>()

        private suspend fun stubborn(id: String): String = withContext(NonCancellable) {
            started += id
            over.await()
            id
        }

        @Bulkhead(1)
        suspend fun limited(id: String) = stubborn(id)

        @Bulkhead(1)
        @Timeout("1s")
        suspend fun timed(id: String) = stubborn(id)

        @Bulkhead(1)
        @Timeout("1s", cancel = false)
        suspend fun told(id: String): String {
            started += id
            over.await()
            return id
        }

        @Bulkhead(1)
        fun flowing(id: String): Flow<String> = flow { emit(stubborn(id)) }

        @Bulkhead(1)
        fun deferred(id: String): Deferred<String> = CoroutineScope(Dispatchers.Unconfined).async { stubborn(id) }
    }

    private fun Scene<Shop>.assertThatTheNextComesWhenItIsOver(call: suspend Shop.(String) -> Any) {
        val next = calling { call("b") }
        assertThat(bean.started).containsExactly("a")

        bean.over.complete(Unit)

        assertThat(bean.started).containsExactly("a", "b")
        assertThat(next.isCompleted).isTrue()
    }

    @Test
    fun `when its caller has gone`() = withBean<Shop> {
        calling { limited("a") }.cancel()

        assertThatTheNextComesWhenItIsOver { limited(it) }
    }

    @Test
    fun `when its time is over, of which the caller is told at once`() = withBean<Shop> {
        val call = calling { timed("a") }

        advance(1)

        assertThat(call.failure).isInstanceOf(CallTimeoutException::class.java)
        assertThatTheNextComesWhenItIsOver { timed(it) }
    }

    @Test
    fun `when its timeout only tells it`() = withBean<Shop> {
        val call = calling { told("a") }

        advance(1)

        assertThat(call.failure).isInstanceOf(CallTimeoutException::class.java)
        assertThatTheNextComesWhenItIsOver { told(it) }
    }

    @Test
    fun `of a flow, when its collector has gone`() = withBean<Shop> {
        calling { flowing("a").toList() }.cancel()

        assertThatTheNextComesWhenItIsOver { flowing(it).toList() }
    }

    @Test
    fun `of a Deferred, when that is cancelled`() = withBean<Shop> {
        bean.deferred("a").cancel()

        assertThatTheNextComesWhenItIsOver { deferred(it).await() }
    }
}
