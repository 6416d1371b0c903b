package dev.wharfinger.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.wharfinger.rule.Refusal;
import dev.wharfinger.rule.RuleId;
import dev.wharfinger.rule.Verdict;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What both walls promise; each has a class that runs these same tests. */
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

    @Test
    void aFileIsReadWithTheHashOfWhatWasRead() {
        FileContent content = read("k8s/a.yaml").orElseThrow();
        assertThat(content.text()).isEqualTo("a");
        assertThat(content.hash()).isEqualTo(ContentHash.of("a".getBytes(UTF_8)));
    }

    @Test
    void aFileOfManyChunksIsReadWhole() throws IOException {
        byte[] many = new byte[300_001];
        new java.util.Random(7).nextBytes(many);
        Files.write(root.resolve("big"), many);
        assertThat(read("big").orElseThrow().bytes()).isEqualTo(many);
    }

    @Test
    void aMissingFileOrFolderIsNothing() {
        assertThat(read("k8s/none")).isEmpty();
        assertThat(read("none/none")).isEmpty();
        assertThat(granted(workspace.list(path("none"), 1, 10))).isEmpty();
    }

    @Test
    void aFileAtTheLimitIsReadAndOneAboveItIsNot() throws IOException {
        Files.writeString(root.resolve("ten"), "0123456789");
        assertThat(granted(workspace.read(path("ten"), 10))).isPresent();
        assertThat(rule(workspace.read(path("ten"), 9))).isEqualTo(RuleId.LIMIT_TOO_LARGE);
    }

    @Test
    void aLinkIsRefusedAsFileAsFolderAndAsParent() throws IOException {
        Files.createSymbolicLink(root.resolve("k8s/file"), outside.resolve("secret"));
        Files.createSymbolicLink(root.resolve("k8s/folder"), outside);
        Files.createSymbolicLink(root.resolve("k8s/inside"), Path.of("a.yaml"));
        for (String name : List.of("k8s/file", "k8s/folder/secret", "k8s/inside", "k8s/folder")) {
            Refusal no = refusal(workspace.read(path(name), 100));
            assertThat(no.rule()).as(name).isEqualTo(RuleId.PATH_INVALID);
            assertThat(no.reason()).doesNotContain(outside.toString());
        }
        assertThat(rule(workspace.list(path("k8s/folder"), 1, 10))).isEqualTo(RuleId.PATH_INVALID);
    }

    @Test
    void aFolderIsNoFileAndAFileIsNoFolder() {
        assertThat(rule(workspace.read(path("k8s"), 100))).isEqualTo(RuleId.PATH_INVALID);
        assertThat(rule(workspace.read(WorkspacePath.ROOT, 100))).isEqualTo(RuleId.PATH_INVALID);
        assertThat(rule(workspace.list(path("k8s/a.yaml"), 1, 9))).isEqualTo(RuleId.PATH_INVALID);
        assertThat(rule(workspace.read(path("k8s/a.yaml/b"), 9))).isEqualTo(RuleId.PATH_INVALID);
    }

    @Test
    void aHardLinkIsRefusedForReadingAndReplacing() throws IOException {
        Files.createLink(root.resolve("k8s/hard"), outside.resolve("secret"));
        assertThat(rule(workspace.read(path("k8s/hard"), 100))).isEqualTo(RuleId.PATH_INVALID);
        assertThatThrownBy(() -> workspace.stage(grant("k8s/hard", "x", "secret"), bytes("x")))
                .isInstanceOf(PathRefused.class);
        assertThat(outside.resolve("secret")).hasContent("secret");
    }

    @Test
    void aFifoAndASocketAreRefusedWithoutWaiting() throws Exception {
        Path fifo = root.resolve("k8s/fifo");
        new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor();
        assertThat(rule(workspace.read(path("k8s/fifo"), 100))).isEqualTo(RuleId.PATH_INVALID);
        Path socket = root.resolve("k8s/socket");
        try (var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(socket));
            assertThat(rule(workspace.read(path("k8s/socket"), 9))).isEqualTo(RuleId.PATH_INVALID);
        }
    }

    @Test
    void gitsOwnFilesAreNeitherReadNorListed() throws IOException {
        Files.createDirectories(root.resolve(".git"));
        Files.writeString(root.resolve(".git/config"), "token");
        assertThat(rule(workspace.read(path(".git/config"), 9))).isEqualTo(RuleId.LANE_FORBIDDEN);
        assertThat(rule(workspace.list(path(".GIT"), 1, 9))).isEqualTo(RuleId.LANE_FORBIDDEN);
        assertThat(listed(".", 3)).noneMatch(name -> name.startsWith(".git"));
    }

    @Test
    void aListingIsSortedAndKeepsDepthAndLimit() throws IOException {
        Files.writeString(root.resolve("k8s-evil"), "");
        Files.writeString(root.resolve("B"), "bb");
        Files.createSymbolicLink(root.resolve("link"), outside);
        assertThat(listed(".", 1)).containsExactly("B", "k8s", "k8s-evil", "link");
        assertThat(listed(".", 2))
                .containsExactly("B", "k8s", "k8s/a.yaml", "k8s/sub", "k8s-evil", "link");
        assertThat(granted(workspace.list(WorkspacePath.ROOT, 2, 3)).orElseThrow())
                .containsExactly(
                        new FolderEntry(path("B"), FolderEntry.Kind.FILE, 2),
                        new FolderEntry(path("k8s"), FolderEntry.Kind.FOLDER, 0),
                        new FolderEntry(path("k8s/a.yaml"), FolderEntry.Kind.FILE, 1));
        assertThat(granted(workspace.list(WorkspacePath.ROOT, 1, 9)).orElseThrow().getLast())
                .isEqualTo(new FolderEntry(path("link"), FolderEntry.Kind.OTHER, 0));
    }

    @Test
    void aNewFileIsMadeWithItsFolders() throws IOException {
        Staged staged = workspace.stage(grant("docs/deep/new.md", "new"), bytes("new"));
        assertThat(read("docs/deep/new.md")).isEmpty();
        assertThat(listed("docs", 2)).containsExactly("docs/deep");
        workspace.commit(staged);
        assertThat(root.resolve("docs/deep/new.md")).hasContent("new");
        assertThat(names(root.resolve("docs/deep"))).containsExactly("new.md");
    }

    @Test
    void aReplacedFileKeepsItsMode() throws IOException {
        Path script = root.resolve("k8s/a.yaml");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xrwx"));
        write("k8s/a.yaml", "b", "a");
        assertThat(script).hasContent("b");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(script)))
                .isEqualTo("rwxr-xrwx");
    }

    @Test
    void aDiscardedWriteLeavesNothing() throws IOException {
        Staged staged = workspace.stage(grant("k8s/a.yaml", "b", "a"), bytes("b"));
        workspace.discard(staged);
        assertThat(names(root.resolve("k8s"))).containsExactlyInAnyOrder("a.yaml", "sub");
        assertThat(root.resolve("k8s/a.yaml")).hasContent("a");
        assertThatThrownBy(() -> workspace.commit(staged))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aWriteOverAnotherContentIsStaleWhenStagedAndWhenCommitted() throws IOException {
        assertThatThrownBy(() -> workspace.stage(grant("k8s/a.yaml", "b", "old"), bytes("b")))
                .isInstanceOfSatisfying(
                        StaleWrite.class,
                        stale -> assertThat(stale.found()).contains(ContentHash.of(bytes("a"))));
        assertThatThrownBy(() -> workspace.stage(grant("k8s/a.yaml", "b"), bytes("b")))
                .isInstanceOf(StaleWrite.class);
        assertThatThrownBy(() -> workspace.stage(grant("k8s/gone", "b", "a"), bytes("b")))
                .isInstanceOfSatisfying(
                        StaleWrite.class, stale -> assertThat(stale.found()).isEmpty());
        Staged staged = workspace.stage(grant("k8s/a.yaml", "b", "a"), bytes("b"));
        Files.writeString(root.resolve("k8s/a.yaml"), "edited");
        assertThatThrownBy(() -> workspace.commit(staged)).isInstanceOf(StaleWrite.class);
        assertThat(root.resolve("k8s/a.yaml")).hasContent("edited");
        assertThat(names(root.resolve("k8s"))).containsExactlyInAnyOrder("a.yaml", "sub");
    }

    @Test
    void aFileThatAppearsMeanwhileIsNotOverwritten() throws IOException {
        Staged staged = workspace.stage(grant("k8s/new", "mine"), bytes("mine"));
        Files.writeString(root.resolve("k8s/new"), "yours");
        assertThatThrownBy(() -> workspace.commit(staged)).isInstanceOf(StaleWrite.class);
        assertThat(root.resolve("k8s/new")).hasContent("yours");
    }

    @Test
    void aFolderThatIsMovedAwayMeanwhileTakesNothingWithIt() throws IOException {
        Staged staged = workspace.stage(grant("k8s/new", "mine"), bytes("mine"));
        Files.move(root.resolve("k8s"), outside.resolve("k8s"));
        assertThatThrownBy(() -> workspace.commit(staged)).isInstanceOf(PathRefused.class);
        assertThat(names(outside.resolve("k8s"))).containsExactlyInAnyOrder("a.yaml", "sub");
        Files.createDirectory(root.resolve("k8s"));
        write("k8s/new", "mine");
        assertThat(root.resolve("k8s/new")).hasContent("mine");
    }

    @Test
    void aNewFileBelowALinkedParentIsNotMade() throws IOException {
        Files.createSymbolicLink(root.resolve("k8s/out"), outside);
        assertThatThrownBy(() -> workspace.stage(grant("k8s/out/new", "x"), bytes("x")))
                .isInstanceOf(PathRefused.class);
        assertThatThrownBy(() -> workspace.stage(grant("k8s/out/deep/new", "x"), bytes("x")))
                .isInstanceOf(PathRefused.class);
        Files.createSymbolicLink(root.resolve("k8s/dangling"), outside.resolve("none"));
        assertThatThrownBy(() -> workspace.stage(grant("k8s/dangling", "x"), bytes("x")))
                .isInstanceOf(PathRefused.class);
        assertThat(names(outside)).containsExactly("secret");
    }

    @Test
    void aTwinByCaseOrNormalFormIsNotMadeAsFileOrFolder() throws IOException {
        Files.writeString(root.resolve("k8s/stra\u00dfe"), "");
        for (String name :
                List.of("k8s/A.yaml", "k8s/STRASSE", "K8S/b", "k8s/Sub/c", "\u212a8s/b")) {
            if (WorkspacePath.parse(name) instanceof Verdict.Granted<WorkspacePath>) {
                assertThatThrownBy(() -> workspace.stage(grant(name, "x"), bytes("x")))
                        .as(name)
                        .isInstanceOf(PathRefused.class);
            }
        }
        assertThat(names(root)).containsExactly("k8s");
        write("k8s/b.yaml", "x");
        assertThat(root.resolve("k8s/b.yaml")).hasContent("x");
    }

    @Test
    void aForbiddenPathIsNotWrittenWhateverTheGrantSays() throws IOException {
        workspace.close();
        workspace = open(root, Set.of(path("wharf.yaml"), path("prompts")));
        for (String name :
                List.of(".git/hooks/x", ".mcp.json", "Wharf.YAML", "prompts/deploy.md")) {
            assertThatThrownBy(() -> workspace.stage(grant(name, "x"), bytes("x")))
                    .isInstanceOfSatisfying(
                            PathRefused.class,
                            no -> assertThat(no.refusal().rule()).isEqualTo(RuleId.LANE_FORBIDDEN));
        }
        assertThat(names(root)).containsExactly("k8s");
    }

    @Test
    void aGrantForOtherBytesIsNotSpent() {
        assertThatThrownBy(() -> workspace.stage(grant("k8s/new", "x"), bytes("y")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aDeadTempIsSweptAndALivingOneIsNot() throws IOException {
        String dead = "." + "0123456789abcdef".repeat(2) + ".tmp";
        Files.writeString(root.resolve("k8s/sub/" + dead), "half");
        Files.writeString(root.resolve("k8s/.notours.tmp"), "kept");
        Staged staged = workspace.stage(grant("k8s/new", "mine"), bytes("mine"));
        try (Workspace other = open(root, Set.of())) {
            assertThat(names(root.resolve("k8s/sub"))).isEmpty();
            assertThat(other.root()).isEqualTo(root);
        }
        assertThat(names(root.resolve("k8s"))).contains(".notours.tmp");
        workspace.commit(staged);
        assertThat(root.resolve("k8s/new")).hasContent("mine");
    }

    @Test
    void namesOutsideAsciiAreReadListedAndWritten() throws IOException {
        write("docs/\u00dcbersicht \u65e5\u672c.md", "\u00e4");
        assertThat(listed("docs", 1)).containsExactly("docs/\u00dcbersicht \u65e5\u672c.md");
        assertThat(read("docs/\u00dcbersicht \u65e5\u672c.md").orElseThrow().text())
                .isEqualTo("\u00e4");
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
