package dev.wharfinger.call;

import tools.jackson.core.SerializableString;
import tools.jackson.core.io.SerializedString;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * What an answer was encoded to, kept beside it: an answer that is given again is not encoded
 * again. Thread-safe; an answer that is made for one call only keeps nothing.
 */
public final class Kept {
    private static final Kept NOTHING = new Kept(false);

    private final boolean keeps;
    private final Map<String, SerializableString> encoded = new ConcurrentHashMap<>(2);

    private Kept(boolean keeps) {
        this.keeps = keeps;
    }

    /** For an answer that will be given again. */
    public static Kept forMore() {
        return new Kept(true);
    }

    /** For an answer to one call. */
    public static Kept nothing() {
        return NOTHING;
    }

    /** Whether it is worth asking. */
    public boolean keeps() {
        return keeps;
    }

    /** The answer as JSON in this shape, encoded by {@code how} the first time. */
    public SerializableString in(String shape, Supplier<String> how) {
        return encoded.computeIfAbsent(shape, _ -> new SerializedString(how.get()));
    }
}
