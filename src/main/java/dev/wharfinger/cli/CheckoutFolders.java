package dev.wharfinger.cli;

import dev.wharfinger.tool.Scratch;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.logging.Logger;
import java.util.stream.Stream;

/** Clean checkouts below the state folder, deleted when their work is done. */
final class CheckoutFolders implements Scratch {
    private final Path below;

    CheckoutFolders(Path below) {
        this.below = below;
    }

    @Override
    public Folder folder() throws IOException {
        Files.createDirectories(below);
        Path made = Files.createTempDirectory(below, "prove-");
        return new Folder() {
            @Override
            public Path path() {
                return made;
            }

            @Override
            public void close() throws IOException {
                delete(made);
            }
        };
    }

    /** Sets aside what a dead keeper left here, at once, and deletes it in its own time. */
    void sweep() throws IOException {
        if (!Files.isDirectory(below)) {
            return;
        }
        List<Path> left;
        try (Stream<Path> all = Files.list(below)) {
            left = all.toList();
        }
        if (left.isEmpty()) {
            return;
        }
        Path aside = Files.createTempDirectory(below, "dead-");
        for (Path each : left) {
            Files.move(each, aside.resolve(each.getFileName()));
        }
        Thread.ofPlatform().daemon().name("wharf-sweep").start(() -> deleted(aside));
    }

    private static void deleted(Path aside) {
        try {
            delete(aside);
        } catch (IOException e) {
            log().warning("the next start tries again to delete " + aside + ": " + e.getMessage());
        }
    }

    static void delete(Path tree) throws IOException {
        Files.walkFileTree(
                tree,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                            throws IOException {
                        Files.delete(file);
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult postVisitDirectory(
                            Path folder, java.io.IOException failure) throws IOException {
                        if (failure != null) {
                            throw failure;
                        }
                        Files.delete(folder);
                        return FileVisitResult.CONTINUE;
                    }
                });
    }

    /** Made when there is something to say: that takes a tenth of a cold start. */
    private static Logger log() {
        return Logger.getLogger(CheckoutFolders.class.getName());
    }
}
