package dev.wharfinger.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.wharfinger.rule.Refusal;
import dev.wharfinger.rule.RuleId;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What both walls promise to those who read. */
abstract class ReadsBehindWall extends FilesBehindWall {
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
    void aDeviceIsRefused() throws Exception {
        Path device = root.resolve("k8s/null");
        int made = new ProcessBuilder("mknod", device.toString(), "c", "1", "3").start().waitFor();
        assumeTrue(made == 0, "only root makes devices");
        assertThat(rule(workspace.read(path("k8s/null"), 100))).isEqualTo(RuleId.PATH_INVALID);
        assertThat(granted(workspace.list(path("k8s"), 1, 9)).orElseThrow())
                .contains(new FolderEntry(path("k8s/null"), FolderEntry.Kind.OTHER, 0));
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
}
