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
    private final StateFolder state;
    private final Opening project;

    /** Opens the project, where no keeper runs. */
    private interface Opening {
        ProjectFolder open() throws IOException, CommandFailed, ConfigError;
    }

    private KeeperClient(StateFolder state, Opening project) {
        this.state = state;
        this.project = project;
    }

    KeeperClient(ProjectFolder folder) {
        this(folder.state(), () -> folder);
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

    /**
     * The same for what must never wait for a file to be mended: the keeper that runs is asked
     * whatever the files say now; where none runs, what cannot be read acts as it was accepted.
     */
    static Desk inAnEmergency(Terminal terminal, PlaceOptions where)
            throws IOException, CommandFailed, ConfigError {
        Place place = where.place(terminal);
        Optional<Service> service = Service.met(terminal, place);
        if (service.isPresent()) {
            return service.get();
        }
        Path root = place.root().toRealPath();
        return new KeeperClient(
                StateFolder.of(root, place.forAgents().state()), () -> whatever(terminal, place));
    }

    private static ProjectFolder whatever(Terminal terminal, Place place)
            throws IOException, CommandFailed, ConfigError {
        try {
            return ProjectFolder.open(terminal, place);
        } catch (IOException | CommandFailed | ConfigError broken) {
            terminal.err().println("wharf: " + broken.getMessage());
            terminal.err().println("wharf: the rules act as they were accepted");
            return ProjectFolder.accepted(terminal, place);
        }
    }

    @Override
    public JsonNode ask(String command, String... arguments) throws IOException, CommandFailed {
        var words = new ArrayList<String>();
        words.add(command);
        words.addAll(List.of(arguments));
        Path socket = state.socket();
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
        try (KeeperHouse house = KeeperHouse.openForOne(project.open())) {
            Peer peer = Peer.ofThisProcess();
            return new JsonMapper()
                    .readTree(new KeeperCommands(house.keeper()).answer(peer, words));
        } catch (JournalRefused e) {
            throw Stdio.refused(e);
        } catch (ConfigError e) {
            throw new CommandFailed(ExitCode.CONFIGURATION, String.valueOf(e.getMessage()));
        }
    }
}
