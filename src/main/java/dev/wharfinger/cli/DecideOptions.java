package dev.wharfinger.cli;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;

import java.io.IOException;
import java.net.URI;
import java.util.Optional;

/** The options of whoever decides: with which key, as whom, and how the signature comes. */
final class DecideOptions {
    @Option(
            names = "--key",
            paramLabel = "FILE",
            description = "The SSH key to sign with; else the first of ~/.ssh that may decide.")
    private @Nullable String key;

    @Option(
            names = "--as",
            paramLabel = "NAME",
            description = "The approver's name, where a key belongs to several.")
    private @Nullable String name;

    @Option(
            names = "--write-text",
            paramLabel = "FILE",
            description = "Writes the text to be signed elsewhere, and decides nothing.")
    private @Nullable String text;

    @Option(
            names = "--signature",
            paramLabel = "FILE",
            description = "Delivers this signature of the text in FILE without its .sig.")
    private @Nullable String signature;

    @Option(
            names = "--server",
            paramLabel = "URL",
            description = "Decides at a server elsewhere (`wharf serve`); the key stays here.")
    private @Nullable URI server;

    @Option(names = "--yes", description = "Asks no more after showing the card.")
    private boolean yes;

    Optional<String> key() {
        return Optional.ofNullable(key);
    }

    Optional<String> name() {
        return Optional.ofNullable(name);
    }

    Optional<String> text() {
        return Optional.ofNullable(text);
    }

    Optional<String> signature() {
        return Optional.ofNullable(signature);
    }

    /** Where the decision is asked for and delivered: this project's keeper, or a server. */
    Desk desk(Terminal terminal, PlaceOptions where)
            throws IOException, CommandFailed, ConfigError {
        if (server != null) {
            return new ServerDesk(server);
        }
        return KeeperClient.at(terminal, where);
    }

    boolean yes() {
        return yes;
    }
}
