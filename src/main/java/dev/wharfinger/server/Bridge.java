package dev.wharfinger.server;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Logger;

/**
 * A stdio client whose keeper is another process: its lines go to the keeper's socket, the keeper's
 * lines come back. When the keeper ends, the next link is asked for (another keeper, or this
 * process itself by then), the client's {@code initialize} is said again there, and what was not
 * answered is answered with an error that says so: a call must be made again, never lost in
 * silence.
 */
public final class Bridge {

    /** So many links in a row may end without a word. */
    private static final int MOST_BARREN = 50;

    private static final Duration PAUSE = Duration.ofMillis(50);

    private final Links links;
    private final JsonMapper json;
    private final LineReader fromClient;
    private final OutputStream toClient;
    private final Map<String, JsonNode> unanswered = new LinkedHashMap<>();
    private Optional<byte[]> initialize = Optional.empty();
    private Optional<String> swallowed = Optional.empty();
    private KeeperLink link;
    private boolean ended;
    private int barren;

    /** Where links come from. */
    public interface Links {
        /** A link to whoever is the keeper now; this process becomes it where nobody is. */
        KeeperLink next() throws IOException;
    }

    /** A bridge over a first link. */
    public Bridge(
            KeeperLink first, Links links, JsonMapper json, InputStream in, OutputStream out) {
        this.link = first;
        this.links = links;
        this.json = json;
        this.fromClient = new LineReader(in, 8 << 20);
        this.toClient = out;
    }

    /** Carries lines both ways until the client's input ends and the keeper has answered. */
    public void run() throws IOException, InterruptedException {
        Thread back = Thread.ofPlatform().daemon().name("wharf-bridge").start(this::answers);
        try {
            for (LineReader.Line line = fromClient.next();
                    !(line instanceof LineReader.Line.End);
                    line = fromClient.next()) {
                if (line instanceof LineReader.Line.Bytes(var bytes)) {
                    forward(bytes);
                } else {
                    forward(
                            "{"
                                    .getBytes(
                                            StandardCharsets
                                                    .UTF_8)); // the keeper answers what is too long
                }
            }
        } finally {
            synchronized (this) {
                boolean hungUp = ended;
                ended = true;
                if (!hungUp) {
                    link.finish();
                }
            }
        }
        back.join(PipeServer.GRACE.toMillis());
    }

    /**
     * A keeper that ends just now does not hear it: then it is answered like whatever else was
     * under way.
     */
    private synchronized void forward(byte[] line) throws IOException {
        note(line);
        try {
            write(link.output(), line);
        } catch (IOException e) {
            if (ended) {
                throw e;
            }
            log().fine("the keeper ended: " + e.getMessage());
        }
    }

    /** Remembers what must be said again, or answered, when the keeper ends. */
    private void note(byte[] line) {
        Optional<JsonNode> message = parsed(line);
        if (message.isEmpty()) {
            return;
        }
        JsonNode method = message.get().path("method");
        JsonNode id = message.get().path("id");
        if (method.isString() && !id.isMissingNode()) {
            unanswered.put(id.toString(), id);
            if (method.asString().equals("initialize")) {
                initialize = Optional.of(line);
            }
        }
    }

    private Optional<JsonNode> parsed(byte[] line) {
        try {
            JsonNode node = json.readTree(line);
            return node.isObject() ? Optional.of(node) : Optional.empty();
        } catch (tools.jackson.core.JacksonException e) {
            return Optional.empty(); // not for the bridge to judge: the keeper answers it
        }
    }

    private void answers() {
        try {
            do {
                relay(current());
            } while (again());
        } catch (IOException e) {
            log().warning("the bridge to the keeper ends: " + e.getMessage());
            hangUp();
        }
    }

    /** Nobody answers any more: the client must not wait for it. */
    private synchronized void hangUp() {
        ended = true;
        try {
            toClient.close();
        } catch (IOException e) {
            log().fine("the client is gone too: " + e.getMessage());
        }
    }

    private synchronized KeeperLink current() {
        return link;
    }

    private void relay(KeeperLink from) throws IOException {
        var lines = new LineReader(from.input(), 64 << 20);
        try {
            for (LineReader.Line line = lines.next();
                    line instanceof LineReader.Line.Bytes(var bytes);
                    line = lines.next()) {
                answered(bytes);
            }
        } catch (java.nio.channels.ClosedChannelException | java.net.SocketException e) {
            return; // the keeper ended in the middle: the next link is asked for
        }
    }

    private synchronized void answered(byte[] line) throws IOException {
        Optional<JsonNode> message = parsed(line);
        if (message.isEmpty()) {
            return; // torn: the keeper ended in the middle of a line
        }
        barren = 0;
        String id = message.map(m -> m.path("id").toString()).orElse("");
        boolean answer = message.filter(m -> m.has("result") || m.has("error")).isPresent();
        if (answer && swallowed.filter(id::equals).isPresent()) {
            swallowed = Optional.empty();
            return;
        }
        if (answer) {
            unanswered.remove(id);
        }
        write(toClient, line);
    }

    /** Whether there is a new link; says again what it must know. */
    private synchronized boolean again() throws IOException {
        link.close();
        if (ended) {
            return false;
        }
        Optional<JsonNode> greeting = initialize.map(line -> json.readTree(line).path("id"));
        boolean pending = greeting.filter(unanswered::containsValue).isPresent();
        swallowed = pending ? Optional.empty() : greeting.map(JsonNode::toString);
        link = greeted();
        List<JsonNode> lost = new ArrayList<>(unanswered.values());
        unanswered.clear();
        if (pending) {
            lost.remove(greeting.get());
            unanswered.put(greeting.get().toString(), greeting.get());
        }
        for (JsonNode id : lost) {
            var error = json.createObjectNode().put("jsonrpc", "2.0");
            error.set("id", id);
            error.putObject("error")
                    .put("code", -32603)
                    .put("message", "The keeper ended before it answered. Make the call again.");
            write(toClient, json.writeValueAsBytes(error));
        }
        return true;
    }

    /**
     * The next link, with the client's greeting on its way. A socket takes callers for a moment
     * after its keeper was killed: such a link is no link, and the next one is asked for.
     */
    private KeeperLink greeted() throws IOException {
        while (true) {
            if (barren++ > MOST_BARREN) {
                throw new IOException("no keeper stays to answer");
            }
            try {
                Thread.sleep(barren > 1 ? PAUSE.toMillis() : 0);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted while looking for a keeper", e);
            }
            KeeperLink next = links.next();
            try {
                if (initialize.isPresent()) {
                    write(next.output(), initialize.get());
                }
                return next;
            } catch (IOException e) {
                next.close();
                log().fine("that keeper is ending: " + e.getMessage());
            }
        }
    }

    private static void write(OutputStream out, byte[] line) throws IOException {
        byte[] whole = new byte[line.length + 1];
        System.arraycopy(line, 0, whole, 0, line.length);
        whole[line.length] = '\n';
        out.write(whole);
        out.flush();
    }

    /** Made when there is something to say: that takes a tenth of a cold start. */
    private static Logger log() {
        return Logger.getLogger(Bridge.class.getName());
    }
}
