package dev.wharfinger.cli;

import tools.jackson.databind.JsonNode;

import java.io.IOException;

/** Where decisions are delivered: the keeper of this project, or a server elsewhere. */
interface Desk {
    /** The answer to one command: {@code exit}, {@code text}, {@code data}. */
    JsonNode ask(String command, String... arguments) throws IOException, CommandFailed;
}
