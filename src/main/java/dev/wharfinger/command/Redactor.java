package dev.wharfinger.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Takes known secrets out of text. It knows each value as it stands, line by line where it has
 * several lines, in Base64 (both alphabets, at each of the three alignments) and percent-encoded.
 * Values shorter than {@value #SHORTEST} characters are left: they stand in every text, and
 * replacing them would tell more than it hides. A secret that a command transforms in another way
 * is not found; the promise is about accidents, not about a command that wants to leak.
 */
public final class Redactor {
    /** What stands where a secret stood. */
    public static final String MARK = "[redacted]";

    private static final int SHORTEST = 4;

    private final List<String> needles;

    public Redactor(Collection<String> secretValues) {
        Set<String> found = new LinkedHashSet<>();
        secretValues.forEach(value -> addForms(found, value));
        // The longest first: a secret that contains another must not leave its rest behind.
        needles =
                found.stream().sorted(Comparator.comparingInt(String::length).reversed()).toList();
    }

    /** Knows the values that these names have in the environment. */
    public static Redactor ofNames(Map<String, String> environment, Collection<String> names) {
        return new Redactor(names.stream().map(environment::get).filter(Objects::nonNull).toList());
    }

    /** The text without the secrets. */
    public String redact(String text) {
        String result = text;
        for (String needle : needles) {
            result = result.replace(needle, MARK);
        }
        return result;
    }

    /** The same for a text whose beginning was cut off, perhaps in the middle of a secret. */
    String redactTail(String text) {
        String result = redact(text);
        for (String needle : needles) {
            for (int from = 1; from <= needle.length() - SHORTEST; from++) {
                if (result.startsWith(needle.substring(from))) {
                    return MARK + result.substring(needle.length() - from);
                }
            }
        }
        return result;
    }

    private static void addForms(Set<String> found, String value) {
        add(found, value);
        add(found, value.strip());
        value.lines().map(String::strip).forEach(line -> add(found, line));
        if (value.strip().length() < SHORTEST) {
            return;
        }
        add(found, URLEncoder.encode(value, UTF_8));
        add(found, URLEncoder.encode(value, UTF_8).replace("+", "%20"));
        for (Base64.Encoder encoder : List.of(Base64.getEncoder(), Base64.getUrlEncoder())) {
            for (int shift = 0; shift < 3; shift++) {
                add(found, inBase64(encoder, value, shift));
            }
        }
    }

    /** Those characters of the encoding that depend on the value alone, whatever stands around. */
    private static String inBase64(Base64.Encoder encoder, String value, int shift) {
        byte[] bytes = value.getBytes(UTF_8);
        byte[] shifted = new byte[shift + bytes.length];
        System.arraycopy(bytes, 0, shifted, shift, bytes.length);
        String text = encoder.withoutPadding().encodeToString(shifted);
        int from = (shift * 8 + 5) / 6;
        int to = shifted.length * 8 / 6;
        return text.substring(Math.min(from, to), to);
    }

    private static void add(Set<String> found, String form) {
        if (form.length() >= SHORTEST && !form.isBlank()) {
            found.add(form);
        }
    }
}
