package dev.wharfinger.product;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.wharfinger.workspace.ContentHash;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An agent that brings one persona's shift to its end whatever happens to its server: it starts the
 * server anew, begins the shift again, repeats what was not answered, and follows {@code next[0]}.
 */
final class Agent {
    private static final int MOST_CALLS = 80;
    private static final Set<String> READING = Set.of("read_plan", "view_file", "list_dir");
    private final Story story;
    private final String persona;
    private final String request;
    private final List<Extra> extras;
    private final Set<Extra> tried = new HashSet<>();
    private String shift = "";
    private boolean handingOver;
    private int calls;
    private Optional<MortalServer> server = Optional.empty();

    Agent(Story story, String persona, String version, List<Extra> extras) {
        this.story = story;
        this.persona = persona;
        this.request = "Please " + persona + " " + version + ", word for word";
        this.extras = new ArrayList<>(extras);
    }

    /** Works until the shift has ended. */
    void work() throws IOException {
        boolean ended = false;
        long lost = 0;
        while (!ended) {
            try {
                if (server.filter(MortalServer::isAlive).isEmpty()) {
                    MortalServer next = story.start(persona);
                    server = Optional.of(next);
                    next.greet();
                }
                ended = attempt(lost);
            } catch (MortalServer.Lost e) {
                lost = System.nanoTime();
                story.lost(String.valueOf(e.getMessage()));
                awaitTheEnd();
            }
        }
        last().close();
    }

    private MortalServer last() {
        return server.orElseThrow();
    }

    /** Whether its last server ended with its input, and not by a kill after the last answer. */
    boolean endedWell() {
        return last().endedWell();
    }

    /** Whoever was killed is gone in a moment; a server that only lost its keeper lives on. */
    private void awaitTheEnd() {
        try {
            last().process().waitFor(300, java.util.concurrent.TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean attempt(long lost) throws MortalServer.Lost {
        if (handingOver
                && !call("shift_status", node())
                        .path("structuredContent")
                        .path("open")
                        .asBoolean()) {
            return true; // the handoff was carried out, and only its answer was lost
        }
        JsonNode last = call("begin_shift", node().put("request", request));
        if (lost != 0) {
            story.recovered(Duration.ofNanos(System.nanoTime() - lost));
        }
        shift = last.path("structuredContent").path("shift").asString();
        while (true) {
            JsonNode next = next(last);
            String tool = next.path("tool").asString("");
            if (next.isMissingNode()) {
                if (!handingOver || last.path("isError").asBoolean()) {
                    story.complain("nothing is next after " + last);
                }
                return true;
            }
            boolean late = tool.equals("write_handoff") || tool.equals("record_note");
            if (!READING.contains(tool) && extras.stream().anyMatch(e -> late || !e.late())) {
                aside(late);
                last = call("shift_status", node());
                continue;
            }
            handingOver |= tool.equals("write_handoff");
            last = call(tool, (ObjectNode) next.path("arguments"));
        }
    }

    private static ObjectNode node() {
        return StdioClient.JSON.createObjectNode();
    }

    private static JsonNode next(JsonNode result) {
        JsonNode content = result.path("structuredContent");
        JsonNode refused = content.path("refused").path(0);
        return (refused.isMissingNode() ? content : refused).path("next").path(0);
    }

    private JsonNode call(String tool, ObjectNode arguments) throws MortalServer.Lost {
        if (++calls > MOST_CALLS) {
            throw new IllegalStateException("/" + persona + " does not come to its end");
        }
        long begin = System.nanoTime();
        JsonNode result = story.call(last(), tool, arguments);
        story.took(tool, Duration.ofNanos(System.nanoTime() - begin));
        if (!result.path("isError").asBoolean()) {
            JsonNode content = result.path("structuredContent");
            String of = tool.equals("begin_shift") ? content.path("shift").asString() : shift;
            story.answered(new Answered(persona, of, tool, arguments, content));
        } else {
            story.refused(persona, tool, result);
        }
        return result;
    }

    private void aside(boolean late) throws MortalServer.Lost {
        for (Extra extra : List.copyOf(extras)) {
            if (!extra.late() || late) {
                boolean again = !tried.add(extra);
                story.wrote(extra.word());
                boolean file = extra.tool().equals("write_file");
                if (file) {
                    call("list_dir", node().put("path", "tests"));
                }
                if (!file || !again || !isThere(extra)) {
                    JsonNode result = call(extra.tool(), extra.arguments());
                    boolean commit = extra.tool().equals("commit_work") && again;
                    if (result.path("isError").asBoolean() && !commit) {
                        story.complain(extra.tool() + " was not done: " + result);
                    }
                }
                extras.remove(extra);
            }
        }
    }

    /** Whether the file holds what was to be written: an answer may have been lost. */
    private boolean isThere(Extra extra) throws MortalServer.Lost {
        JsonNode seen =
                call("view_file", node().put("path", extra.arguments().path("path").asString()));
        byte[] wanted = extra.arguments().path("content").asString().getBytes(UTF_8);
        return seen.path("structuredContent")
                .path("sha256")
                .asString("")
                .equals(ContentHash.of(wanted).hex());
    }
}
