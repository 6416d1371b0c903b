package dev.wharfinger.workspace;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.wharfinger.rule.Refusal;
import dev.wharfinger.rule.RuleId;
import dev.wharfinger.rule.Verdict;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A project with something outside of it, behind the wall under test; and what tests say of it. */
abstract class FilesBehindWall {
    @TempDir Path scratch;
    Path root;
    Path outside;
    Workspace workspace;

    abstract Workspace open(Path root, Set<WorkspacePath> forbidden) throws IOException;

    @BeforeEach
    void build() throws IOException {
        root = Files.createDirectory(scratch.resolve("project"));
        outside = Files.createDirectory(scratch.resolve("outside"));
        Files.writeString(outside.resolve("secret"), "secret");
        Files.createDirectories(root.resolve("k8s/sub"));
        Files.writeString(root.resolve("k8s/a.yaml"), "a");
        workspace = open(root, Set.of());
    }

    @AfterEach
    void close() throws IOException {
        workspace.close();
    }

    void write(String name, String content) throws IOException {
        workspace.commit(workspace.stage(grant(name, content), bytes(content)));
    }

    void write(String name, String content, String replacing) throws IOException {
        workspace.commit(workspace.stage(grant(name, content, replacing), bytes(content)));
    }

    Optional<FileContent> read(String name) {
        return granted(workspace.read(path(name), 1 << 20));
    }

    List<String> listed(String folder, int depth) {
        return granted(workspace.list(path(folder), depth, 1000)).orElseThrow().stream()
                .map(entry -> entry.path().toString())
                .toList();
    }

    static WriteGrant grant(String name, String content) {
        return new WriteGrant(path(name), ContentHash.of(bytes(content)), Optional.empty());
    }

    static WriteGrant grant(String name, String content, String replacing) {
        return new WriteGrant(
                path(name),
                ContentHash.of(bytes(content)),
                Optional.of(ContentHash.of(bytes(replacing))));
    }

    static <T> T granted(Verdict<T> verdict) {
        return switch (verdict) {
            case Verdict.Granted<T>(T grant) -> grant;
            case Verdict.Refused<T>(var refusals) -> throw new AssertionError(refusals);
        };
    }

    static Refusal refusal(Verdict<?> verdict) {
        return switch (verdict) {
            case Verdict.Granted<?>(var grant) -> throw new AssertionError("granted: " + grant);
            case Verdict.Refused<?>(var refusals) -> refusals.getFirst();
        };
    }

    static RuleId rule(Verdict<?> verdict) {
        return refusal(verdict).rule();
    }

    static List<String> names(Path folder) throws IOException {
        try (var entries = Files.list(folder)) {
            return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
        }
    }

    static WorkspacePath path(String name) {
        return WorkspacePath.of(name);
    }

    static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
