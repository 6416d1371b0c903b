package dev.wharfinger.cli;

import java.util.Locale;

/** How a command prints its answer: for people, or for programs. */
public enum OutputFormat {
    TABLE,
    JSON;

    /** As it is written on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
