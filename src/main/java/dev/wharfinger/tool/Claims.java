package dev.wharfinger.tool;

import dev.wharfinger.shift.ShiftState;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Sentences in a handoff that say something happened. One without an event of this shift behind it
 * is kept, and marked UNVERIFIED: words are not proofs.
 */
final class Claims {
    private static final Pattern TESTS =
            Pattern.compile(
                    "\\btests? (are |is )?(all )?(pass|green|successful)",
                    Pattern.CASE_INSENSITIVE);
    private static final Pattern SHIPPED =
            Pattern.compile(
                    "\\b(deployed|shipped|released|rolled out|is live|went live)\\b",
                    Pattern.CASE_INSENSITIVE);
    private static final Pattern BACK =
            Pattern.compile("\\b(rolled back|reverted)\\b", Pattern.CASE_INSENSITIVE);
    private static final Pattern PRODUCTION =
            Pattern.compile("\\bproduction\\b", Pattern.CASE_INSENSITIVE);
    private static final Pattern NEGATED =
            Pattern.compile(
                    "\\b(not|no|nothing|never|could not|cannot|before)\\b",
                    Pattern.CASE_INSENSITIVE);

    /** The sentences that claim what this shift's events do not show. */
    List<String> unverified(ShiftState shift, String text) {
        var unverified = new ArrayList<String>();
        for (String sentence : text.split("(?<=[.!?])\\s+|\\n")) {
            if (!sentence.isBlank()
                    && !NEGATED.matcher(sentence).find()
                    && !backed(shift, sentence)) {
                unverified.add(Shown.brief(sentence, 200));
            }
        }
        return unverified;
    }

    private static boolean backed(ShiftState shift, String sentence) {
        boolean tests = TESTS.matcher(sentence).find();
        boolean shipped = SHIPPED.matcher(sentence).find();
        boolean back = BACK.matcher(sentence).find();
        boolean production = PRODUCTION.matcher(sentence.toLowerCase(Locale.ROOT)).find();
        var observed = shift.observed();
        if (tests
                && observed.keySet().stream()
                        .noneMatch(slug -> slug.contains("pass") || slug.startsWith("shipped"))) {
            return false;
        }
        if (shipped && production && !observed.containsKey("shipped-production")) {
            return false;
        }
        if (shipped && observed.keySet().stream().noneMatch(slug -> slug.startsWith("shipped"))) {
            return false;
        }
        return !back || observed.containsKey("rollback-active");
    }
}
