package dev.wharfinger.command;

/** How much a command's reach over the file system is to be cut. */
public enum Confinement {
    /** As far as this kernel can; where it cannot, the command runs unconfined and it is said. */
    BEST,
    /** As far as this kernel can; where it cannot, no command runs. */
    REQUIRED,
    /** Not at all. */
    OFF
}
