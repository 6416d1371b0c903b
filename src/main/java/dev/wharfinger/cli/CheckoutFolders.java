package dev.wharfinger.cli;

import dev.wharfinger.tool.Scratch;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

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
}
