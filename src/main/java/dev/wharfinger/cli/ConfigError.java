package dev.wharfinger.cli;

import dev.wharfinger.rule.Source;

/**
 * {@code wharf.yaml} says something that cannot be meant: where, at which key, and what instead.
 */
public final class ConfigError extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Source source;
    private final String key;
    private final String problem;

    public ConfigError(Source source, String key, String problem) {
        super(source + ": " + (key.isEmpty() ? "" : key + ": ") + problem);
        this.source = source;
        this.key = key;
        this.problem = problem;
    }

    public Source source() {
        return source;
    }

    /** The key with its parents, {@code environments.staging.target}; empty for the whole file. */
    public String key() {
        return key;
    }

    public String problem() {
        return problem;
    }
}
