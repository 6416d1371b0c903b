package dev.wharfinger.product;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Packages of npm that tests run beside the product: fetched once into {@code target/npm}. */
public final class Npm {
    private Npm() {}

    /** The folder in which these packages are; nothing where there is no npm and this is not CI. */
    public static Optional<Path> with(String name, String... packages)
            throws IOException, InterruptedException {
        Path folder = Path.of("target/npm", name).toAbsolutePath();
        Path done = folder.resolve("installed");
        if (Files.exists(done)) {
            return Optional.of(folder);
        }
        Files.createDirectories(folder);
        var words =
                new ArrayList<>(
                        List.of(
                                "npm",
                                "install",
                                "--no-save",
                                "--no-audit",
                                "--no-fund",
                                "--prefix",
                                folder.toString()));
        words.addAll(List.of(packages));
        Process npm;
        try {
            npm =
                    new ProcessBuilder(words)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .start();
        } catch (IOException e) {
            if (System.getenv("CI") != null) {
                throw e;
            }
            System.out.println("no npm: left out what needs " + List.of(packages));
            return Optional.empty();
        }
        assertThat(npm.waitFor(5, TimeUnit.MINUTES)).isTrue();
        assertThat(npm.exitValue()).as("npm install " + List.of(packages)).isZero();
        Files.writeString(done, String.join("\n", packages));
        return Optional.of(folder);
    }
}
