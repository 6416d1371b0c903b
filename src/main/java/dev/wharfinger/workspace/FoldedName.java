package dev.wharfinger.workspace;

import java.text.Normalizer;
import java.util.Locale;

/**
 * A name as the most forgiving file system would compare it: case, compatibility and normal form
 * folded away. Two names with one folded form are twins.
 */
record FoldedName(String text) {
    static FoldedName of(String name) {
        if (isPlain(name)) {
            return new FoldedName(name.toLowerCase(Locale.ROOT));
        }
        // Upper before lower: the long s and the dotless i fold only on the way up.
        String flat = Normalizer.normalize(name, Normalizer.Form.NFKC);
        String folded = flat.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
        return new FoldedName(Normalizer.normalize(folded, Normalizer.Form.NFKC));
    }

    private static boolean isPlain(String name) {
        return name.chars().allMatch(c -> c < 0x80);
    }
}
