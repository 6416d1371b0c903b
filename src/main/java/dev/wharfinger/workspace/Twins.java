package dev.wharfinger.workspace;

import java.io.IOException;

/**
 * Names that differ only by case or normal form: two files here, one on the next machine, where the
 * later silently becomes the earlier.
 */
final class Twins {
    private Twins() {}

    /** Refuses to make a name whose twin is there already. */
    static void refuse(Folder folder, String name) throws IOException {
        FoldedName folded = FoldedName.of(name);
        for (Folder.Named there : folder.names(Listing.NAMES)) {
            if (!there.name().equals(name) && FoldedName.of(there.name()).equals(folded)) {
                throw PathRefused.twin(folder.path().child(name), there.name());
            }
        }
    }
}
