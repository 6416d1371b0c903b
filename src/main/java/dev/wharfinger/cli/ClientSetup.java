package dev.wharfinger.cli;

import dev.wharfinger.tool.Diff;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Tells clients about the server, or takes that back, and says what it did with each. */
final class ClientSetup {
    private final Terminal terminal;
    private final boolean dryRun;

    ClientSetup(Terminal terminal, boolean dryRun) {
        this.terminal = terminal;
        this.dryRun = dryRun;
    }

    List<ClientEdit> additions(List<Client> clients, ClientPlace place)
            throws IOException, CommandFailed {
        var edits = new ArrayList<ClientEdit>();
        for (Client client : clients.stream().distinct().toList()) {
            edits.add(ClientEdit.adding(client, place));
        }
        if (!edits.isEmpty() && !place.startsByItself()) {
            terminal.err()
                    .println(
                            "wharf: `wharf` is not on the PATH, and clients start it by that name");
        }
        return edits;
    }

    List<ClientEdit> removals(List<Client> clients, ClientPlace place)
            throws IOException, CommandFailed {
        var edits = new ArrayList<ClientEdit>();
        for (Client client : clients.stream().distinct().toList()) {
            edits.add(ClientEdit.removing(client, place));
        }
        return edits;
    }

    /**
     * Does the edits and tells of them, after the project's own files that were written.
     *
     * @return the answer is no where one of them is left to people
     */
    ExitCode carryOut(List<ClientEdit> edits, OutputFormat format, List<String> written)
            throws IOException {
        if (!dryRun) {
            for (ClientEdit edit : edits) {
                edit.apply();
            }
        }
        if (format == OutputFormat.JSON) {
            terminal.out().println(json(edits, written));
        } else {
            written.forEach(name -> said(dryRun ? "would write" : "wrote", name));
            edits.forEach(this::show);
        }
        boolean refused = edits.stream().anyMatch(edit -> edit.kind() == ClientEdit.Kind.REFUSE);
        return refused ? ExitCode.NO : ExitCode.DONE;
    }

    private void show(ClientEdit edit) {
        String file = edit.file().file() + "  (" + edit.client().title() + ")";
        switch (edit.kind()) {
            case WRITE -> said(dryRun ? "would write" : "wrote", file);
            case REMOVE -> {
                String what = edit.after().isPresent() ? "changed" : "deleted";
                said(dryRun ? "would be " + what : what, file);
            }
            case LEAVE -> said("left", file + ": " + leaving(edit));
            case REFUSE -> {
                said("by hand", file + ": " + edit.why());
                terminal.out().println("             The entry is:");
                edit.snippet().lines().forEach(line -> terminal.out().println("  " + line));
            }
        }
        boolean changes =
                edit.kind() == ClientEdit.Kind.WRITE || edit.kind() == ClientEdit.Kind.REMOVE;
        if (dryRun && changes) {
            String name = edit.file().base().relativize(edit.file().file()).toString();
            Diff.unified(name, edit.before().orElse(""), edit.after().orElse(""))
                    .lines()
                    .forEach(line -> terminal.out().println("  " + line));
        }
    }

    private static String leaving(ClientEdit edit) {
        return edit.removing()
                ? "there is no entry of ours in it"
                : "it has a `" + Client.SERVER + "` already, which stays as it is";
    }

    private void said(String what, String file) {
        terminal.out().println("%-12s ".formatted(what) + Table.plain(file));
    }

    private ObjectNode json(List<ClientEdit> edits, List<String> written) {
        ObjectNode node = new JsonMapper().createObjectNode().put("dry_run", dryRun);
        written.forEach(node.putArray("written")::add);
        var clients = node.putArray("clients");
        for (ClientEdit edit : edits) {
            ObjectNode one =
                    clients.addObject()
                            .put("client", edit.client().word())
                            .put("file", edit.file().file().toString())
                            .put("state", edit.kind().name().toLowerCase(Locale.ROOT));
            if (edit.kind() == ClientEdit.Kind.REFUSE) {
                one.put("why", edit.why()).put("snippet", edit.snippet());
            }
        }
        return node;
    }
}
