package dev.wharfinger.workspace;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/** A folder behind {@link StreamWall}. The path beside the stream is only ever a hint. */
final class StreamFolder implements Folder {
    private static final Path HERE = Path.of(".");

    private final SecureDirectoryStream<Path> stream;
    private final WorkspacePath path;
    private final Path hint;

    StreamFolder(SecureDirectoryStream<Path> stream, WorkspacePath path, Path hint) {
        this.stream = stream;
        this.path = path;
        this.hint = hint;
    }

    /** This folder, opened once more. */
    Folder again() throws IOException {
        return new StreamFolder(stream.newDirectoryStream(HERE, NOFOLLOW_LINKS), path, hint);
    }

    @Override
    public WorkspacePath path() {
        return path;
    }

    @Override
    public Object key() throws IOException {
        return stream.getFileAttributeView(BasicFileAttributeView.class).readAttributes().fileKey();
    }

    @Override
    public Optional<Facts> facts(String name) throws IOException {
        try {
            return Optional.of(StreamFacts.of(stream, RawName.path(name)));
        } catch (NoSuchFileException missing) {
            return Optional.empty();
        }
    }

    @Override
    public Optional<OpenFile> file(String name) throws IOException {
        // Looked at before it is opened, since opening a FIFO waits; and after, since only what was
        // there both times is what was opened.
        Optional<Facts> before = facts(name);
        if (before.isEmpty()) {
            return Optional.empty();
        }
        check(before.get(), name);
        SeekableByteChannel channel;
        try {
            channel = stream.newByteChannel(RawName.path(name), Set.of(READ, NOFOLLOW_LINKS));
        } catch (NoSuchFileException gone) {
            return Optional.empty();
        } catch (IOException failed) {
            throw StreamFacts.refusal(failed, at(name), PathRefused::link);
        }
        try {
            Optional<Facts> after = facts(name);
            if (after.isEmpty() || !after.get().key().equals(before.get().key())) {
                throw PathRefused.moved(at(name));
            }
            check(after.get(), name);
            long links = StreamFacts.links(hint.resolve(RawName.path(name)), after.get());
            if (links > 1) {
                throw PathRefused.hardLink(at(name));
            }
            return Optional.of(new StreamFile((FileChannel) channel, after.get()));
        } catch (IOException refused) {
            channel.close();
            throw refused;
        }
    }

    @Override
    public Optional<Folder> folder(String name) throws IOException {
        Path part = RawName.path(name);
        try {
            return Optional.of(
                    new StreamFolder(
                            stream.newDirectoryStream(part, NOFOLLOW_LINKS),
                            path.tryChild(name).orElse(path),
                            hint.resolve(part)));
        } catch (NoSuchFileException missing) {
            return Optional.empty();
        } catch (IOException failed) {
            boolean link = facts(name).filter(f -> f.kind() == Facts.Kind.LINK).isPresent();
            throw StreamFacts.refusal(
                    failed, at(name), link ? PathRefused::link : PathRefused::notAFolder);
        }
    }

    @Override
    public List<Named> names(int limit) throws IOException {
        var names = new ArrayList<Named>();
        try (var fresh = stream.newDirectoryStream(HERE, NOFOLLOW_LINKS)) {
            for (Path entry : fresh) {
                Optional<String> name = RawName.name(entry);
                Optional<Facts> facts = name.isEmpty() ? Optional.empty() : facts(name.get());
                facts.ifPresent(known -> names.add(new Named(name.get(), known.kind())));
                if (names.size() > limit) {
                    throw PathRefused.tooMany(path, limit);
                }
            }
        }
        return names;
    }

    @Override
    public Optional<byte[]> linkText(String name) throws IOException {
        // By path, since the JDK has no other way. What it says is compared and never followed.
        if (facts(name).filter(f -> f.kind() == Facts.Kind.LINK).isEmpty()) {
            return Optional.empty();
        }
        Path text = Files.readSymbolicLink(hint.resolve(RawName.path(name)));
        return Optional.of(text.toString().getBytes(UTF_8));
    }

    /**
     * The JDK can make a folder only by its whole path, which may lead elsewhere by then. So it is
     * made in the root, whose path nobody below can swap, and moved here by descriptor.
     */
    @Override
    public void makeFolder(String name) throws IOException {
        if (facts(name).isPresent()) {
            return;
        }
        Path top = hint;
        for (int i = 0; i < path.parts().size(); i++) {
            top = top.getParent() == null ? top : top.getParent();
        }
        byte[] random = new byte[16];
        ThreadLocalRandom.current().nextBytes(random);
        Path made = Path.of("." + Base64.getUrlEncoder().withoutPadding().encodeToString(random));
        Files.createDirectory(
                top.resolve(made),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxrwx---")));
        try (var above = Files.newDirectoryStream(top)) {
            ((SecureDirectoryStream<Path>) above).move(made, stream, RawName.path(name));
        } catch (IOException taken) {
            Files.deleteIfExists(top.resolve(made));
            if (facts(name).isEmpty()) {
                throw taken;
            }
        }
    }

    @Override
    public NewFile create(String name, int mode) throws IOException {
        FileAttribute<?> permissions =
                PosixFilePermissions.asFileAttribute(StreamFacts.permissions(mode));
        Set<java.nio.file.OpenOption> fresh = Set.of(WRITE, CREATE_NEW, NOFOLLOW_LINKS);
        Path part = RawName.path(name);
        var channel = (FileChannel) stream.newByteChannel(part, fresh, permissions);
        try {
            channel.tryLock();
            var view =
                    stream.getFileAttributeView(part, PosixFileAttributeView.class, NOFOLLOW_LINKS);
            return new StreamNewFile(channel, view, StreamFacts.of(stream, part).key());
        } catch (IOException failed) {
            channel.close();
            throw failed;
        }
    }

    @Override
    public void makeLink(String name, String text) throws IOException {
        Files.createSymbolicLink(hint.resolve(RawName.path(name)), Path.of(text));
    }

    /** Without {@code RENAME_NOREPLACE}: the name is taken by an empty file first, exclusively. */
    @Override
    public void rename(String from, String to, boolean replacing) throws IOException {
        if (!replacing) {
            try (NewFile place = create(to, 0600)) {
                place.sync();
            } catch (FileAlreadyExistsException taken) {
                throw new FileAlreadyExistsException(at(to).toString());
            }
        }
        stream.move(RawName.path(from), stream, RawName.path(to));
    }

    @Override
    public boolean remove(String name) throws IOException {
        try {
            stream.deleteFile(RawName.path(name));
            return true;
        } catch (NoSuchFileException missing) {
            return false;
        }
    }

    @Override
    public void sync() throws IOException {
        try (SeekableByteChannel self = stream.newByteChannel(HERE, Set.of(READ, NOFOLLOW_LINKS))) {
            ((FileChannel) self).force(true);
        }
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }

    private void check(Facts facts, String name) throws PathRefused {
        switch (facts.kind()) {
            case FILE -> {}
            case LINK -> throw PathRefused.link(at(name));
            case FOLDER, OTHER -> throw PathRefused.notAFile(at(name));
        }
    }

    private WorkspacePath at(String name) {
        return path.tryChild(name).orElse(path);
    }
}
