package dev.wharfinger.cli;

import dev.wharfinger.identity.Peer;
import dev.wharfinger.server.Hello;
import dev.wharfinger.server.KeeperLink;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A server under a user of its own that keeps this project, as other processes of the machine meet
 * it. It is believed where nobody but that user or root can have put its socket there.
 *
 * @param keeper who listens, as the kernel says
 * @param about what it says of itself, for this process's user
 */
record Service(Path path, Peer keeper, JsonNode about) implements Desk {
    /**
     * The service of this project. Where people named a state folder, none is looked for, unless
     * {@code wharf.yaml} names one.
     *
     * @throws CommandFailed where there should be one, and it is not there or not to be believed:
     *     never is that a reason to keep the project here
     */
    static Optional<Service> met(Terminal terminal, Place place) throws IOException, CommandFailed {
        ServiceSocket socket = ServiceSocket.of(terminal, place);
        if (socket.exists() && (socket.declared() || !place.stateNamed())) {
            return Optional.of(at(socket.path()));
        }
        if (socket.declared() && !place.stateNamed()) {
            throw new CommandFailed(
                    ExitCode.WORLD,
                    "wharf.yaml says that a service keeps this project at "
                            + socket.path()
                            + ", and nothing is there: start it");
        }
        return Optional.empty();
    }

    /** The service that listens there. */
    static Service at(Path path) throws IOException, CommandFailed {
        try (KeeperLink link = KeeperLink.open(path, Hello.command("about", List.of()))) {
            Peer keeper = link.keeper();
            believe(path, keeper);
            String said = new String(link.input().readAllBytes(), StandardCharsets.UTF_8);
            JsonNode answer = new JsonMapper().readTree(said);
            if (answer.path("exit").asInt(-1) != 0) {
                throw new CommandFailed(ExitCode.NO, answer.path("text").asString("it said no"));
            }
            return new Service(path, keeper, answer.path("data"));
        } catch (JacksonException e) {
            throw new CommandFailed(ExitCode.WORLD, "no keeper answers at " + path);
        } catch (IOException e) {
            throw new CommandFailed(
                    ExitCode.WORLD,
                    "a service keeps this project, and its socket "
                            + path
                            + " cannot be used: "
                            + e.getMessage()
                            + ". Start the service, or join the socket's group");
        }
    }

    private static void believe(Path path, Peer keeper) throws IOException, CommandFailed {
        Optional<String> open =
                keeper.equals(Peer.ofThisProcess())
                        ? Optional.empty()
                        : new SoleWriter(keeper.user()).otherPlace(path);
        if (open.isPresent()) {
            throw new CommandFailed(
                    ExitCode.CONFIGURATION,
                    "the socket " + path + " is not to be believed: " + open.get());
        }
    }

    /** A connection of an agent. */
    KeeperLink link(Hello hello) throws IOException {
        return KeeperLink.open(path, hello);
    }

    @Override
    public JsonNode ask(String command, String... arguments) throws IOException {
        return new JsonMapper().readTree(KeeperLink.command(path, command, List.of(arguments)));
    }

    /**
     * This process's user may be that persona here.
     *
     * @throws CommandFailed where not, with what lets him
     */
    void admits(String persona) throws CommandFailed {
        boolean one =
                about.path("personas").valueStream().anyMatch(p -> p.asString("").equals(persona));
        if (!about.path("any").asBoolean(false) && !one) {
            String me = Peer.ofThisProcess().user();
            throw new CommandFailed(
                    ExitCode.NO,
                    "the user "
                            + me
                            + " may not be /"
                            + persona
                            + " here; "
                            + keeper.user()
                            + " allows it by `wharf token create --persona "
                            + persona
                            + " --for PERSON --user "
                            + me
                            + "`");
        }
    }

    /**
     * The folder with the service's state.
     *
     * @throws CommandFailed where it is for another user
     */
    Path ownState() throws CommandFailed {
        String state = about.path("state").asString("");
        if (state.isEmpty()) {
            throw new CommandFailed(
                    ExitCode.NO,
                    "a service of the user "
                            + keeper.user()
                            + " keeps this project: run that as "
                            + keeper.user()
                            + ", with sudo or runuser");
        }
        return Path.of(state);
    }
}
