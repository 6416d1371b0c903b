package dev.wharfinger.cli;

import dev.wharfinger.call.Catalogue;
import dev.wharfinger.call.Outcome;
import dev.wharfinger.call.Tool;
import dev.wharfinger.call.Turn;
import dev.wharfinger.identity.TokenFile;
import dev.wharfinger.server.HttpServer;
import dev.wharfinger.shift.Event;

import tools.jackson.databind.node.JsonNodeFactory;

import java.security.SecureRandom;
import java.util.Optional;

/**
 * The bench profile: the product's server with all its checks, and one tool more, {@code echo}.
 * {@code BenchDoor echo|durable ROOT STATE PORT}: durable writes an entry at each call, and the
 * answer leaves when that would survive a power cut.
 */
public final class BenchDoor {
    private BenchDoor() {}

    private record Echo(boolean durable) implements Tool {
        @Override
        public Traits traits() {
            Nature nature = durable ? Nature.CHANGES : Nature.READS;
            return new Traits("echo", Standing.NO_SHIFT, nature, Pace.SHORT);
        }

        @Override
        public Outcome run(Turn turn) {
            String text = turn.arguments().text("text");
            if (durable) {
                turn.record(new Event.NoteRecorded("bench", Optional.of(text), false));
            }
            return new Outcome.Done(text, JsonNodeFactory.instance.objectNode().put("text", text));
        }
    }

    public static void main(String[] arguments) throws Exception {
        var terminal = Terminal.ofProcess();
        var place = Place.of(terminal, Optional.of(arguments[1]), Optional.of(arguments[2]));
        var folder = ProjectFolder.open(terminal, place);
        var random = new SecureRandom();
        try (KeeperHouse house = KeeperHouse.open(folder)) {
            Keeper keeper = house.keeper();
            keeper.tools()
                    .catalogue()
                    .offer(
                            new Echo(arguments[0].equals("durable")),
                            new Catalogue.Audience.Everyone());
            var admission =
                    new TokenAdmission(
                            new TokenFile(folder.state().tokens()),
                            TokenAdmission.forThisStart("none", "nobody"),
                            terminal.clock(),
                            (by, persona, client) ->
                                    keeper.caller(by, persona.value(), false, client),
                            new Challenges(Optional.empty()),
                            Optional.empty());
            try (HttpServer server =
                    HttpServer.start(
                            HttpServer.Front.loopback(Integer.parseInt(arguments[3])),
                            keeper.protocol(),
                            keeper.answers(),
                            admission,
                            HttpServer.Limits.usual(),
                            random,
                            terminal.clock())) {
                System.out.println("http://127.0.0.1:" + server.port() + "/mcp");
                Thread.currentThread().join();
            }
        }
    }
}
