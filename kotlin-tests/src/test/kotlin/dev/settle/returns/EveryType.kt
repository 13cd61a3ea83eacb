package dev.settle.returns

import dev.settle.annotation.Bulkhead
import dev.settle.annotation.Debounce
import dev.settle.annotation.Exclusive
import dev.settle.annotation.Retry
import dev.settle.annotation.Throttle
import dev.settle.annotation.Timeout
import io.reactivex.rxjava3.core.Completable
import io.reactivex.rxjava3.core.Flowable
import io.reactivex.rxjava3.core.Maybe
import io.reactivex.rxjava3.core.Observable
import io.reactivex.rxjava3.core.Single
import java.util.concurrent.CompletableFuture
import java.util.concurrent.CompletionStage
import java.util.concurrent.ExecutionException
import java.util.concurrent.Future
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flow as emitting
import kotlinx.coroutines.future.await
import org.reactivestreams.Publisher
import reactor.adapter.JdkFlowAdapter
import reactor.core.publisher.Flux
import reactor.core.publisher.Mono

/** What a method does in one attempt. */
fun interface Work {
    fun start(): CompletableFuture<String?>
}

@Retry(maxRetries = 1, delay = "1ms")
@Timeout(value = "\${limit}")
@Timeout(value = "\${limit}", scope = Timeout.Scope.TOTAL)
@Debounce("5ms")
@Throttle(limit = 1000, window = "1ms")
@Bulkhead(1)
@Exclusive
annotation class EveryPolicy

/** A method of each type that Settle follows. */
@EveryPolicy
open class EveryType {

    open fun value(work: Work): String? = await(work.start())

    open fun nothing(work: Work) {
        await(work.start())
    }

    open fun completableFuture(work: Work): CompletableFuture<String?> = work.start()

    open fun completionStage(work: Work): CompletionStage<String?> = work.start()

    open fun future(work: Work): Future<String?> = PlainFuture(work.start())

    @Suppress("UNCHECKED_CAST") // Reactor takes null for an empty one
    open fun mono(work: Work): Mono<String> = Mono.fromFuture { work.start() as CompletableFuture<String> }

    open fun flux(work: Work): Flux<String> = mono(work).flux()

    open fun publisher(work: Work): Publisher<String> = mono(work)

    open fun flowPublisher(work: Work): java.util.concurrent.Flow.Publisher<String> =
        JdkFlowAdapter.publisherToFlowPublisher(mono(work))

    open fun single(work: Work): Single<String> = Single.fromPublisher(mono(work))

    open fun maybe(work: Work): Maybe<String> = Maybe.fromPublisher(mono(work))

    open fun completable(work: Work): Completable = Completable.fromPublisher(mono(work))

    open fun flowable(work: Work): Flowable<String> = Flowable.fromPublisher(mono(work))

    open fun observable(work: Work): Observable<String> = Observable.fromPublisher(mono(work))

    open fun flow(work: Work): Flow<String> = emitting { work.start().await()?.let { emit(it) } }

    open suspend fun suspending(work: Work): String? = work.start().await()

    open suspend fun suspendingFlow(work: Work): Flow<String> = flow(work)
}

/** As a method that blocks: it can be interrupted, and throws what went wrong. */
private fun await(future: Future<String?>): String? =
    try {
        future.get()
    } catch (ex: ExecutionException) {
        throw ex.cause!!
    }

/** A future that cannot call back. */
private class PlainFuture(future: Future<String?>) : Future<String?> by future
