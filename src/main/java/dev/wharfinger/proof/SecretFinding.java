package dev.wharfinger.proof;

import dev.wharfinger.workspace.WorkspacePath;

/** A place where a secret seems to stand, and of which kind. Never the secret. */
public record SecretFinding(WorkspacePath path, int line, String kind) {
    /** As it is shown: {@code config/app.env:3 AWS access key}. */
    public String text() {
        return path + ":" + line + " " + kind;
    }
}
