package dev.wharfinger.workspace;

import java.util.Optional;

/**
 * Leave to write these bytes to one file. Declared where it is spent; minted only in {@code
 * policy}. With {@code replacing} the file must now hold that content; without it there must be no
 * file.
 */
public record WriteGrant(WorkspacePath path, ContentHash content, Optional<ContentHash> replacing) {
    public WriteGrant {
        if (path.equals(WorkspacePath.ROOT)) {
            throw new IllegalArgumentException("the root is a folder and cannot be written");
        }
    }
}
