package dev.wharfinger.cli;

import org.jspecify.annotations.Nullable;

import java.util.AbstractMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The environment as {@code wharf.yaml} asks for it. What is not set gets a stand-in, so that the
 * rest of the file can be read too, and every name is remembered.
 */
final class AskedEnvironment extends AbstractMap<String, String> {
    /** Fits where a path, a word or the rest of an address is expected. */
    private static final String STAND_IN = "/not-set";

    private final Map<String, String> real;
    private final Set<String> asked = new LinkedHashSet<>();

    AskedEnvironment(Map<String, String> real) {
        this.real = real;
    }

    @Override
    public @Nullable String get(Object name) {
        String value = real.get(name);
        asked.add(String.valueOf(name));
        return value == null ? STAND_IN : value;
    }

    @Override
    public Set<Entry<String, String>> entrySet() {
        return real.entrySet();
    }

    /** Every name that was asked for. */
    List<String> asked() {
        return List.copyOf(asked);
    }
}
