package dev.settle.lifecycle;

import static dev.settle.lifecycle.Apps.controller;
import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.abort.AbortGroup;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** Each context has a controller of its own, though events of a child come to its parent too. */
class ParentAndChildTests {

    private final ApplicationContextRunner app = Apps.plain();
    private final Journal journal = new Journal();

    @Test
    void childHasAControllerOfItsOwn() {
        this.app.run(parent -> this.app
                .withParent(parent)
                .run(child -> assertThat(controller(child)).isNotSameAs(controller(parent))));
    }

    @Test
    void closingTheChildLeavesTheParentAlone() {
        this.app.withBean(Courier.class).run(parent -> {
            controller(parent).phase(100).onAbort("parent", this.journal.noting("parent"));
            this.app.withParent(parent).run(child -> {
                controller(child).phase(100).onAbort("child", this.journal.noting("child"));
                child.close();
            });

            assertThat(this.journal.lines()).containsExactly("child");
            assertThat(controller(parent).shutdownRequested().aborted()).isFalse();
            assertThat(parent.getBean(Courier.class).deliver(() -> CompletableFuture.completedFuture("delivered")))
                    .isCompletedWithValue("delivered");

            parent.close();
            assertThat(this.journal.lines()).containsExactly("child", "parent");
        });
    }

    @Test
    void groupsInjectedInTheChildAreItsOwn() {
        this.app.run(parent -> this.app
                .withParent(parent)
                .withBean(UserOfAGroup.class)
                .run(child -> {
                    child.getBean(UserOfAGroup.class).group.onAbort("child", this.journal.noting("child"));

                    child.close();

                    assertThat(this.journal.lines()).containsExactly("child");
                }));
    }

    @Test
    void parentOfAChildWithoutSettleKeepsItsOwn() {
        this.app.run(parent -> {
            controller(parent).phase(100).onAbort("parent", this.journal.noting("parent"));
            new ApplicationContextRunner().withParent(parent).run(child -> {
                assertThat(controller(child)).isSameAs(controller(parent));
                child.close();
            });

            assertThat(this.journal.lines()).isEmpty();
        });
    }

    static final class UserOfAGroup {

        private final AbortGroup group;

        UserOfAGroup(AbortGroup group) {
            this.group = group;
        }
    }
}
