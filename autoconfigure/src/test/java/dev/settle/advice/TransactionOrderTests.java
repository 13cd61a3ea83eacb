package dev.settle.advice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.settle.annotation.Retry;
import dev.settle.autoconfigure.Startup;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.embedded.EmbeddedDatabaseBuilder;
import org.springframework.jdbc.datasource.embedded.EmbeddedDatabaseType;
import org.springframework.test.util.AopTestUtils;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.UnexpectedRollbackException;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.interceptor.TransactionAspectSupport;

/** Settle stands outside {@code @Transactional}: each attempt has a transaction of its own. */
class TransactionOrderTests {

    private final ApplicationContextRunner runner =
            Startup.runner().withUserConfiguration(Database.class).withBean(Orders.class);

    @Configuration(proxyBeanMethods = false)
    @EnableTransactionManagement(proxyTargetClass = true)
    static class Database {

        @Bean
        DataSource dataSource() {
            return new EmbeddedDatabaseBuilder()
                    .generateUniqueName(true)
                    .setType(EmbeddedDatabaseType.H2)
                    .build();
        }

        @Bean
        DataSourceTransactionManager transactionManager(DataSource dataSource) {
            return new DataSourceTransactionManager(dataSource);
        }

        @Bean
        JdbcTemplate jdbc(DataSource dataSource) {
            JdbcTemplate jdbc = new JdbcTemplate(dataSource);
            jdbc.execute("create table orders (item varchar(20))");
            return jdbc;
        }
    }

    static class Orders {

        final List<TransactionStatus> transactions = new CopyOnWriteArrayList<>();
        private final JdbcTemplate jdbc;

        Orders(JdbcTemplate jdbc) {
            this.jdbc = jdbc;
        }

        @Transactional
        @Retry(maxRetries = 2, delay = "0s")
        public int place(String item) {
            this.transactions.add(TransactionAspectSupport.currentTransactionStatus());
            this.jdbc.update("insert into orders values (?)", item);
            if (this.transactions.size() < 3) {
                throw new IllegalStateException("attempt " + this.transactions.size());
            }
            return rows();
        }

        private int rows() {
            return this.jdbc.queryForObject("select count(*) from orders", Integer.class);
        }
    }

    @Test
    void eachAttemptHasATransactionOfItsOwn() {
        this.runner.run(context -> {
            Orders orders = context.getBean(Orders.class);

            assertThat(orders.place("tea"))
                    .as("rows that the last attempt sees")
                    .isOne();

            Orders target = AopTestUtils.getUltimateTargetObject(orders);
            assertThat(target.rows()).as("rows that were committed").isOne();
            assertThat(target.transactions).hasSize(3).doesNotHaveDuplicates();
            assertThat(target.transactions).allMatch(TransactionStatus::isCompleted);
        });
    }

    @Test
    void movedInsideAllAttemptsShareOneTransaction() {
        this.runner.withPropertyValues("settle.advisor-order=2147483647").run(context -> {
            Orders orders = context.getBean(Orders.class);

            assertThat(orders.place("tea")).isEqualTo(3);

            Orders target = AopTestUtils.getUltimateTargetObject(orders);
            assertThat(target.rows()).isEqualTo(3);
            assertThat(target.transactions).hasSize(3).containsOnly(target.transactions.get(0));
        });
    }

    @Test
    void whenAllAttemptsFailNothingIsCommitted() {
        this.runner.withBean("hopeless", Hopeless.class).run(context -> {
            Throwable thrown =
                    catchThrowable(() -> context.getBean(Hopeless.class).place("tea"));

            assertThat(thrown).hasMessage("never");
            assertThat(context.getBean(JdbcTemplate.class).queryForObject("select count(*) from orders", Integer.class))
                    .isZero();
        });
    }

    static class Hopeless {

        private final JdbcTemplate jdbc;

        Hopeless(JdbcTemplate jdbc) {
            this.jdbc = jdbc;
        }

        @Transactional
        @Retry(maxRetries = 2, delay = "0s")
        public void place(String item) {
            this.jdbc.update("insert into orders values (?)", item);
            throw new IllegalStateException("never");
        }
    }

    static class Basket {

        private final Orders orders;

        Basket(Orders orders) {
            this.orders = orders;
        }

        @Transactional
        public void checkOut() {
            this.orders.place("tea");
        }
    }

    @Test
    void insideAnOuterTransactionAFailedAttemptRollsAllOfItBack() {
        this.runner.withBean(Basket.class).run(context -> {
            Throwable thrown =
                    catchThrowable(() -> context.getBean(Basket.class).checkOut());

            assertThat(thrown).isInstanceOf(UnexpectedRollbackException.class);
            assertThat(context.getBean(JdbcTemplate.class).queryForObject("select count(*) from orders", Integer.class))
                    .isZero();
        });
    }
}
