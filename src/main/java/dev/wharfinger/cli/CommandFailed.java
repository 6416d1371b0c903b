package dev.wharfinger.cli;

/** A command cannot go on, and the message tells its user why and what to do. */
public final class CommandFailed extends Exception {
    private static final long serialVersionUID = 1L;

    private final ExitCode code;

    public CommandFailed(ExitCode code, String message) {
        super(message);
        this.code = code;
    }

    public ExitCode code() {
        return code;
    }
}
