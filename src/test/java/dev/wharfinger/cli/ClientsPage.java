package dev.wharfinger.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** docs/clients.md, as tests read it: the blocks of a client's section. */
public final class ClientsPage {
    private ClientsPage() {}

    static String text() throws IOException {
        return Files.readString(Path.of("docs/clients.md"));
    }

    static List<String> blocks(Client client) throws IOException {
        String page = text();
        String heading = "\n## " + client.title() + "\n";
        int at = page.indexOf(heading);
        if (at < 0 || page.indexOf(heading, at + 1) > 0) {
            throw new IOException("docs/clients.md has no one section on " + client.title());
        }
        String section = page.substring(at + heading.length());
        int end = section.indexOf("\n## ");
        String[] parts = (end < 0 ? section : section.substring(0, end)).split("```");
        var blocks = new ArrayList<String>();
        for (int i = 1; i < parts.length; i += 2) {
            blocks.add(parts[i].substring(parts[i].indexOf('\n') + 1));
        }
        return blocks;
    }

    /** The file for HTTP that the page shows for the client of this name, with this address. */
    public static String http(String client, String url) throws IOException {
        Optional<Client> known = Client.of(client);
        return blocks(known.orElseThrow()).get(1).replace("https://wharf.example.com/mcp", url);
    }

    /** The client's file in a project. */
    public static String file(String client) {
        return Client.of(client).flatMap(Client::projectFile).orElseThrow();
    }
}
