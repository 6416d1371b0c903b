package dev.wharfinger.workspace;

import dev.wharfinger.rule.Verdict;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The Git repository in the project's root. */
public final class Git {
    Git() {}

    public boolean isPresent() {
        throw new UnsupportedOperationException("not yet");
    }

    public Optional<CommitId> head() {
        throw new UnsupportedOperationException("not yet");
    }

    public Optional<CommitId> resolve(String revOrTag) {
        throw new UnsupportedOperationException("not yet");
    }

    public List<String> tagsAt(CommitId commit) {
        throw new UnsupportedOperationException("not yet");
    }

    public Optional<String> branch() {
        throw new UnsupportedOperationException("not yet");
    }

    public SourceDigest sourceDigest(CommitId commit, Predicate<WorkspacePath> leftOut) {
        throw new UnsupportedOperationException("not yet");
    }

    public List<Change> status() {
        throw new UnsupportedOperationException("not yet");
    }

    public List<Change> changedBetween(CommitId from, CommitId to) {
        throw new UnsupportedOperationException("not yet");
    }

    public Optional<byte[]> blob(CommitId commit, WorkspacePath path) {
        throw new UnsupportedOperationException("not yet");
    }

    public List<TreeFile> files(CommitId commit) {
        throw new UnsupportedOperationException("not yet");
    }

    public Verdict<CommitId> commit(CommitRequest request) {
        throw new UnsupportedOperationException("not yet");
    }

    public void export(CommitId commit, Path into) throws IOException {
        throw new UnsupportedOperationException("not yet");
    }
}
