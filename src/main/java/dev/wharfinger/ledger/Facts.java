package dev.wharfinger.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.wharfinger.workspace.ContentHash;

import java.util.List;

/**
 * A digest over the facts that were read from a ledger file. Two files with the same facts have the
 * same digest however else they differ; the parts cannot run into one another.
 */
final class Facts {
    private final StringBuilder lines = new StringBuilder();

    Facts add(String kind, String... parts) {
        return add(kind, List.of(parts));
    }

    Facts add(String kind, List<String> parts) {
        lines.append(kind);
        for (var part : parts) {
            lines.append('\u0000').append(part.length()).append(':').append(part);
        }
        lines.append('\n');
        return this;
    }

    String digest() {
        return ContentHash.of(lines.toString().getBytes(UTF_8)).hex();
    }

    /** For a file that is not understood: any change of its bytes is a change of its facts. */
    static String ofBytes(byte[] bytes) {
        return new Facts().add("bytes", ContentHash.of(bytes).hex()).digest();
    }
}
