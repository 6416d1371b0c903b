package dev.wharfinger.cli;

import dev.wharfinger.cli.JsonText.Unreadable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What is to become of one client's file: worked out first, shown, and only then done.
 *
 * @param before what the file holds; empty where it is missing
 * @param after what it is to hold; empty where it is to go
 * @param removing whether the entry was to go
 * @param why one line for people
 * @param snippet what to paste by hand where we keep our hands off
 */
record ClientEdit(
        Client client,
        ForeignFile file,
        Kind kind,
        Optional<String> before,
        Optional<String> after,
        boolean removing,
        String why,
        String snippet) {
    /** What happens to the file. */
    enum Kind {
        WRITE,
        REMOVE,
        /** There is an entry already, or none to remove. */
        LEAVE,
        /** The file cannot be changed safely. */
        REFUSE
    }

    /** Puts the client's entry in, where there is none yet. */
    static ClientEdit adding(Client client, ClientPlace place) throws IOException, CommandFailed {
        var entries = client.entries(place.command(client), place.arguments(client));
        return of(
                client,
                place,
                text -> {
                    String after = text.orElse("");
                    boolean changed = false;
                    for (var entry : entries.entrySet()) {
                        if (find(client, after, entry.getKey()).isEmpty()) {
                            after = with(client, after, entry.getKey(), entry.getValue());
                            changed = true;
                        }
                    }
                    return changed ? Optional.of(after) : Optional.empty();
                });
    }

    /** Takes the client's entry out, where it is ours. */
    static ClientEdit removing(Client client, ClientPlace place) throws IOException, CommandFailed {
        var entries = client.entries(place.command(client), place.arguments(client));
        return of(
                        client,
                        place,
                        text -> {
                            String after = text.orElse("");
                            boolean changed = false;
                            for (List<String> path : entries.reversed().sequencedKeySet()) {
                                Optional<JsonNode> there = find(client, after, path);
                                if (there.isPresent()) {
                                    if (path.equals(client.entryPath())
                                            && !startsWharf(there.get())) {
                                        throw new Unreadable(
                                                "its `"
                                                        + Client.SERVER
                                                        + "` does not start wharf; it is not ours");
                                    }
                                    after = without(client, after, path);
                                    changed = true;
                                }
                            }
                            return changed ? Optional.of(after) : Optional.empty();
                        })
                .asRemoval();
    }

    private interface Change {
        /** The new text; empty where nothing is to be done. */
        Optional<String> of(Optional<String> text) throws Unreadable;
    }

    private static ClientEdit of(Client client, ClientPlace place, Change change)
            throws IOException, CommandFailed {
        ForeignFile file = place.file(client);
        String snippet = fresh(client, place);
        Optional<String> problem = file.problem();
        if (problem.isPresent()) {
            return refused(client, file, problem.get(), snippet);
        }
        try {
            Optional<String> before = file.read();
            Optional<String> after = change.of(before);
            Kind kind = after.isPresent() ? Kind.WRITE : Kind.LEAVE;
            return new ClientEdit(client, file, kind, before, after, false, "", snippet);
        } catch (Unreadable | IOException wrong) {
            return refused(client, file, String.valueOf(wrong.getMessage()), snippet);
        }
    }

    private static ClientEdit refused(Client client, ForeignFile file, String why, String snippet) {
        return new ClientEdit(
                client, file, Kind.REFUSE, Optional.empty(), Optional.empty(), false, why, snippet);
    }

    /** A file that holds nothing but what we wrote goes as a whole. */
    private ClientEdit asRemoval() {
        boolean ours = kind == Kind.WRITE && before.filter(snippet::equals).isPresent();
        return new ClientEdit(
                client,
                file,
                kind == Kind.WRITE ? Kind.REMOVE : kind,
                before,
                ours ? Optional.empty() : after,
                true,
                why,
                snippet);
    }

    /** The client's file where it has nothing else in it. */
    static String fresh(Client client, ClientPlace place) {
        return fresh(client, place.command(client), place.arguments(client));
    }

    static String fresh(Client client, String command, List<String> arguments) {
        try {
            String text = "";
            for (var entry : client.entries(command, arguments).entrySet()) {
                text = with(client, text, entry.getKey(), entry.getValue());
            }
            return text;
        } catch (Unreadable impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Optional<JsonNode> find(Client client, String text, List<String> path)
            throws Unreadable {
        if (client.isToml()) {
            return TomlEdit.find(text, path);
        }
        return text.isBlank() ? Optional.empty() : JsonEdit.find(text, path);
    }

    private static String with(Client client, String text, List<String> path, ObjectNode entry)
            throws Unreadable {
        return client.isToml()
                ? TomlEdit.with(text, path, entry)
                : JsonEdit.with(text, path, entry);
    }

    private static String without(Client client, String text, List<String> path) throws Unreadable {
        return client.isToml() ? TomlEdit.without(text, path) : JsonEdit.without(text, path);
    }

    /** An entry whose program is a launcher of ours, wherever it stands. */
    private static boolean startsWharf(JsonNode entry) {
        JsonNode command = entry.path("command");
        String program = command.isArray() ? command.path(0).asString("") : command.asString("");
        Path name = Path.of(program).getFileName();
        return name != null && name.toString().equals("wharf");
    }

    /** Does it. */
    void apply() throws IOException {
        if (kind == Kind.WRITE || kind == Kind.REMOVE) {
            if (after.isPresent()) {
                file.replace(after.get());
            } else {
                file.delete();
            }
        }
    }
}
