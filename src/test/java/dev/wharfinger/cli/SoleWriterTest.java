package dev.wharfinger.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wharfinger.identity.Peer;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Whether one user alone can change what lies somewhere, looked at on a real disk. */
class SoleWriterTest {
    @TempDir Path folder;

    private final SoleWriter me = new SoleWriter(Peer.ofThisProcess().user());
    private Path inner = Path.of("/");
    private Path outer = Path.of("/");

    @BeforeEach
    void make() throws Exception {
        outer = Files.createDirectories(folder.toRealPath().resolve("outer"));
        inner = Files.createDirectories(outer.resolve("inner"));
        mode(outer, "rwxr-xr-x");
        mode(inner, "rwxr-xr-x");
        mode(Files.createFile(inner.resolve("file")), "rw-r--r--");
    }

    private static void mode(Path path, String mode) throws Exception {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
    }

    @Test
    void aFolderOfMyOwnIsMine() throws Exception {
        assertThat(me.other(inner)).isEmpty();
        assertThat(me.other(inner.resolve("not-yet/there"))).isEmpty();
    }

    @Test
    void aFolderThatOthersWriteIsNot() throws Exception {
        mode(inner, "rwxrwxrwx");
        assertThat(me.other(inner)).contains(inner + " can be written by others");
        assertThat(me.other(inner.resolve("not-yet"))).isPresent();
    }

    @Test
    void aFolderAboveThatOthersWriteLetsThemPutAnotherInItsPlace() throws Exception {
        mode(outer, "rwxrwxrwx");
        assertThat(me.other(inner)).contains(outer + " can be written by others");
    }

    @Test
    void inAStickyFolderWhatIsThereStaysAndWhatIsNotYetMayBeAnybodys() throws Exception {
        Files.setAttribute(outer, "unix:mode", 01777);
        assertThat(me.other(inner)).isEmpty();
        assertThat(me.other(inner.resolveSibling("other"))).isPresent();
    }

    @Test
    void whatLiesInItCounts() throws Exception {
        mode(inner.resolve("file"), "rw-rw-rw-");
        assertThat(me.other(inner)).contains(inner.resolve("file") + " can be written by others");
        mode(inner, "rwx------");
        assertThat(me.other(inner)).isEmpty();
    }

    @Test
    void whereALinkLeadsCountsToo() throws Exception {
        Path open = Files.createDirectories(folder.toRealPath().resolve("open"));
        Path there = Files.createDirectories(open.resolve("there"));
        mode(there, "rwxr-xr-x");
        Path link = Files.createSymbolicLink(inner.resolve("link"), there);
        assertThat(me.other(link)).isEmpty();
        mode(open, "rwxrwxrwx");
        assertThat(me.other(link)).contains(open + " can be written by others");
    }

    @Test
    void whatBelongsToAnotherIsNotMine() throws Exception {
        var another = new SoleWriter(me.user() + "-not");
        if (Peer.ofThisProcess().isRoot()) { // what is root's own is nobody's gap
            assertThat(another.other(inner)).isEmpty();
            Files.setAttribute(inner, "unix:uid", 65534);
        }
        assertThat(another.other(inner).orElse("")).startsWith(inner + " belongs to ");
    }

    @Test
    void aSocketsGroupMayUseItButNotItsFolder() throws Exception {
        Files.setAttribute(inner.resolve("file"), "unix:mode", 0660);
        Files.setAttribute(inner, "unix:gid", gid());
        assertThat(me.otherPlace(inner.resolve("file"))).isEmpty();
        mode(inner.resolve("file"), "rw-rw-rw-");
        assertThat(me.otherPlace(inner.resolve("file"))).isPresent();
        mode(inner.resolve("file"), "rw-rw----");
        mode(inner, "rwxrwxrwx");
        assertThat(me.otherPlace(inner.resolve("file"))).isPresent();
    }

    private Object gid() throws Exception {
        return Files.getAttribute(inner, "unix:gid");
    }
}
