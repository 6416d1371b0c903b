package dev.wharfinger.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A program of ours that is talked to over its standard input and output, as an MCP client talks to
 * its server. What it says on standard error goes to a file. Closing ends its input, then the
 * program.
 */
public final class PipedProgram implements AutoCloseable {
    private final Process process;

    private PipedProgram(Process process) {
        this.process = process;
    }

    /** Starts the program in this folder, with this process's environment. */
    public static PipedProgram start(List<String> argv, Path folder, Path errors)
            throws IOException {
        return new PipedProgram(
                new ProcessBuilder(argv)
                        .directory(folder.toFile())
                        .redirectError(errors.toFile())
                        .start());
    }

    /** Its number. */
    public long pid() {
        return process.pid();
    }

    /** What it hears. */
    public OutputStream toProgram() {
        return process.getOutputStream();
    }

    /** What it says. */
    public InputStream fromProgram() {
        return process.getInputStream();
    }

    /** Ends its input and waits; a program that does not end by itself is killed. */
    public int end(Duration limit) throws IOException, InterruptedException {
        process.getOutputStream().close();
        if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            process.destroyForcibly().waitFor();
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
