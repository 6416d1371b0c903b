package dev.wharfinger.ledger;

import java.util.Optional;

/**
 * A ledger file with something added: the bytes to be stored, the line at which the addition
 * begins, the lines as written (joined by a line feed), and the id that it was given where the
 * file's entries have ids.
 */
public record Written(byte[] bytes, int line, String row, Optional<String> id) {
    public Written {
        bytes = bytes.clone();
    }

    @Override
    public byte[] bytes() {
        return bytes.clone();
    }
}
