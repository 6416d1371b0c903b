package dev.wharfinger.tool;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;

import java.util.List;

/** What a write changed, as a unified diff, cut where it grows past reading. */
public final class Diff {
    private static final int MOST = 4_000;

    private Diff() {}

    /** The difference between two texts. */
    public static String unified(String file, String before, String after) {
        List<String> old = before.lines().toList();
        var patch = DiffUtils.diff(old, after.lines().toList());
        String whole =
                String.join(
                        "\n",
                        UnifiedDiffUtils.generateUnifiedDiff(
                                "a/" + file, "b/" + file, old, patch, 2));
        String safe = Shown.safe(whole);
        return safe.length() <= MOST ? safe : safe.substring(0, MOST) + "\n… (cut)";
    }
}
