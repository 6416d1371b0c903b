package dev.wharfinger.cli;

import dev.wharfinger.approval.SshPublicKey;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The keys of the person at the terminal: the named one, else those where OpenSSH keeps them. */
record PersonKeys(Terminal terminal) {
    /** Those that can prove a touch come first. */
    private static final List<String> USUAL =
            List.of("id_ed25519_sk", "id_ecdsa_sk", "id_ed25519", "id_ecdsa", "id_rsa");

    private static final int MOST_BYTES = 64 << 10;

    /** A key, and the file that is given to {@code ssh-keygen} to sign with it. */
    record Found(SshPublicKey key, Path file) {}

    /** The key of a file, private or public. */
    Found named(String file) throws IOException, CommandFailed {
        Path path = terminal.resolve(file);
        return read(path)
                .orElseThrow(() ->
                        new CommandFailed(
                                ExitCode.CONFIGURATION,
                                path
                                        + " is no SSH key that can decide; make one with"
                                        + " `ssh-keygen -t ed25519-sk`"));
    }

    /** The person's keys under their usual names. */
    List<Found> usual() throws IOException {
        var found = new ArrayList<Found>();
        Optional<Path> home = terminal.variable("HOME").map(Path::of);
        if (home.isPresent()) {
            for (String name : USUAL) {
                Path path = home.get().resolve(".ssh").resolve(name);
                Path pub = path.resolveSibling(name + ".pub");
                Optional<Found> half = Files.exists(pub) ? read(pub) : Optional.empty();
                if (half.isPresent()) {
                    Path signing = Files.exists(path) ? path : pub;
                    found.add(new Found(half.get().key(), signing));
                } else if (Files.exists(path)) {
                    read(path).ifPresent(found::add);
                }
            }
        }
        return found;
    }

    private static Optional<Found> read(Path path) throws IOException {
        if (!Files.isRegularFile(path) || Files.size(path) > MOST_BYTES) {
            return Optional.empty();
        }
        String text = Files.readString(path, StandardCharsets.ISO_8859_1);
        Optional<SshPublicKey> key =
                text.lines()
                        .flatMap(line -> SshPublicKey.ofLine(line).stream())
                        .findFirst()
                        .or(() -> SshPublicKey.ofPrivate(text));
        if (key.isEmpty()) { // an older format: its public half may lie beside it
            Path pub = path.resolveSibling(path.getFileName() + ".pub");
            key =
                    Files.isRegularFile(pub)
                            ? SshPublicKey.ofLine(
                                    Files.readString(pub, StandardCharsets.ISO_8859_1))
                            : key;
        }
        return key.map(found -> new Found(found, path));
    }
}
