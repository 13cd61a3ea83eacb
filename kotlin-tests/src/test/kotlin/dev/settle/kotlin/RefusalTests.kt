package dev.settle.kotlin

import dev.settle.annotation.Bulkhead
import dev.settle.annotation.Retry
import dev.settle.test.VirtualTime
import kotlinx.coroutines.Deferred
import kotlinx.coroutines.Job
import kotlinx.coroutines.flow.SharedFlow
import kotlinx.coroutines.flow.StateFlow
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test
import org.springframework.boot.diagnostics.FailureAnalysis
import org.springframework.boot.diagnostics.FailureAnalyzer
import org.springframework.core.io.support.SpringFactoriesLoader
import org.springframework.core.io.support.SpringFactoriesLoader.FailureHandler
import org.springframework.stereotype.Component
import java.util.concurrent.CompletableFuture
import kotlin.reflect.KClass

/** What of Kotlin's Settle cannot follow, or no proxy can stand in front of, stops the application. */
class RefusalTests {

    @Component
    class ReturnsStateFlow {
        @Retry
        fun price(): StateFlow<String> = TODO()
    }

    @Component
    class ReturnsSharedFlow {
        @Retry
        fun price(): SharedFlow<String> = TODO()
    }

    @Component
    class ReturnsJob {
        @Retry
        fun price(): Job = TODO()
    }

    @Component
    class SuspendsForDeferred {
        @Retry
        suspend fun price(): Deferred<String> = TODO()
    }

    @Component
    class SuspendsForFuture {
        @Retry
        suspend fun price(): CompletableFuture<String> = TODO()
    }

    @Component
    class SuspendsForStateFlow {
        @Retry
        suspend fun price(): StateFlow<String> = TODO()
    }

    class NotOpen {
        @Bulkhead(1)
        suspend fun price(): String = TODO()
    }

    open class FunctionNotOpen {
        @Bulkhead(1)
        suspend fun price(): String = TODO()
    }

    class OpenInNotOpen : Opened()

    open class Opened {
        @Bulkhead(1)
        open suspend fun price(): String = TODO()
    }

    @Component
    class OfTheCompanion {
        companion object {
            @JvmStatic
            @Bulkhead(1)
            fun price(): String = TODO()
        }
    }

    @Test
    fun `hot flows and jobs`() {
        assertThat(starting(ReturnsStateFlow::class).description).contains("kotlinx.coroutines.flow.StateFlow")
        assertThat(starting(ReturnsSharedFlow::class).description).contains("kotlinx.coroutines.flow.SharedFlow")
        assertThat(starting(ReturnsJob::class).description).contains("kotlinx.coroutines.Job")
    }

    @Test
    fun `suspend functions whose value is work that goes on`() {
        listOf(SuspendsForDeferred::class, SuspendsForFuture::class, SuspendsForStateFlow::class).forEach {
            assertThat(starting(it).description).contains("returned from a suspend function")
            assertThat(starting(it).action).startsWith("Return the value itself")
        }
    }

    @Test
    fun `functions that are not open`() {
        listOf(NotOpen::class, FunctionNotOpen::class).forEach {
            assertThat(starting(it).description).contains("the method is final")
            assertThat(starting(it).action).contains("kotlin-spring")
        }
    }

    @Test
    fun `classes that are not open`() {
        assertThat(starting(OpenInNotOpen::class).description).contains("the class is final")
        assertThat(starting(OpenInNotOpen::class).action).contains("kotlin-spring")
    }

    @Test
    fun `static functions of companions`() {
        assertThat(starting(OfTheCompanion::class).description).contains("the method is static")
    }

    private fun starting(type: KClass<*>): FailureAnalysis {
        lateinit var failure: Throwable
        runner(VirtualTime()).withBean(type.java).run { failure = it.startupFailure ?: throw AssertionError("$type is not refused") }
        return SpringFactoriesLoader.forDefaultResourceLocation()
            .load(FailureAnalyzer::class.java, FailureHandler.handleMessage { _, _ -> })
            .firstNotNullOf { it.analyze(failure) }
    }
}
