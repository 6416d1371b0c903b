package dev.wharfinger.deploy;

/** How a build ended. */
public sealed interface Built {
    /**
     * The artifact is there and verified.
     *
     * @param fresh built now, not found
     */
    record Done(Artifact artifact, boolean fresh) implements Built {}

    /**
     * There is no artifact.
     *
     * @param command what failed, as it is shown; empty where no command did
     * @param reason one line
     * @param output the end of the command's output, redacted
     */
    record Broken(String command, String reason, String output) implements Built {}
}
