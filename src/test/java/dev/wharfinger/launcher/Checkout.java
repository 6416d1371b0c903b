package dev.wharfinger.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A checkout that is already built, with the real launcher and JDKs whose {@code java} only prints
 * what it was given: one argument a line.
 */
final class Checkout {
    private static final String JAVA =
            """
            #!/bin/sh
            for each do
                printf 'argument %s\\n' "$each"
                case $each in
                    -XX:AOTCacheOutput=*) [ -n "${NO_CACHE-}" ] || echo cache >"${each#*=}" ;;
                esac
            done
            printf 'options %s\\n' "${JAVA_TOOL_OPTIONS-none}"
            printf 'folder %s\\n' "$PWD"
            printf 'locale %s\\n' "${LC_ALL-none}"
            exit "${FAKE_CODE-0}"
            """;

    /** What one run of the launcher printed, and its exit code. */
    record Run(int code, String out, String err) {
        List<String> arguments() {
            return out.lines()
                    .filter(line -> line.startsWith("argument "))
                    .map(line -> line.substring("argument ".length()))
                    .toList();
        }
    }

    private final Path folder;

    /** Lays it out in an existing folder. */
    Checkout(Path folder) throws IOException {
        this.folder = folder;
        Files.copy(Path.of("wharf"), folder.resolve("wharf"));
        Path training = Files.createDirectories(folder.resolve("src/launcher/training/project"));
        Files.writeString(training.resolveSibling("calls.jsonl"), "{}\n");
        Path launch = Files.createDirectories(folder.resolve("target/launch"));
        Files.createDirectories(folder.resolve("target/lib"));
        Files.writeString(folder.resolve("target/wharfinger.jar"), "jar");
        Files.writeString(launch.resolve("wharfinger.jar"), "jar");
        Files.writeString(launch.resolve("jars"), "jars='lib/b.jar:lib/a.jar'\n");
        program(folder.resolve("mvnw"));
    }

    Path folder() {
        return folder;
    }

    Path launch() {
        return folder.resolve("target/launch");
    }

    /** A JDK of that version in a new folder beside the checkout. */
    Path jdk(String name, String version) throws IOException {
        Path home = folder.resolveSibling(name);
        Path bin = Files.createDirectories(home.resolve("bin"));
        Files.writeString(
                home.resolve("release"),
                "IMPLEMENTOR=\"None\"\nJAVA_RUNTIME_VERSION=\"%s+9\"\nJAVA_VERSION=\"%s\"\n"
                        .formatted(version, version));
        for (String program : List.of("java", "javac")) {
            program(bin.resolve(program));
        }
        return home;
    }

    private static void program(Path file) throws IOException {
        Files.writeString(file, JAVA);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    Run run(Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException {
        return run(folder.resolve("wharf"), folder, environment, arguments);
    }

    /** Runs a launcher from some folder, with nothing in its environment but a PATH and these. */
    Run run(Path launcher, Path from, Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException {
        var line = new ArrayList<String>();
        line.add(launcher.toString());
        line.addAll(List.of(arguments));
        Path out = Files.createTempFile(folder.getParent(), "out", "");
        Path err = Files.createTempFile(folder.getParent(), "err", "");
        var builder = new ProcessBuilder(line).directory(from.toFile());
        builder.environment().clear();
        builder.environment().put("PATH", "/usr/bin:/bin");
        builder.environment().putAll(environment);
        Process process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
        process.getOutputStream().close();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException("the launcher hangs: " + Files.readString(err));
        }
        return new Run(
                process.exitValue(), Files.readString(out, UTF_8), Files.readString(err, UTF_8));
    }

    /** Whether the cache of a JDK was made. */
    boolean hasCache(String version) {
        return Files.exists(launch().resolve(version + "+9.aot"), LinkOption.NOFOLLOW_LINKS);
    }
}
