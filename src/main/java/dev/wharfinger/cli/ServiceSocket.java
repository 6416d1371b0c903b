package dev.wharfinger.cli;

import dev.wharfinger.server.KeeperLink;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where a server under a user of its own is met by the users of the machine: where {@code
 * wharf.yaml} says ({@code server: { socket: … }}), else {@code /run/wharfinger/PROJECT.sock}
 * ({@code WHARF_SOCKETS} names another folder).
 *
 * @param declared whether {@code wharf.yaml} says it: then a server must be there
 */
record ServiceSocket(Path path, boolean declared) {
    /** The place for this project's socket, whether or not there is one. */
    static ServiceSocket of(Terminal terminal, Place place) {
        Optional<Path> said = place.config().flatMap(config -> config.server().socket());
        if (said.isPresent()) {
            return new ServiceSocket(said.get(), true);
        }
        Path folder =
                terminal.variable("WHARF_SOCKETS")
                        .map(terminal::resolve)
                        .orElse(Path.of("/run/wharfinger"));
        String project =
                place.config().map(Config::project).orElse(Config.folderName(place.root()));
        return new ServiceSocket(folder.resolve(project + ".sock"), false);
    }

    boolean exists() {
        return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
    }

    /** Listens, where that was declared or the folder was made for it. */
    Optional<Door> listen(Keeper keeper) throws IOException, CommandFailed {
        Path folder = path.getParent();
        boolean may = folder != null && Files.isDirectory(folder) && Files.isWritable(folder);
        if (!may && !declared) {
            return Optional.empty();
        }
        if (!may) {
            throw new CommandFailed(
                    ExitCode.CONFIGURATION,
                    "wharf.yaml names the socket " + path + ", and its folder cannot be written");
        }
        if (exists() && isAnswered()) {
            throw new CommandFailed(
                    ExitCode.CONFIGURATION,
                    "another server listens at "
                            + path
                            + "; name another with `server: { socket: … }`");
        }
        return Optional.of(Door.open(path, "rw-rw----", keeper));
    }

    private boolean isAnswered() {
        try {
            return !KeeperLink.command(path, "about", List.of()).isEmpty();
        } catch (IOException nobodyListens) {
            return false;
        }
    }
}
