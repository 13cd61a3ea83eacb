package dev.settle.queue;

import static dev.settle.abort.Race.between;
import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.abort.Race.Meeting;
import dev.settle.queue.LineScene.Visitor;
import java.util.function.Function;
import java.util.function.IntFunction;

/** Who may meet at a line, and what must hold afterwards. */
enum LineRace {
    RELEASE_AGAINST_ENTER(1, scene -> {
        scene.tryEnter(1);
        Visitor visitor = scene.visitor();
        return between(() -> scene.exit(1), visitor::comes).then(() -> {
            assertThat(visitor.isIn()).as("in, because there is a permit").isTrue();
            scene.ends(1);
        });
    }),

    RELEASE_AGAINST_TRY_ENTER(1, scene -> {
        scene.tryEnter(1);
        Visitor first = scene.visitor().waits();
        return between(
                        () -> scene.exit(1),
                        () -> assertThat(scene.tryEnter(1)).as("overtook").isFalse())
                .then(() -> {
                    assertThat(first.isIn()).as("in, because it came first").isTrue();
                    scene.ends(1);
                });
    }),

    ALL_AGAINST_ALL(2, scene -> {
        Visitor heavy = scene.visitor(2);
        Visitor first = scene.passerBy();
        Visitor second = scene.passerBy();
        return between(
                        () -> {
                            heavy.comes();
                            heavy.leaves();
                        },
                        () -> {
                            first.comes();
                            if (scene.tryEnter(1)) {
                                scene.exit(1);
                            }
                        },
                        second::comes)
                .then(() -> scene.ends(2));
    }),

    LEAVE_AGAINST_GRANT(1, scene -> {
        scene.tryEnter(1);
        Visitor first = scene.visitor().waits();
        Visitor second = scene.visitor().waits();
        return between(first::leaves, () -> scene.exit(1)).then(() -> {
            assertThat(second.isIn()).as("in, because the first has left").isEqualTo(first.hasLeft());
            scene.ends(1);
        });
    }),

    LEAVE_OF_THE_FIRST_AGAINST_ENTER(2, scene -> {
        scene.tryEnter(1);
        Visitor heavy = scene.visitor(2).waits();
        Visitor light = scene.visitor();
        return between(heavy::leaves, light::comes).then(() -> {
            assertThat(light.isIn()).as("in, because nobody is before it").isTrue();
            scene.ends(2);
        });
    }),

    LEAVE_AGAINST_ITS_OWN_ENTER(1, scene -> {
        Visitor visitor = scene.visitor();
        Visitor next = scene.visitor();
        return between(
                        () -> {
                            visitor.comes();
                            next.comes();
                        },
                        visitor::leaves)
                .then(() -> {
                    assertThat(next.isIn()).as("in, because the first has left").isEqualTo(visitor.hasLeft());
                    scene.ends(1);
                });
    }),

    CLOSE_AGAINST_ENTER(1, scene -> {
        scene.tryEnter(1);
        Visitor visitor = scene.visitor();
        return between(scene.line()::close, visitor::comes).then(() -> {
            assertThat(visitor.outcomes()).as("told that it is closed").isEqualTo(1);
            scene.ends(1);
        });
    }),

    CLOSE_AGAINST_GRANT(1, scene -> {
        scene.tryEnter(1);
        scene.visitor().waits();
        scene.visitor().waits();
        return between(scene.line()::close, () -> scene.exit(1)).then(() -> scene.ends(1));
    }),

    CLOSE_AGAINST_LEAVE(1, scene -> {
        scene.tryEnter(1);
        Visitor visitor = scene.visitor().waits();
        return between(scene.line()::close, visitor::leaves).then(() -> scene.ends(1));
    }),

    FEWER_PERMITS_AGAINST_RELEASE(3, scene -> {
        scene.tryEnter(1);
        scene.tryEnter(2);
        scene.visitor().waits();
        scene.visitor().waits();
        return between(() -> scene.line().resize(2), () -> scene.exit(2)).then(() -> {
            assertThat(scene.line().permits()).isEqualTo(2);
            scene.line().resize(3);
            scene.ends(3);
        });
    }),

    MORE_PERMITS_AGAINST_ENTER(1, scene -> {
        scene.tryEnter(1);
        Visitor visitor = scene.visitor();
        return between(() -> scene.line().resize(2), visitor::comes).then(() -> {
            assertThat(visitor.isIn()).as("in, because there is a permit").isTrue();
            scene.ends(2);
        });
    });

    private final int permits;
    private final Function<LineScene, Meeting> meeting;

    LineRace(int permits, Function<LineScene, Meeting> meeting) {
        this.permits = permits;
        this.meeting = meeting;
    }

    /** A meeting at a new line. */
    Meeting at(IntFunction<Line> maker) {
        return this.meeting.apply(new LineScene(maker.apply(this.permits)));
    }
}
