package dev.wharfinger.approval;

import dev.wharfinger.rule.Opener;
import dev.wharfinger.rule.Refusal;
import dev.wharfinger.rule.RuleId;
import dev.wharfinger.rule.Verdict;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a person signs: {@code wharf-approval v1}, then a line each. A field that does not apply is
 * {@code -}. It is read only as it would be written: no other bytes mean the same.
 *
 * @param origin the journal's name; with {@code size} and {@code root} the signature witnesses it
 */
public record ApprovalText(
        String project,
        String origin,
        long size,
        String root,
        Kind kind,
        Choice decision,
        String environment,
        String version,
        String digest,
        String artifact,
        String approver,
        String nonce,
        Instant expires) {
    private static final String HEAD = "wharf-approval v1";

    public ApprovalText {
        Stream.of(project, origin, root, environment, version, digest, artifact, approver, nonce)
                .forEach(ApprovalText::check);
        if (origin.contains(" ") || root.contains(" ") || size < 0) {
            throw new IllegalArgumentException("no journal: " + origin + " " + size + " " + root);
        }
    }

    private static void check(String field) {
        if (field.isBlank() || field.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("a field is one line: `" + field + "`");
        }
    }

    /** The text, byte for byte as it is signed, in UTF-8. */
    public String text() {
        return String.join(
                "\n",
                HEAD,
                "project " + project,
                "journal " + origin + " " + size + " " + root,
                "kind " + kind.text(),
                "decision " + decision.text(),
                "environment " + environment,
                "version " + version,
                "digest " + digest,
                "artifact " + artifact,
                "approver " + approver,
                "nonce " + nonce,
                "expires " + expires,
                "");
    }

    /** The fields of a text; a text that would not be written so is refused. */
    public static Verdict<ApprovalText> parse(String text) {
        try {
            List<String> lines = List.of(text.split("\n", -1));
            if (lines.size() != 13 || !lines.getFirst().equals(HEAD)) {
                return malformed();
            }
            String[] journal = value(lines, 2, "journal").split(" ", -1);
            if (journal.length != 3) {
                return malformed();
            }
            var parsed =
                    new ApprovalText(
                            value(lines, 1, "project"),
                            journal[0],
                            Long.parseLong(journal[1]),
                            journal[2],
                            Kind.of(value(lines, 3, "kind"))
                                    .orElseThrow(IllegalArgumentException::new),
                            Choice.of(value(lines, 4, "decision"))
                                    .orElseThrow(IllegalArgumentException::new),
                            value(lines, 5, "environment"),
                            value(lines, 6, "version"),
                            value(lines, 7, "digest"),
                            value(lines, 8, "artifact"),
                            value(lines, 9, "approver"),
                            value(lines, 10, "nonce"),
                            Instant.parse(value(lines, 11, "expires")));
            return parsed.text().equals(text) ? Verdict.granted(parsed) : malformed();
        } catch (IllegalArgumentException | DateTimeException e) {
            return malformed();
        }
    }

    private static String value(List<String> lines, int at, String name) {
        String line = lines.get(at);
        if (!line.startsWith(name + " ")) {
            throw new IllegalArgumentException("no " + name);
        }
        return line.substring(name.length() + 1);
    }

    private static Verdict<ApprovalText> malformed() {
        return Verdict.refused(
                Refusal.by(
                        Opener.HUMAN,
                        RuleId.APPROVAL_MISMATCH,
                        "What was signed is no `" + HEAD + "` text.",
                        "Tell the user: sign the text that `wharf approve` shows, unchanged."));
    }
}
