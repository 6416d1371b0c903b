package dev.wharfinger.tool;

import dev.wharfinger.shift.ProjectState;
import dev.wharfinger.shift.ShiftState;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.regex.Pattern;

/**
 * Sentences in a handoff that say something happened. One without an event of this shift behind it
 * is kept, and marked UNVERIFIED: words are not proofs. It knows the common English sentences; what
 * it does not know stays the agent's word, as everything in a handoff is.
 */
final class Claims {
    private static final String IS = "(?:is|are|was|were|has been|have been|been|got)";
    private static final String OK =
            "(?:pass(?:es|ed|ing)?|green|clean|successful|succeed(?:s|ed)?|ok|fine|healthy)";

    /** What does not claim: a no, a wish, a plan, a condition. */
    private static final Pattern NO_CLAIM =
            word(
                    "not|nothing|never|nobody|cannot|could not|couldn't|didn't|wasn't|weren't|isn't"
                            + "|aren't|haven't|hasn't|no longer|failed to|unable to|before|until"
                            + "|unless|if|when|once|will|would|should|must|may|might|shall|needs?"
                            + "|plan(?:ned)? to|going to|ready to|waiting|waits|to be|please|next"
                            + "|todo|pending|blocked");

    private static final Pattern NO = word("no|none|zero|without");

    /** A kind of claim, by its words, and the events that carry it. */
    private enum Kind {
        TESTS(
                "(?:all |unit |integration |\\d+ )*tests? (?:suite )?(?:now )?(?:"
                        + IS
                        + " )?(?:all )?"
                        + OK
                        + "|passed (?:all |\\d+ )*tests?|tests? (?:"
                        + IS
                        + " )?(?:run|ran|executed)",
                (shift, _) -> proved(shift)),
        SCAN(
                "(?:security )?(?:scans?|review|audit) (?:"
                        + IS
                        + " )?(?:all )?"
                        + OK
                        + "|free of vulnerabilit\\w+",
                (shift, _) -> proved(shift)),
        SMOKE(
                "(?:smoke|health) (?:tests?|checks?) (?:" + IS + " )?(?:all )?" + OK,
                (shift, _) -> shipped(shift)),
        SHIPPED(
                "(?:deployed|shipped|released|rolled out|promoted|published)"
                        + "|(?:is|are|went|goes) live|deployment (?:"
                        + IS
                        + " )?(?:complete[d]?|done|"
                        + OK
                        + ")",
                (shift, _) -> shipped(shift)),
        BACK(
                "rolled back|reverted|back (?:on|at) (?:the )?(?:previous|old|last)"
                        + "|rollback (?:"
                        + IS
                        + " )?(?:tested|verified|proved|performed|done|complete[d]?|"
                        + OK
                        + ")",
                (shift, _) -> shift.observed().containsKey("rollback-active")),
        BUILT(
                "(?:the )?(?:build|pipeline|ci) (?:"
                        + IS
                        + " )?(?:all )?"
                        + OK
                        + "|(?:artifact|image|release) (?:"
                        + IS
                        + " )?built",
                (shift, _) -> !shift.plans().isEmpty() || proved(shift)),
        WATCHED(
                "(?:monitoring|alert(?:s|ing)?|dashboards?) (?:"
                        + IS
                        + " )?(?:configured|active|in place|checked|set up|enabled|"
                        + OK
                        + ")",
                (shift, _) -> shift.observed().containsKey("shipped-production")),
        APPROVED(
                "approved by|(?:"
                        + IS
                        + ") approved|approval (?:"
                        + IS
                        + " )?(?:given|granted|received)"
                        + "|signed off",
                Claims::approved),
        /** No tool of ours does these, so no event can stand behind them. */
        ELSEWHERE(
                "(?:"
                        + IS
                        + " )?(?:migrated|backed up|restored|pushed|merged|notified|informed"
                        + "|announced|emailed|load[- ]tested|pen(?:etration)?[- ]tested)",
                (_, _) -> false);

        private final Pattern words;
        private final BiPredicate<ShiftState, ProjectState> backed;

        Kind(String words, BiPredicate<ShiftState, ProjectState> backed) {
            this.words = word(words);
            this.backed = backed;
        }
    }

    /** The same said by what is missing. */
    private static final Pattern CLEAN =
            word(
                    "(?:no|zero|0|without(?: any)?) (?:\\w+ ){0,3}(?:vulnerabilit\\w+|findings?"
                            + "|(?:failing|failed|broken) tests?|test failures?|failures?"
                            + "|regressions?)");

    private static final Pattern PRODUCTION = word("production|prod");

    private static Pattern word(String words) {
        return Pattern.compile("\\b(?:" + words + ")\\b", Pattern.CASE_INSENSITIVE);
    }

    /** The sentences that claim what this shift's events do not show. */
    List<String> unverified(ShiftState shift, ProjectState state, String text) {
        var unverified = new ArrayList<String>();
        for (String sentence :
                text.split("(?<=[.!?;])\\s+|\\n|(?<=\\s)(?=(?:but|while|although)\\s)")) {
            if (!sentence.isBlank() && !backed(shift, state, sentence)) {
                unverified.add(Shown.brief(sentence, 200));
            }
        }
        return unverified;
    }

    private static boolean backed(ShiftState shift, ProjectState state, String sentence) {
        if (NO_CLAIM.matcher(sentence).find() || sentence.strip().endsWith("?")) {
            return true;
        }
        if (CLEAN.matcher(sentence).find()) {
            return proved(shift);
        }
        if (NO.matcher(sentence).find()) {
            return true;
        }
        for (Kind kind : Kind.values()) {
            if (kind.words.matcher(sentence).find() && !kind.backed.test(shift, state)) {
                return false;
            }
        }
        boolean toProduction =
                Kind.SHIPPED.words.matcher(sentence).find() && PRODUCTION.matcher(sentence).find();
        return !toProduction || shift.observed().containsKey("shipped-production");
    }

    /** A report was read in this shift and passed, or every gate was open when it shipped. */
    private static boolean proved(ShiftState shift) {
        return shift.observed().keySet().stream().anyMatch(slug -> slug.contains("pass"))
                || shipped(shift);
    }

    private static boolean shipped(ShiftState shift) {
        return shift.observed().keySet().stream().anyMatch(slug -> slug.startsWith("shipped"));
    }

    private static boolean approved(ShiftState shift, ProjectState state) {
        return shift.plans().sequencedKeySet().stream()
                .flatMap(plan -> state.decisions().made(plan.value()).stream())
                .anyMatch(made -> made.approved());
    }
}
