package dev.settle.lifecycle;

import static dev.settle.lifecycle.Apps.controller;
import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.abort.AbortGroup;
import dev.settle.annotation.AbortPhase;
import jakarta.annotation.PostConstruct;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Groups at injection points. */
class AbortPhaseTests {

    private final ApplicationContextRunner app = Apps.plain();

    private <T extends Holder> void assertHasGroupOfPhase(int phase, Class<T> type) {
        this.app
                .withUserConfiguration(type)
                .run(context -> assertThat(context.getBean(Holder.class).group)
                        .isSameAs(controller(context).phase(phase)));
    }

    @Test
    void parameterOfAConstructor() {
        assertHasGroupOfPhase(7, OfConstructor.class);
    }

    @Test
    void field() {
        assertHasGroupOfPhase(8, OfField.class);
    }

    @Test
    void parameterOfASetter() {
        assertHasGroupOfPhase(9, OfSetter.class);
    }

    @Test
    void setter() {
        assertHasGroupOfPhase(10, OnSetter.class);
    }

    @Test
    void parameterOfABeanMethod() {
        this.app
                .withUserConfiguration(OfBeanMethod.class)
                .run(context -> assertThat(context.getBean(Holder.class).group)
                        .isSameAs(controller(context).phase(11)));
    }

    @Test
    void provider() {
        assertHasGroupOfPhase(12, OfProvider.class);
    }

    @Test
    void withoutItTheGroupIsThatOfPhaseZero() {
        assertHasGroupOfPhase(0, Plain.class);
    }

    @Test
    void eachPointHasItsOwnGroup() {
        this.app.withUserConfiguration(Two.class).run(context -> {
            assertThat(context.getBean(Two.class).one.phase()).isEqualTo(1);
            assertThat(context.getBean(Two.class).other.phase()).isEqualTo(2);
        });
    }

    static class Holder {

        AbortGroup group;
    }

    static class OfConstructor extends Holder {

        OfConstructor(@AbortPhase(7) AbortGroup group) {
            this.group = group;
        }
    }

    static class OfField extends Holder {

        @Autowired
        @AbortPhase(8)
        private AbortGroup injected;

        @PostConstruct
        void keep() {
            this.group = this.injected;
        }
    }

    static class OfSetter extends Holder {

        @Autowired
        void setGroup(@AbortPhase(9) AbortGroup group) {
            this.group = group;
        }
    }

    static class OnSetter extends Holder {

        @Autowired
        @AbortPhase(10)
        void setGroup(AbortGroup group) {
            this.group = group;
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OfBeanMethod {

        @Bean
        Holder holder(@AbortPhase(11) AbortGroup group) {
            Holder holder = new Holder();
            holder.group = group;
            return holder;
        }
    }

    static class OfProvider extends Holder {

        OfProvider(@AbortPhase(12) ObjectProvider<AbortGroup> group) {
            this.group = group.getObject();
        }
    }

    static class Plain extends Holder {

        Plain(AbortGroup group) {
            this.group = group;
        }
    }

    static class Two {

        private final AbortGroup one;
        private final AbortGroup other;

        Two(@AbortPhase(1) AbortGroup one, @AbortPhase(2) AbortGroup other) {
            this.one = one;
            this.other = other;
        }
    }
}
