package dev.wharfinger.cli;

import dev.wharfinger.identity.Peer;
import dev.wharfinger.journal.JournalRefused;
import dev.wharfinger.server.KeeperLink;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Has a command answered by the keeper: the one that runs, else this process for a moment. */
final class KeeperClient implements Desk {
    private final ProjectFolder folder;

    KeeperClient(ProjectFolder folder) {
        this.folder = folder;
    }

    /** Where commands of people are answered: a service of another user, else the keeper here. */
    static Desk at(Terminal terminal, PlaceOptions where)
            throws IOException, CommandFailed, ConfigError {
        Place place = where.place(terminal);
        Optional<Service> service = Service.met(terminal, place);
        return service.isPresent()
                ? service.get()
                : new KeeperClient(ProjectFolder.open(terminal, place));
    }

    @Override
    public JsonNode ask(String command, String... arguments) throws IOException, CommandFailed {
        var words = new ArrayList<String>();
        words.add(command);
        words.addAll(List.of(arguments));
        Path socket = folder.state().socket();
        if (Files.exists(socket)) {
            try {
                return new JsonMapper()
                        .readTree(KeeperLink.command(socket, command, List.of(arguments)));
            } catch (java.net.ConnectException e) {
                return alone(words); // nobody listens any more: its keeper is gone
            }
        }
        return alone(words);
    }

    private JsonNode alone(List<String> words) throws IOException, CommandFailed {
        try (KeeperHouse house = KeeperHouse.open(folder)) {
            Peer peer = Peer.ofThisProcess();
            return new JsonMapper()
                    .readTree(new KeeperCommands(house.keeper()).answer(peer, words));
        } catch (JournalRefused e) {
            throw Stdio.refused(e);
        }
    }
}
