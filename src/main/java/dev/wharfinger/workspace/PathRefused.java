package dev.wharfinger.workspace;

import dev.wharfinger.rule.NextCall;
import dev.wharfinger.rule.Opener;
import dev.wharfinger.rule.Refusal;
import dev.wharfinger.rule.RuleId;

import java.io.IOException;

/** What stands in the file system under a valid name is refused; nothing was read or written. */
public final class PathRefused extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient Refusal refusal;

    PathRefused(Refusal refusal) {
        super(refusal.rule() + ": " + refusal.reason());
        this.refusal = refusal;
    }

    /** The typed no. */
    public Refusal refusal() {
        return refusal;
    }

    static PathRefused link(WorkspacePath path) {
        return another(path, "is a link or lies behind one; links are never followed");
    }

    static PathRefused elsewhere(WorkspacePath path) {
        return another(path, "leads out of the project or to another file system");
    }

    static PathRefused notAFolder(WorkspacePath path) {
        return another(path, "is not a folder, or lies below something that is none");
    }

    static PathRefused notAFile(WorkspacePath path) {
        return another(path, "is not a regular file");
    }

    static PathRefused hardLink(WorkspacePath path) {
        return another(path, "has a second name (a hard link), which may lie anywhere");
    }

    static PathRefused moved(WorkspacePath path) {
        return another(path, "lies in a folder that was moved or replaced meanwhile");
    }

    static PathRefused notPermitted(WorkspacePath path) {
        return new PathRefused(
                Refusal.by(
                        Opener.HUMAN,
                        RuleId.PATH_INVALID,
                        "`%s` is closed to the user that the server runs as.".formatted(path),
                        "Ask a person to give that user access, or go on without it."));
    }

    static PathRefused forbidden(WorkspacePath path) {
        return new PathRefused(
                Refusal.by(
                        Opener.HUMAN,
                        RuleId.LANE_FORBIDDEN,
                        "`%s` is a path that no persona may touch.".formatted(path),
                        "Leave it as it is; a person changes it outside of a shift."));
    }

    static PathRefused twin(WorkspacePath path, String other) {
        return new PathRefused(
                Refusal.byYou(
                        RuleId.PATH_INVALID,
                        "`%s` differs from its neighbour `%s` only in case or Unicode form."
                                .formatted(path, NameRules.shown(other)),
                        "Use the neighbour's name, or one that differs from it in its letters."));
    }

    static PathRefused tooLarge(WorkspacePath path, long size, long limit) {
        return new PathRefused(
                Refusal.by(
                        Opener.HUMAN,
                        RuleId.LIMIT_TOO_LARGE,
                        "`%s` has %d bytes; at most %d are read.".formatted(path, size, limit),
                        "Go on without it, or ask a person to split the file."));
    }

    static PathRefused tooMany(WorkspacePath folder, int limit) {
        return new PathRefused(
                Refusal.by(
                        Opener.HUMAN,
                        RuleId.LIMIT_TOO_MANY,
                        "`%s` holds more than %d names.".formatted(folder, limit),
                        "List a folder below it, or ask a person to tidy it up."));
    }

    static PathRefused strangeTree(WorkspacePath folder, String what) {
        return new PathRefused(
                Refusal.by(
                        Opener.HUMAN,
                        RuleId.PATH_INVALID,
                        "The commit's folder `%s` holds what no checkout may write: %s."
                                .formatted(folder, what),
                        "Ask a person to rename it in a new commit; nothing of this one is used."));
    }

    private static PathRefused another(WorkspacePath path, String what) {
        WorkspacePath folder = path.parent().orElse(WorkspacePath.ROOT);
        return new PathRefused(
                Refusal.byYou(
                        RuleId.PATH_INVALID,
                        "`%s` %s.".formatted(path, what),
                        "List `%s` and name a plain file or folder.".formatted(folder),
                        NextCall.of("list_dir", "path", folder.toString())));
    }
}
