package dev.settle.advice;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;

/** Transactions of nothing, which are written down. */
final class RecordedTransactions extends AbstractPlatformTransactionManager {

    private static final long serialVersionUID = 1L;

    private final transient List<String> done = new CopyOnWriteArrayList<>();

    /** What was done, in order. */
    List<String> done() {
        return this.done;
    }

    @Override
    protected Object doGetTransaction() {
        return this;
    }

    @Override
    protected void doBegin(Object transaction, TransactionDefinition definition) {
        this.done.add("begin");
    }

    @Override
    protected void doCommit(DefaultTransactionStatus status) {
        this.done.add("commit");
    }

    @Override
    protected void doRollback(DefaultTransactionStatus status) {
        this.done.add("rollback");
    }
}
