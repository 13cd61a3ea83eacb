package dev.settle.core;

/** A setting has a value that cannot be. */
public class InvalidSettingException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final String attribute;
    private final String problem;
    private final String remedy;

    /**
     * Creates the exception.
     *
     * @param attribute the attribute
     * @param problem what is wrong, with the value
     * @param remedy what would be right
     */
    public InvalidSettingException(String attribute, String problem, String remedy) {
        super(attribute + ": " + problem + "; " + remedy);
        this.attribute = attribute;
        this.problem = problem;
        this.remedy = remedy;
    }

    /** Throws unless the condition holds. */
    public static void check(boolean condition, String attribute, String problem, String remedy) {
        if (!condition) {
            throw new InvalidSettingException(attribute, problem, remedy);
        }
    }

    /** The attribute. */
    public String attribute() {
        return this.attribute;
    }

    /** What is wrong, with the value. */
    public String problem() {
        return this.problem;
    }

    /** What would be right. */
    public String remedy() {
        return this.remedy;
    }
}
