package dev.settle.chaos;

import dev.settle.abort.AbortSignal;
import dev.settle.abort.AbortSource;
import dev.settle.core.Work;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** One call of the method: what it is called with, what the method does each time, and what becomes of it. */
final class Caller implements Work {

    final int id;
    final Object key;
    final Caller parent;
    final long madeAt;
    final AbortSignal around = AbortSignal.current();
    final AbortSource own = new AbortSource();
    final List<Job> jobs = new ArrayList<>();
    private final World world;
    private final boolean sync;
    long lastAttemptAt;
    long passedAt;
    int attempts;
    CompletableFuture<Object> future;
    boolean givenUp;
    boolean byItself;
    boolean settled;
    Object value;
    Throwable failure;

    Caller(World world, int id, Object key, boolean sync, Caller parent) {
        this.world = world;
        this.id = id;
        this.key = key;
        this.sync = sync;
        this.parent = parent;
        this.madeAt = world.now();
    }

    Job lastJob() {
        return this.jobs.isEmpty() ? null : this.jobs.get(this.jobs.size() - 1);
    }

    /** Whether it is part of other work, and ends with that. */
    boolean nested() {
        return this.around != AbortSignal.never();
    }

    @Override
    public Object[] arguments() {
        return new Object[] {this.key, this};
    }

    @Override
    public boolean asynchronous() {
        return !this.sync;
    }

    @Override
    public Object run(AbortSignal signal) throws Throwable {
        this.world.userCode("attempt of " + this, this);
        Job job = new Job(this.world, this, signal);
        this.jobs.add(job);
        this.world.begun(job);
        Fate fate = this.world.draining() ? Fate.VALUE : Fate.random(this.world.dice());
        this.world.log("attempt of " + this + " " + fate);
        try {
            return this.sync ? onThisThread(job, fate) : start(job, fate);
        } finally {
            job.returned();
        }
    }

    private Object onThisThread(Job job, Fate fate) throws Throwable {
        try {
            switch (fate) {
                case VALUE, NULL_FUTURE, SETTLES_BY_HAND, CALLS_ITSELF -> {
                    Object result = this.world.facts().value();
                    job.end(null);
                    return result;
                }
                case NULL_VALUE -> {
                    job.end(null);
                    return this.world.facts().nothing();
                }
                case SETTLES_LATER, IGNORES_CANCEL, SETTLES_WHEN_TOLD, CANCELS_ITSELF -> {
                    this.world.jobs().passTime();
                    if (Thread.interrupted()) {
                        throw this.world.facts().failure(new InterruptedException());
                    }
                    return this.world.facts().value();
                }
                default -> throw thrown(fate);
            }
        } catch (Throwable ex) {
            job.end(ex);
            throw ex;
        } finally {
            job.end(null);
        }
    }

    private Throwable thrown(Fate fate) {
        return this.world
                .facts()
                .failure(fate == Fate.THROWS_ERROR ? new AssertionError("error") : new IOException("reset"));
    }

    private Object start(Job job, Fate fate) throws Throwable {
        switch (fate) {
            case VALUE -> job.settle(this.world.facts().value(), null);
            case NULL_VALUE -> job.settle(this.world.facts().nothing(), null);
            case NULL_FUTURE -> {
                job.end(null);
                return null;
            }
            case THROWS, THROWS_ERROR -> {
                Throwable thrown = thrown(fate);
                job.end(thrown);
                throw thrown;
            }
            case FAILS -> job.settle(null, thrown(fate));
            case FAILS_WRAPPED -> {
                Throwable thrown = thrown(fate);
                job.end(thrown);
                return CompletableFuture.failedFuture(new CompletionException(thrown));
            }
            case CANCELS_ITSELF -> job.cancelItself();
            case SETTLES_LATER -> this.world.jobs().settleLater(job);
            case SETTLES_BY_HAND -> {}
            case IGNORES_CANCEL -> job.ignoringCancel();
            case SETTLES_WHEN_TOLD ->
                job.signal()
                        .onAbort(reason -> job.settle(null, this.world.facts().failure(new IOException("told"))));
            case CALLS_ITSELF -> this.world.jobs().nested(this, job);
        }
        return job;
    }

    @Override
    public String toString() {
        return "#" + this.id + (this.key == null ? "" : "(" + this.key + ")");
    }
}
