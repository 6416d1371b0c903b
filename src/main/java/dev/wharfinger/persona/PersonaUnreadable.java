package dev.wharfinger.persona;

import dev.wharfinger.rule.Source;

/**
 * A persona file that cannot be understood. Nothing is guessed: the line, what is wrong with it,
 * and what to write instead. Stops the start of the server.
 */
public final class PersonaUnreadable extends Exception {
    private static final long serialVersionUID = 1;

    private final transient Source source;
    private final String found;
    private final String remedy;

    public PersonaUnreadable(Source source, String found, String remedy) {
        super(source + ": " + found + ". " + remedy);
        this.source = source;
        this.found = found;
        this.remedy = remedy;
    }

    /** The line; line 0 where the file as a whole is meant. */
    public Source source() {
        return source;
    }

    /** What was found there. */
    public String found() {
        return found;
    }

    /** What to write. */
    public String remedy() {
        return remedy;
    }
}
