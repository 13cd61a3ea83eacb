package dev.settle.returns

import java.util.concurrent.CompletableFuture
import java.util.concurrent.Future
import java.util.concurrent.FutureTask
import kotlin.concurrent.thread
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.future.future
import org.reactivestreams.Publisher
import reactor.adapter.JdkFlowAdapter
import reactor.core.publisher.Flux

/** A call under way: what becomes of it, and how its caller gives it up. */
class Pending(val outcome: Future<out Any?>, val giveUp: () -> Unit)

/** Calls the method of one type as its users do. */
class Caller(
    val type: String,
    val hasValue: Boolean = true,
    val mayBeEmpty: Boolean = true,
    val call: (EveryType, Work) -> Pending,
) {
    override fun toString() = type

    companion object {

        val all =
            listOf(
                Caller("T") { bean, work -> onThread { bean.value(work) } },
                Caller("void", hasValue = false) { bean, work -> onThread { bean.nothing(work); null } },
                Caller("CompletableFuture") { bean, work -> ofFuture(bean.completableFuture(work)) },
                Caller("CompletionStage") { bean, work -> ofFuture(bean.completionStage(work).toCompletableFuture()) },
                Caller("Future") { bean, work -> ofFuture(bean.future(work)) },
                Caller("Mono") { bean, work -> ofFuture(bean.mono(work).toFuture()) },
                Caller("Flux") { bean, work -> ofPublisher(bean.flux(work)) },
                Caller("Publisher") { bean, work -> ofPublisher(bean.publisher(work)) },
                Caller("Flow.Publisher") { bean, work ->
                    ofPublisher(JdkFlowAdapter.flowPublisherToFlux(bean.flowPublisher(work)))
                },
                Caller("Single", mayBeEmpty = false) { bean, work -> ofPublisher(bean.single(work).toFlowable()) },
                Caller("Maybe") { bean, work -> ofPublisher(bean.maybe(work).toFlowable()) },
                Caller("Completable", hasValue = false) { bean, work ->
                    ofPublisher(bean.completable(work).toFlowable<String>())
                },
                Caller("Flowable") { bean, work -> ofPublisher(bean.flowable(work)) },
                Caller("Observable") { bean, work ->
                    ofPublisher(bean.observable(work).toFlowable(io.reactivex.rxjava3.core.BackpressureStrategy.BUFFER))
                },
                Caller("Flow") { bean, work -> inCoroutine { bean.flow(work).single() } },
                Caller("suspend") { bean, work -> inCoroutine { bean.suspending(work) } },
                Caller("suspend Flow") { bean, work -> inCoroutine { bean.suspendingFlow(work).single() } },
            )

        private fun onThread(call: () -> Any?): Pending {
            val task = FutureTask(call)
            val caller = thread(isDaemon = true) { task.run() }
            return Pending(task) { caller.interrupt() }
        }

        private fun ofFuture(future: Future<out Any?>) = Pending(future) { future.cancel(true) }

        /** Nobody tells a subscriber that has cancelled anything more. */
        private fun ofPublisher(publisher: Publisher<String>): Pending {
            val outcome = CompletableFuture<Any?>()
            val subscription =
                Flux.from(publisher).collectList().subscribe(
                    { outcome.complete(it.singleOrNull()) },
                    { outcome.completeExceptionally(it) },
                )
            return Pending(outcome) {
                subscription.dispose()
                outcome.cancel(false)
            }
        }

        private fun inCoroutine(call: suspend () -> Any?): Pending =
            ofFuture(CoroutineScope(Dispatchers.Default).future { call() })

        private suspend fun Flow<String>.single() = toList().singleOrNull()
    }
}
