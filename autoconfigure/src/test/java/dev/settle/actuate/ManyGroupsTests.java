package dev.settle.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.abort.AbortGroup;
import dev.settle.abort.AsyncAbortController;
import dev.settle.actuate.AbortGroupsReport.GroupView;
import dev.settle.lifecycle.AbortPhases;
import dev.settle.test.VirtualTime;
import java.util.List;
import org.junit.jupiter.api.Test;

/** However many groups there are, the answer is of a size that can be read. */
class ManyGroupsTests {

    private static final int MANY = AbortGroupsEndpoint.MOST_GROUPS + 50;

    private final AsyncAbortController controller =
            AsyncAbortController.builder().time(new VirtualTime()).build();
    private final AbortGroupsEndpoint endpoint = new AbortGroupsEndpoint(this.controller);

    private List<String> names() {
        return this.endpoint.groups().groups().stream().map(GroupView::name).toList();
    }

    @Test
    void fewAreShownAllAndNoneIsLeftOut() {
        this.controller.phase(7).nextGroup("after seven");

        assertThat(names()).containsExactly("phase 7", "after seven", "root");
        assertThat(this.endpoint.groups().more()).isZero();
    }

    @Test
    void manyAreCountedAndNotShown() {
        for (int i = 0; i < MANY; i++) {
            this.controller.phase(7).nextGroup();
        }

        AbortGroupsReport report = this.endpoint.groups();

        assertThat(report.groups()).hasSize(AbortGroupsEndpoint.MOST_GROUPS);
        assertThat(report.more()).isEqualTo(MANY + 2 - AbortGroupsEndpoint.MOST_GROUPS);
    }

    @Test
    void oneWithSomethingPendingIsShownBeforeThoseWithout() {
        for (int i = 0; i < MANY; i++) {
            this.controller.phase(7).nextGroup();
        }
        this.controller.phase(-7).onAbort("cleanup", event -> null);

        assertThat(names()).contains("phase -7");
    }

    @Test
    void whatIsShownIsInTheOrderInWhichItSettles() {
        AbortGroup later = this.controller.phase(7).nextGroup("after seven");
        later.onAbort("cleanup", event -> null);

        assertThat(names()).containsExactly("phase 7", "after seven", "root");
    }

    @Test
    void phaseIsCalledAsTheLogCallsIt() {
        this.controller.phase(AbortPhases.WEB_DRAIN);
        this.controller.phase(7);

        assertThat(this.endpoint.groups().groups())
                .extracting(GroupView::phaseName)
                .containsExactly("WEB_DRAIN", "7", "0");
    }
}
