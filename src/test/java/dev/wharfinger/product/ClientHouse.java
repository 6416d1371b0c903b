package dev.wharfinger.product;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** What a user's client finds: a project, a launcher of ours, and a home that nobody has used. */
final class ClientHouse implements AutoCloseable {
    private static final int MINUTES = 3;
    private final ShopProject shop;
    private final Path home;
    private final Path launcher;

    private ClientHouse(ShopProject shop, Path home, Path launcher) {
        this.shop = shop;
        this.home = home;
        this.launcher = launcher;
    }

    static ClientHouse in(Path folder) throws IOException, InterruptedException {
        Path place = folder.toRealPath();
        Path bin = Files.createDirectory(place.resolve("bin"));
        var words = new ArrayList<>(StdioClient.wharf(List.of()).command());
        words.add(1, "-Dwharf.home=" + bin);
        String line = words.stream().map(w -> "'" + w + "'").collect(Collectors.joining(" "));
        Path launcher =
                Files.writeString(bin.resolve("wharf"), "#!/bin/sh\nexec " + line + " \"$@\"\n");
        if (!launcher.toFile().setExecutable(true)) {
            throw new IOException(launcher + " cannot be executed");
        }
        var house =
                new ClientHouse(
                        ShopProject.in(place),
                        Files.createDirectory(place.resolve("home")),
                        launcher);
        house.wharf("trust");
        return house;
    }

    ShopProject shop() {
        return shop;
    }

    Path home() {
        return home;
    }

    Path launcher() {
        return launcher;
    }

    /** The words with which a client starts the server by hand. */
    List<String> server() {
        return List.of(
                launcher.toString(),
                "stdio",
                "--persona",
                "deploy",
                "--state",
                shop.state().toString());
    }

    /** Runs our launcher in the project, as its user does. */
    String wharf(String... words) throws IOException, InterruptedException {
        var all = new ArrayList<>(List.of(launcher.toString()));
        all.addAll(List.of(words));
        all.addAll(List.of("--state", shop.state().toString()));
        return run(Map.of(), all);
    }

    /** Writes the entry of this client as users have it written. */
    void init(String client) throws IOException, InterruptedException {
        if (!wharf("init", "--client", client).contains("wrote")) {
            throw new IOException("init wrote nothing for " + client);
        }
    }

    /** A file of this user, with the folders above it. */
    void write(Path file, String text) throws IOException {
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(file, text);
    }

    /** A program in the project's folder, with this home and nothing else of ours around it. */
    ProcessBuilder program(Map<String, String> more, List<String> words) {
        var program = new ProcessBuilder(words).directory(shop.root().toFile());
        Map<String, String> around = program.environment();
        String path = around.getOrDefault("PATH", "/usr/bin:/bin");
        around.clear();
        around.put("PATH", path);
        around.put("HOME", home.toString());
        around.put("LANG", "C.UTF-8");
        around.put("NO_COLOR", "1");
        around.putAll(more);
        return program;
    }

    /** What it says on both streams, to its end. */
    String run(Map<String, String> more, List<String> words)
            throws IOException, InterruptedException {
        Path said = Files.createTempFile(home, "said", ".txt");
        Process process =
                program(more, words)
                        .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")))
                        .redirectErrorStream(true)
                        .redirectOutput(said.toFile())
                        .start();
        try {
            if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
                throw new IOException(words + " does not end: " + Files.readString(said, UTF_8));
            }
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        return Files.readString(said, UTF_8);
    }

    @Override
    public void close() {
        shop.stop();
    }
}
