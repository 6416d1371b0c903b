package dev.wharfinger.command;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A program that a person runs and looks at: it speaks on his terminal (passphrases, "touch your
 * key"), and only what it prints is taken. Never used for what an agent could have written.
 *
 * @param environment all of it: agents and their prompts are found by it
 */
public record Attended(Path program, Map<String, String> environment) {
    private static final int MOST_BYTES = 1 << 20;
    private static final long PATIENCE_MINUTES = 5;

    /** What it printed, and how it ended. */
    public record Said(int exit, byte[] output) {}

    /** The program of that name on the person's PATH. */
    public static Optional<Attended> find(String name, Map<String, String> environment) {
        return Programs.onPath(name, environment.getOrDefault("PATH", ""))
                .map(program -> new Attended(program, environment));
    }

    /**
     * Runs it to its end; so long a person may take to find the key.
     *
     * @throws IOException where it cannot be started, says too much, or does not end
     */
    public Said run(List<String> arguments, byte[] input) throws IOException {
        var words = new ArrayList<String>();
        words.add(program.toString());
        words.addAll(arguments);
        var builder = new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            try (OutputStream in = process.getOutputStream()) {
                in.write(input);
            } catch (IOException closed) {
                // it may end before it has read everything: how it ended says why
            }
            byte[] output = process.getInputStream().readNBytes(MOST_BYTES + 1);
            if (output.length > MOST_BYTES) {
                throw new IOException(program.getFileName() + " prints too much");
            }
            if (!process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
                throw new IOException(program.getFileName() + " does not end");
            }
            return new Said(process.exitValue(), output);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while " + program.getFileName() + " ran", e);
        } finally {
            process.destroyForcibly();
        }
    }
}
