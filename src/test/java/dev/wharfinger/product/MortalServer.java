package dev.wharfinger.product;

import static java.nio.charset.StandardCharsets.UTF_8;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A real {@code wharf stdio} that may die at any moment, and a client that notices. */
final class MortalServer implements AutoCloseable {
    private final Process process;
    private final BufferedReader answers;
    private int ids;

    private MortalServer(Process process) {
        this.process = process;
        this.answers = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
    }

    /** The server ended, or the keeper behind it did, before the call was answered. */
    static final class Lost extends Exception {
        Lost(String why) {
            super(why);
        }
    }

    /** How a call's bytes meet the end of the server. */
    interface Sending {
        /** Called when so many of the call's bytes are written; true to write no more. */
        boolean cut(int written, int length);
    }

    /** Starts one; what it says on stderr is appended to {@code log}. */
    static MortalServer start(ShopProject project, String persona, Path log) throws IOException {
        var argv =
                List.of(
                        "stdio",
                        "--root",
                        project.root().toString(),
                        "--state",
                        project.state().toString(),
                        "--persona",
                        persona);
        return new MortalServer(
                StdioClient.wharf(argv)
                        .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                        .start());
    }

    /** Says hello; the server serves from here on. */
    void greet() throws Lost {
        ObjectNode hello = StdioClient.JSON.createObjectNode().put("protocolVersion", "2025-11-25");
        hello.putObject("capabilities");
        hello.putObject("clientInfo").put("name", "mortal").put("version", "1");
        request("initialize", hello, (_, _) -> false);
    }

    JsonNode call(String tool, ObjectNode arguments, Sending sending) throws Lost {
        ObjectNode params = StdioClient.JSON.createObjectNode().put("name", tool);
        params.set("arguments", arguments);
        return request("tools/call", params, sending);
    }

    private JsonNode request(String method, ObjectNode params, Sending sending) throws Lost {
        int id = ++ids;
        ObjectNode message =
                StdioClient.JSON
                        .createObjectNode()
                        .put("jsonrpc", "2.0")
                        .put("id", id)
                        .put("method", method);
        message.set("params", params);
        try {
            send((StdioClient.JSON.writeValueAsString(message) + "\n").getBytes(UTF_8), sending);
        } catch (IOException e) {
            // It died before it read all of it. What it had answered lies in the pipe.
        }
        try {
            return answer(id).orElseThrow(() -> new Lost("the server ended"));
        } catch (IOException e) {
            throw new Lost(String.valueOf(e.getMessage()));
        }
    }

    private void send(byte[] line, Sending sending) throws IOException {
        int half = line.length / 2;
        process.getOutputStream().write(line, 0, half);
        process.getOutputStream().flush();
        if (sending.cut(half, line.length)) {
            return;
        }
        process.getOutputStream().write(line, half, line.length - half);
        process.getOutputStream().flush();
        sending.cut(line.length, line.length);
    }

    /** The answer with that id; a line that is torn is none. */
    private Optional<JsonNode> answer(int id) throws IOException, Lost {
        for (String line = answers.readLine(); line != null; line = answers.readLine()) {
            JsonNode answer;
            try {
                answer = StdioClient.JSON.readTree(line);
            } catch (tools.jackson.core.JacksonException torn) {
                if (answers.readLine() == null) {
                    return Optional.empty();
                }
                throw new IllegalStateException("no JSON on stdout: " + line, torn);
            }
            if (answer.path("id").asInt(-1) == id) {
                if (answer.has("error")) {
                    throw new Lost(answer.path("error").path("message").asString());
                }
                return Optional.of(answer.path("result"));
            }
        }
        return Optional.empty();
    }

    Process process() {
        return process;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Whether it has ended by itself, with everything signed. */
    boolean endedWell() {
        return !process.isAlive() && process.exitValue() == 0;
    }

    /** SIGKILL to this process alone. What it has written stays in the pipe. */
    static void kill(Process process) {
        process.toHandle().destroyForcibly();
    }

    /** Ends its input, as a client that goes away does, and waits for its end. */
    @Override
    public void close() throws IOException {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            // Already dead: there is nobody to tell.
        }
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException("the server did not end with its input");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
