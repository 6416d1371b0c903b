package dev.wharfinger.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.concurrent.TimeUnit;

/**
 * A real server with the usual limits in a process of its own, whose memory can be seen. Its heap
 * is a quarter of what it might take where nobody counted.
 */
final class LoneServer implements AutoCloseable {
    /** What the process may use for objects. */
    static final int HEAP_MIB = 192;

    private final Process process;
    private final Path complaints;
    private final int port;

    /** Serves until its input ends. */
    public static void main(String[] arguments) throws IOException {
        try (HttpFixture http = new HttpFixture(new SecureRandom(), HttpServer.Limits.usual())) {
            System.out.println(http.port());
            System.in.readAllBytes();
        }
    }

    LoneServer(Path folder) throws IOException {
        complaints = folder.resolve("stderr");
        process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "-Xmx" + HEAP_MIB + "m",
                                "-cp",
                                absolute(System.getProperty("java.class.path")),
                                LoneServer.class.getName())
                        .redirectError(complaints.toFile())
                        .start();
        var line = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
        port = Integer.parseInt(String.valueOf(line.readLine()));
    }

    private static String absolute(String classPath) {
        StringBuilder all = new StringBuilder();
        for (String entry : classPath.split(File.pathSeparator)) {
            all.append(Path.of(entry).toAbsolutePath()).append(File.pathSeparatorChar);
        }
        return all.toString();
    }

    int port() {
        return port;
    }

    /**
     * Now in MiB, or the most it ever was: {@code VmRSS} or {@code VmHWM}, as the kernel says it.
     */
    long memory(String what) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
                .filter(line -> line.startsWith(what + ":"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                .findFirst()
                .orElseThrow();
    }

    /** What it wrote on its error output so far. */
    String complaints() throws IOException {
        return Files.readString(complaints);
    }

    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
