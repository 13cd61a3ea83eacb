package dev.settle;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

/** Holds for classes without public methods of their own. */
final class HaveNoPublicMethods extends ArchCondition<JavaClass> {

    HaveNoPublicMethods() {
        super("have no public methods");
    }

    @Override
    public void check(JavaClass type, ConditionEvents events) {
        type.getMethods().stream()
                .filter(method -> method.getModifiers().contains(JavaModifier.PUBLIC))
                .forEach(method -> events.add(SimpleConditionEvent.violated(method, method.getFullName())));
    }
}
