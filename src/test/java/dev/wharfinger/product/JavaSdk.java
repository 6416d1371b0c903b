package dev.wharfinger.product;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A process with the official Java SDK in it, which brings its own Jackson and stays off our class
 * path; it carries one call a line.
 */
final class JavaSdk implements ForeignShift.Carrier, AutoCloseable {
    private static final Path FOLDER = Path.of("src/test/resources/sdk/java").toAbsolutePath();
    private final Process process;
    private final BufferedReader answers;
    private final String tools;

    private JavaSdk(Process process) throws IOException {
        this.process = process;
        this.answers = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
        this.tools = read().path("tools").toString();
    }

    static JavaSdk start(String era, String transport, List<String> words)
            throws IOException, InterruptedException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var all =
                new ArrayList<>(
                        List.of(
                                java,
                                "-XX:+UseSerialGC",
                                "-cp",
                                classPath(),
                                FOLDER.resolve("Caller.java").toString(),
                                era,
                                transport));
        all.addAll(words);
        return new JavaSdk(
                new ProcessBuilder(all).redirectError(ProcessBuilder.Redirect.INHERIT).start());
    }

    /** Asked of Maven once, and kept while the pom stays as it is. */
    private static synchronized String classPath() throws IOException, InterruptedException {
        Path kept = Path.of("target/java-sdk.txt").toAbsolutePath();
        Path pom = FOLDER.resolve("pom.xml");
        boolean fresh =
                Files.exists(kept)
                        && Files.getLastModifiedTime(kept).compareTo(Files.getLastModifiedTime(pom))
                                > 0;
        if (!fresh) {
            Process maven =
                    new ProcessBuilder(
                                    maven(),
                                    "-q",
                                    "-B",
                                    "-ntp",
                                    "-f",
                                    pom.toString(),
                                    "dependency:build-classpath",
                                    "-Dmdep.outputFile=" + kept)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .start();
            assertThat(maven.waitFor(5, TimeUnit.MINUTES)).isTrue();
            assertThat(maven.exitValue()).as("Maven resolves the Java SDK").isZero();
        }
        return Files.readString(kept).strip();
    }

    private static String maven() {
        for (String part : System.getenv("PATH").split(":")) {
            if (Files.isExecutable(Path.of(part, "mvn"))) {
                return Path.of(part, "mvn").toString();
            }
        }
        return Path.of("mvnw").toAbsolutePath().toString();
    }

    String tools() {
        return tools;
    }

    @Override
    public JsonNode call(String tool, ObjectNode arguments) throws IOException {
        ObjectNode asked = StdioClient.JSON.createObjectNode().put("tool", tool);
        asked.set("arguments", arguments);
        process.getOutputStream()
                .write((StdioClient.JSON.writeValueAsString(asked) + "\n").getBytes(UTF_8));
        process.getOutputStream().flush();
        return read();
    }

    private JsonNode read() throws IOException {
        String line = answers.readLine();
        if (line == null) {
            throw new IOException("the Java SDK ended");
        }
        return StdioClient.JSON.readTree(line);
    }

    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
