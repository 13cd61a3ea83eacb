package dev.settle.kotlin

import dev.settle.CallTimeoutException
import dev.settle.annotation.Bulkhead
import dev.settle.annotation.Exclusive
import dev.settle.annotation.Retry
import dev.settle.annotation.Timeout
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.consumeAsFlow
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.flow.flowOf
import kotlinx.coroutines.flow.onEach
import kotlinx.coroutines.flow.take
import kotlinx.coroutines.flow.toList
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test
import org.springframework.stereotype.Component

/** A function that returns a flow: each collection is a call. */
class FlowTests {

    /** Kotlin's coroutines copy no exception that has a field of its own. */
    class OwnFailure(val code: Int) : RuntimeException("$code")

    @Component
    class Shop {
        val failure = OwnFailure(2)
        val journal = Journal()
        val values = Channel<String>(Channel.UNLIMITED)

        @Bulkhead(1)
        fun limited(id: String): Flow<String> = flow {
            journal.write("start $id")
            try {
                values.consumeAsFlow().collect { emit("$id$it") }
            } finally {
                journal.write("end $id")
            }
        }

        @Bulkhead(1)
        suspend fun suspending(id: String): Flow<String> = limited2(id)

        private fun limited2(id: String): Flow<String> = flow {
            journal.write("start $id")
            for (value in values) emit("$id$value")
        }

        @Bulkhead(1)
        fun counting(): Flow<Int> = flow {
            repeat(1000) {
                journal.write("made $it")
                emit(it)
            }
        }

        @Bulkhead(1)
        suspend fun countingLater(): Flow<Int> = flow { repeat(1000) { emit(it) } }

        @Retry(maxRetries = 1, delay = "1s", jitter = Retry.Jitter.NONE)
        fun retried(): Flow<Int> = flow {
            journal.write("attempt")
            emit(journal.read().size)
            check(journal.read().size > 1)
        }

        @Bulkhead(1)
        fun withNulls(): Flow<String?> = flowOf("a", null, "b")

        @Exclusive(onConflict = Exclusive.OnConflict.JOIN)
        fun sharedWithNulls(): Flow<String?> = flowOf("a", null, "b")

        @Bulkhead(1)
        fun failing(): Flow<Int> = flow {
            emit(1)
            throw failure
        }

        @Timeout("2s")
        fun timed(): Flow<String> = flow {
            try {
                emit("one")
                awaitCancellation()
            } finally {
                journal.write("cancelled")
            }
        }
    }

    @Test
    fun `nothing happens before it is collected`() = withBean<Shop> {
        val flow = bean.limited("a")
        assertThat(bean.journal.read()).isEmpty()

        calling { flow.toList() }

        assertThat(bean.journal.read()).containsExactly("start a")
    }

    @Test
    fun `each collection is a call of its own`() = withBean<Shop> {
        val flow = bean.counting()

        assertThat(calling { flow.toList() }.value).hasSize(1000)
        assertThat(calling { flow.toList() }.value).hasSize(1000)
    }

    @Test
    fun `the permit is held until the flow ends`() = withBean<Shop> {
        val first = calling { limited("a").toList() }
        calling { limited("b").toList() }
        bean.values.trySend("1")
        assertThat(bean.journal.read()).containsExactly("start a")

        bean.values.close()

        assertThat(first.value).containsExactly("a1")
        assertThat(bean.journal.read()).startsWith("start a", "end a", "start b")
    }

    @Test
    fun `cancelling the collector cancels the flow and frees the permit`() = withBean<Shop> {
        val first = calling { limited("a").toList() }
        calling { limited("b").toList() }

        first.cancel()

        assertThat(bean.journal.read()).startsWith("start a", "end a", "start b")
    }

    @Test
    fun `a collector that has enough frees the permit`() = withBean<Shop> {
        val first = calling { limited("a").first() }
        bean.values.trySend("1")

        assertThat(first.value).isEqualTo("a1")
        assertThat(bean.journal.read()).containsExactly("start a", "end a")
    }

    @Test
    fun `the next value is made when the one before is dealt with`() = withBean<Shop> {
        val taken = Channel<Unit>()
        calling { counting().onEach { taken.receive() }.take(10).toList() }
        assertThat(bean.journal.read()).containsExactly("made 0")

        taken.trySend(Unit)

        assertThat(bean.journal.read()).containsExactly("made 0", "made 1")
    }

    @Test
    fun `a retry collects the function's flow again`() = withBean<Shop> {
        val values = calling { retried().toList() }

        advance(1)

        assertThat(values.value).containsExactly(1, 2)
    }

    @Test
    fun `nulls are values`() = withBean<Shop> {
        assertThat(calling { withNulls().toList() }.value).containsExactly("a", null, "b")
        assertThat(calling { sharedWithNulls().toList() }.value).containsExactly("a", null, "b")
    }

    @Test
    fun `what the collector itself throws is its own, and nothing is retried`() = withBean<Shop> {
        val own = OwnFailure(1)
        val collected = calling { retried().collect { throw own } }

        advance(10)

        assertThat(collected.failure).isSameAs(own)
        assertThat(bean.journal.read()).containsExactly("attempt")
    }

    @Test
    fun `the collector gets the failure itself`() = withBean<Shop> {
        assertThat(calling { failing().toList() }.failure).isSameAs(bean.failure)
    }

    @Test
    fun `a timeout is for the whole flow`() = withBean<Shop> {
        val seen = mutableListOf<String>()
        val values = calling { timed().collect { seen += it } }

        advance(2)

        assertThat(seen).containsExactly("one")
        assertThat(values.failure).isInstanceOf(CallTimeoutException::class.java)
        assertThat(bean.journal.read()).containsExactly("cancelled")
    }

    @Test
    fun `the flow of a suspend function holds the permit until it ends, too`() = withBean<Shop> {
        val first = calling { suspending("a").toList() }
        val second = calling { suspending("b").toList() }
        bean.values.trySend("1")
        assertThat(bean.journal.read()).containsExactly("start a")

        bean.values.close()

        assertThat(first.value).containsExactly("a1")
        assertThat(second.value).isEmpty()
    }

    @Test
    fun `the flow of a suspend function has all its values`() = withBean<Shop> {
        assertThat(calling { countingLater().toList() }.value).containsExactlyElementsOf(0 until 1000)
    }
}
