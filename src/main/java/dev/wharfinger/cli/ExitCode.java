package dev.wharfinger.cli;

/**
 * What a command's exit code says: whose fault it was, if anybody's. Scripts rely on the numbers.
 */
public enum ExitCode {
    DONE(0),
    /** The answer is no: refused, findings, does not verify. */
    NO(1),
    /** The command line is wrong. */
    USAGE(2),
    /** {@code wharf.yaml}, a persona file, or the machine's set-up is wrong. */
    CONFIGURATION(3),
    /** The target, the network or the disk failed. */
    WORLD(4),
    /** Our bug. */
    BUG(70),
    /** The journal cannot be written or is not to be trusted. */
    JOURNAL(74);

    private final int number;

    ExitCode(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }
}
