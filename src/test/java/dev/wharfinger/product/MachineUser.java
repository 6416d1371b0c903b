package dev.wharfinger.product;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * A user of this machine who is not the one that runs the tests. Root becomes him by {@code
 * setpriv}, for real processes with real files.
 *
 * @param classes the class path, copied to where every user can read it
 * @param home a folder of his own
 * @param groups further groups, by name, with commas; none where it is empty
 */
record MachineUser(String name, String group, String groups, String classes, Path home) {
    private static final String SETPRIV = "/usr/bin/setpriv";

    /** Whether this process can become these users. */
    static boolean canBe(String... names) throws IOException {
        List<String> known =
                Files.readAllLines(Path.of("/etc/passwd")).stream()
                        .map(line -> line.split(":")[0])
                        .toList();
        return System.getProperty("user.name").equals("root")
                && Files.isExecutable(Path.of(SETPRIV))
                && known.containsAll(List.of(names));
    }

    /** That user, with a home in this folder, which everybody may pass. */
    static MachineUser of(String name, String group, String groups, Path folder, String classes)
            throws IOException {
        Path home = Files.createDirectory(folder.resolve("home-" + name));
        var user = new MachineUser(name, group, groups, classes, home);
        user.own(home);
        return user;
    }

    /** The class path where other users can read it: the checkout may lie in a private home. */
    static String classes(Path folder) throws IOException {
        Path to = Files.createDirectory(folder.resolve("classes"));
        var entries = new ArrayList<Path>();
        for (Path from : StdioClient.classPath().filter(Files::exists).toList()) {
            Path copy = to.resolve(entries.size() + "-" + from.getFileName());
            copy(from, copy);
            entries.add(copy);
        }
        return entries.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.walkFileTree(
                from,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(Path at, BasicFileAttributes is)
                            throws IOException {
                        mode(Files.createDirectory(place(at)), "rwxr-xr-x");
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path at, BasicFileAttributes is)
                            throws IOException {
                        mode(Files.copy(at, place(at)), "rw-r--r--");
                        return FileVisitResult.CONTINUE;
                    }

                    private Path place(Path at) {
                        return at.equals(from) ? to : to.resolve(from.relativize(at).toString());
                    }
                });
    }

    static void mode(Path path, String mode) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
    }

    /** Gives him a file, or a folder with all that lies in it. */
    void own(Path path) throws IOException {
        var owners = path.getFileSystem().getUserPrincipalLookupService();
        try (var all = Files.walk(path)) {
            for (Path one : all.toList()) {
                Files.setOwner(one, owners.lookupPrincipalByName(name));
                Files.setAttribute(one, "posix:group", owners.lookupPrincipalByGroupName(group));
            }
        }
    }

    /** A program as he starts it. */
    ProcessBuilder program(List<String> words) {
        var all =
                new ArrayList<>(
                        List.of(
                                SETPRIV,
                                "--reuid=" + name,
                                "--regid=" + group,
                                groups.isEmpty() ? "--clear-groups" : "--groups=" + groups));
        all.addAll(words);
        var builder = new ProcessBuilder(all).directory(home.toFile());
        builder.environment().put("HOME", home.toString());
        builder.environment().put("USER", name);
        builder.environment().remove("XDG_STATE_HOME");
        return builder;
    }

    /** {@code wharf} as he starts it. */
    ProcessBuilder wharf(List<String> arguments) {
        return program(StdioClient.wharf(classes, arguments).command());
    }

    /** How a program of his ended, and what it said. */
    record Said(int exit, String text) {}

    /** Runs a program of his to its end. */
    static Said run(ProcessBuilder program) throws IOException, InterruptedException {
        Process process = program.redirectErrorStream(true).start();
        process.getOutputStream().close();
        String text = new String(process.getInputStream().readAllBytes());
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException("does not end: " + program.command());
        }
        return new Said(process.exitValue(), text);
    }
}
