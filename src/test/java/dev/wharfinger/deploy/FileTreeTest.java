package dev.wharfinger.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;

class FileTreeTest {
    @TempDir Path folder;
    Path tree;

    @BeforeEach
    void makeATree() throws IOException {
        tree = plant("one");
    }

    @Test
    void theDigestIsThatOfPathsModesAndContentsAlone() throws IOException {
        var twin = plant("two");
        Files.setLastModifiedTime(twin.resolve("b"), FileTime.fromMillis(0));
        Files.createDirectory(twin.resolve("empty"));

        assertThat(digest(twin)).isEqualTo(digest(tree));
    }

    @Test
    void aChangedContentModeOrNameIsAnotherDigest() throws IOException {
        var content = plant("content");
        Files.writeString(content.resolve("b"), "B!");
        var mode = plant("mode");
        Files.setPosixFilePermissions(
                mode.resolve("b"), PosixFilePermissions.fromString("rwxr-xr-x"));
        var name = plant("name");
        Files.move(name.resolve("b"), name.resolve("c"));

        assertThat(digest(content)).isNotEqualTo(digest(tree));
        assertThat(digest(mode)).isNotEqualTo(digest(tree));
        assertThat(digest(name)).isNotEqualTo(digest(tree));
    }

    @Test
    void theDigestIsTheSameForEver() throws IOException {
        // Made by another program: SHA-256 of the head and a line `path NUL mode NUL sha256` each.
        assertThat(digest(tree).hex())
                .isEqualTo("ebfbe1a2d49ac4fbc5d679fa7528cdac54d2228470b198e3ed70c492594f4f8a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/etc/passwd", "../out", "b/../../out", "../a/../../x", "a/x/.."})
    void aLinkThatMightLeadOutIsRefused(String target) throws IOException {
        Files.createSymbolicLink(tree.resolve("link"), Path.of(target));

        assertThatThrownBy(() -> FileTree.read(tree)).hasMessageContaining("leads out");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "../b", "./x", "../a/x"})
    void aLinkThatStaysInsideIsKept(String target) throws IOException {
        Files.createSymbolicLink(tree.resolve("a/link"), Path.of(target));
        var store = new ReleaseStore(folder.resolve("store"));

        var kept = store.add(tree, "k").digest();

        assertThat(Files.readSymbolicLink(store.folder(kept).resolve("a/link")))
                .hasToString(target);
        assertThat(store.holds(kept)).isTrue();
    }

    @Test
    void whatIsNeitherFileNorFolderIsRefused() throws IOException {
        try (var socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            socket.bind(UnixDomainSocketAddress.of(tree.resolve("socket")));
            assertThatThrownBy(() -> FileTree.read(tree)).hasMessageContaining("neither");
        }
    }

    @Test
    void aNameWithAControlCharacterIsRefused() throws IOException {
        Files.writeString(tree.resolve("a\nb"), "");
        assertThatThrownBy(() -> FileTree.read(tree)).hasMessageContaining("control");
    }

    @Test
    void aStoredReleaseCannotBeWrittenAndIsNotTakenWhenItWas() throws IOException {
        var store = new ReleaseStore(folder.resolve("store"));
        var digest = store.add(tree, "k").digest();
        var file = store.folder(digest).resolve("b");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("r--r--r--");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
                .isEqualTo("r-xr-xr-x");

        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        Files.writeString(file, "changed");

        assertThat(store.holds(digest)).isFalse();
        assertThatThrownBy(() -> store.add(tree, "k")).hasMessageContaining("somebody changed it");
    }

    private Path plant(String name) throws IOException {
        var root = folder.resolve(name);
        Files.createDirectories(root.resolve("a"));
        Files.writeString(root.resolve("b"), "B");
        Files.writeString(root.resolve("a/x"), "X");
        return root;
    }

    private static ArtifactDigest digest(Path root) throws IOException {
        return FileTree.read(root).digest();
    }
}
