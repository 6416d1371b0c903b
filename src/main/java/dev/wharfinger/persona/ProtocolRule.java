package dev.wharfinger.persona;

import dev.wharfinger.rule.Source;
import dev.wharfinger.workspace.WorkspacePath;

import java.util.List;

/** One line of the anti-hallucination protocol. */
public record ProtocolRule(int number, String text, ProtocolKind kind, Source source) {
    /** The files that this line names in code marks, in order. */
    public List<WorkspacePath> files() {
        return Mentions.of(text).files();
    }
}
