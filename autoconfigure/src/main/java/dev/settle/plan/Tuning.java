package dev.settle.plan;

import org.jspecify.annotations.Nullable;

/**
 * What an application says of its policies beside the annotations, at one moment. It stands around what the annotations
 * say: a policy's built-in default is less than the application's default, that is less than what the annotation says, and
 * most is what is set for the name. A value that an annotation sets to the built-in default cannot be told from one that it
 * does not set.
 */
public interface Tuning {

    /** Nothing is set. */
    Tuning NONE = new Tuning() {

        @Override
        public @Nullable Setting named(String name, String policy, String property) {
            return null;
        }

        @Override
        public @Nullable Setting general(String policy, String property) {
            return null;
        }
    };

    /** What is set for the methods of a name; the property is spelled as the annotation's attribute. */
    @Nullable
    Setting named(String name, String policy, String property);

    /** What is set for all methods whose annotation says nothing. */
    @Nullable
    Setting general(String policy, String property);
}
