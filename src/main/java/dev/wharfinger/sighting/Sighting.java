package dev.wharfinger.sighting;

import dev.wharfinger.workspace.ContentHash;

import java.util.Optional;

/**
 * What a shift knows of one path. Only {@link Read} with today's content lets an action rest on the
 * file.
 */
public sealed interface Sighting {
    /** Nobody showed this path to the shift. It may exist or not: the shift must not care. */
    record Never() implements Sighting {}

    /** A listing showed the path; its content is unknown. */
    record Listed() implements Sighting {}

    /**
     * The file was read with this content. A ledger file also carries the digest of the facts that
     * decide (squad rows, blockers, notes to the persona), so that a changed comment is no drift.
     */
    record Read(ContentHash hash, Optional<String> facts) implements Sighting {
        /** A reading compared by its bytes alone. */
        public Read(ContentHash hash) {
            this(hash, Optional.empty());
        }
    }

    /** Whether an action may still rest on what was seen: the same bytes, or the same facts. */
    default boolean isFresh(ContentHash now, Optional<String> factsNow) {
        return this instanceof Read(var hash, var facts)
                && (hash.equals(now) || (facts.isPresent() && facts.equals(factsNow)));
    }
}
