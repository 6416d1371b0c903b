package dev.wharfinger.persona;

import java.util.regex.Pattern;

/** The name of a persona: {@code deploy}. Its command is the name behind a slash. */
public record PersonaName(String value) implements Comparable<PersonaName> {
    private static final Pattern SHAPE = Pattern.compile("[a-z][a-z0-9-]{0,63}");

    public PersonaName {
        if (!isName(value)) {
            throw new IllegalArgumentException("not a persona's name: " + value);
        }
    }

    /**
     * Whether this text can be a name: lower-case letters, digits and {@code -}, a letter first.
     */
    public static boolean isName(String text) {
        return SHAPE.matcher(text).matches();
    }

    /** As PLAN.md and the handoff matrix write it: {@code /deploy}. */
    public String command() {
        return "/" + value;
    }

    /** Written out, since the JDK links the generated ones at their first use, for milliseconds. */
    @Override
    public boolean equals(Object other) {
        return other instanceof PersonaName that && value.equals(that.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public int compareTo(PersonaName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
