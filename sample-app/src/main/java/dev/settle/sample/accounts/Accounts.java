package dev.settle.sample.accounts;

import dev.settle.annotation.Exclusive;
import dev.settle.annotation.Retry;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** The accounts in the database. */
@Repository
class Accounts {

    private final JdbcClient jdbc;

    Accounts(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<Account> all() {
        return this.jdbc
                .sql("select * from account order by id")
                .query(Account.class)
                .list();
    }

    Optional<Account> find(@Nullable String id) {
        return this.jdbc
                .sql("select * from account where id = ?")
                .param(id)
                .query(Account.class)
                .optional();
    }

    /**
     * Moves money in one transaction. Transfers that have an account in common wait for each other here, where they hold no
     * connection. Another desk on the same database knows nothing of that, so two may still deadlock: the database ends one
     * of them, and it is tried again in a new transaction. It is also the database that keeps a balance from being negative.
     *
     * @return false when there is not enough of it
     */
    @Exclusive(key = "{#from, #to}")
    @Retry(maxRetries = 8, delay = "20ms", includes = PessimisticLockingFailureException.class)
    @Transactional
    boolean move(String from, String to, BigDecimal amount) {
        int debited = this.jdbc
                .sql("update account set balance = balance - :amount where id = :id and balance >= :amount")
                .param("amount", amount)
                .param("id", from)
                .update();
        return debited == 1
                && this.jdbc
                                .sql("update account set balance = balance + ? where id = ?")
                                .params(amount, to)
                                .update()
                        == 1;
    }
}
