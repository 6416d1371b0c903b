package dev.wharfinger.cli;

import dev.wharfinger.command.CommandRunner;
import dev.wharfinger.deploy.EnvironmentSettings;
import dev.wharfinger.deploy.LocalSettings;
import dev.wharfinger.identity.Accounts;
import dev.wharfinger.identity.Peer;
import dev.wharfinger.persona.Principal;
import dev.wharfinger.tool.Walls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Whether the walls hold against whoever calls: they do where this process runs as a user of its
 * own, whom the caller is not and cannot become, and who alone can write state, approvers and
 * targets. It is looked at anew at each asking.
 *
 * <p>Over HTTP nobody tells who the caller is on this machine, if anybody: there it counts whether
 * anybody could work as the server's user at all.
 */
record Enforcement(
        ProjectFolder folder, Peer server, Accounts accounts, Supplier<CommandRunner> commands)
        implements Walls {
    /** The walls of a server that is this process. */
    static Enforcement of(ProjectFolder folder) {
        return new Enforcement(
                folder,
                Peer.ofThisProcess(),
                Accounts.ofThisMachine(),
                Once.of(() -> ProjectParts.commands(folder)));
    }

    @Override
    public String against(Principal principal) {
        return word(why(principal));
    }

    /** What clients see where this stands against the walls. */
    static String word(List<String> why) {
        return why.isEmpty() ? "enforced" : "advisory";
    }

    /** The same for those who are not here yet: whoever comes as a user of his own. */
    String againstOthers() {
        return word(open());
    }

    /** What stands against it, a sentence each; nothing where the walls hold. */
    List<String> why(Principal principal) {
        try {
            Optional<String> same =
                    principal.localUser().isPresent()
                            ? sameAs(new Peer(principal.localUser().get()))
                            : anybody();
            return same.isPresent() ? List.of(same.get()) : open();
        } catch (IOException e) {
            return List.of("it cannot be seen: " + e.getMessage());
        }
    }

    private Optional<String> sameAs(Peer caller) throws IOException {
        if (caller.equals(server)) {
            return Optional.of("the server runs as " + server.user() + ", like the caller");
        }
        if (caller.isRoot()) {
            return Optional.of("the caller is root");
        }
        List<String> groups = accounts.asRoot(caller.user());
        return groups.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "the caller is in the group "
                                + groups.getFirst()
                                + " and can become root by it");
    }

    private Optional<String> anybody() throws IOException {
        return accounts.logsIn(server.user())
                ? Optional.of(
                        "the server runs as "
                                + server.user()
                                + ", who may be the caller: over HTTP nobody tells")
                : Optional.empty();
    }

    private List<String> open() {
        var why = new ArrayList<String>();
        var sole = new SoleWriter(server.user());
        Path state = folder.state().path();
        try {
            sole.other(state).ifPresent(why::add);
            readable(state.resolve("journal.key")).ifPresent(why::add);
            for (EnvironmentSettings environment : folder.config().environments().values()) {
                if (environment.target() instanceof LocalSettings local) {
                    sole.other(local.dir()).ifPresent(why::add);
                }
            }
        } catch (IOException e) {
            why.add("it cannot be seen: " + e.getMessage());
        }
        if (why.isEmpty() && !commands.get().confinement().equals("confined")) {
            why.add("what the project builds and tests runs unconfined, as " + server.user());
        }
        return why;
    }

    private static Optional<String> readable(Path key) throws IOException {
        if (!Files.exists(key, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        var modes = Files.getPosixFilePermissions(key, LinkOption.NOFOLLOW_LINKS);
        return modes.contains(PosixFilePermission.OTHERS_READ)
                        || modes.contains(PosixFilePermission.GROUP_READ)
                ? Optional.of(key + " can be read by others")
                : Optional.empty();
    }
}
