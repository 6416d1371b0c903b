package dev.wharfinger.proof;

import dev.wharfinger.rule.Refusal;
import dev.wharfinger.rule.RuleId;
import dev.wharfinger.rule.Source;

/** Why a report proves nothing, and where in it: the way out of a reader. */
final class Unusable extends Exception {
    private static final long serialVersionUID = 1;

    private final int line;

    Unusable(String reason, int line) {
        super(reason, null, false, false);
        this.line = line;
    }

    Unusable(String reason) {
        this(reason, 0);
    }

    int line() {
        return line;
    }

    String reason() {
        return String.valueOf(getMessage());
    }

    /** As the caller gets it; only making the report anew helps. */
    Refusal in(String file) {
        return refusal(file, reason(), line);
    }

    static Refusal refusal(String file, String reason, int line) {
        return Refusal.byYou(
                        RuleId.PROOF_UNUSABLE,
                        "`" + Shown.text(file) + "` proves nothing: " + reason,
                        "Run the check again so that it writes a complete report, then record that"
                                + " report; do not edit a report by hand.")
                .from(new Source(file.isBlank() ? "report" : Shown.text(file), Math.max(0, line)));
    }
}
