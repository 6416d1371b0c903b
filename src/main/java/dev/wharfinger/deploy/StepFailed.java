package dev.wharfinger.deploy;

/** The world said no to one step. The message is for people, one line. */
public class StepFailed extends Exception {
    private static final long serialVersionUID = 1L;

    private final Cause whose;

    public StepFailed(Cause whose, String reason) {
        super(reason);
        this.whose = whose;
    }

    public StepFailed(Cause whose, String reason, Throwable from) {
        super(reason, from);
        this.whose = whose;
    }

    /** Whose fault it is. */
    public Cause whose() {
        return whose;
    }

    /** The reason; never null. */
    public String reason() {
        return String.valueOf(getMessage());
    }
}
