package dev.wharfinger.deploy;

import java.util.regex.Pattern;

/** The name of a place where releases run, as {@code wharf.yaml} gives it: {@code staging}. */
public record EnvironmentName(String value) {
    private static final Pattern GRAMMAR = Pattern.compile("[a-z0-9]([-a-z0-9.]{0,61}[a-z0-9])?");

    public EnvironmentName {
        if (!GRAMMAR.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "an environment's name is lower-case letters, digits, - and .: " + value);
        }
    }

    /** Written out, since the JDK links the generated ones at their first use, for milliseconds. */
    @Override
    public boolean equals(Object other) {
        return other instanceof EnvironmentName that && value.equals(that.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return value;
    }
}
