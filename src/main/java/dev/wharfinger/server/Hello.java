package dev.wharfinger.server;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The first line on the keeper's socket: what the other end wants. Fields are separated by tabs:
 * {@code wharf 2}, the kind, the pass, then for a client its persona, {@code rw} or {@code ro} and
 * its name, for a command its name and arguments.
 *
 * @param pass what lies beside the socket for the keeper's own user; empty for whoever cannot read
 *     it
 */
public record Hello(Kind kind, String pass, List<String> fields) {
    private static final String MAGIC = "wharf 2";
    private static final int LONGEST = 16 << 10;

    /** What follows the line. */
    public enum Kind {
        MCP,
        COMMAND
    }

    public Hello {
        fields = List.copyOf(fields);
        if (Stream.concat(Stream.of(pass), fields.stream())
                .anyMatch(field -> field.chars().anyMatch(Character::isISOControl))) {
            throw new IllegalArgumentException("a field has a control character");
        }
    }

    /** A client that speaks MCP as this persona. */
    public static Hello client(String persona, boolean readOnly, String name) {
        return new Hello(Kind.MCP, "", List.of(persona, readOnly ? "ro" : "rw", name));
    }

    /** A command with its arguments. */
    public static Hello command(String name, List<String> arguments) {
        var fields = new ArrayList<String>();
        fields.add(name);
        fields.addAll(arguments);
        return new Hello(Kind.COMMAND, "", fields);
    }

    /** The same with this pass. */
    public Hello with(String shown) {
        return new Hello(kind, shown, fields);
    }

    /** The line, with its end. */
    public byte[] line() {
        String text =
                MAGIC
                        + "\t"
                        + kind.name().toLowerCase(Locale.ROOT)
                        + "\t"
                        + pass
                        + "\t"
                        + String.join("\t", fields)
                        + "\n";
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Reads the line byte by byte, so that what follows stays in the stream. */
    static Hello read(InputStream in) throws IOException {
        var line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("the connection ended before its first line");
            }
            line.write(next);
            if (line.size() > LONGEST) {
                throw new IOException("the first line is too long");
            }
        }
        String[] parts = line.toString(StandardCharsets.UTF_8).split("\t", -1);
        if (parts.length < 4 || !parts[0].equals(MAGIC)) {
            throw new IOException("not a wharf process at the other end");
        }
        Kind kind =
                switch (parts[1]) {
                    case "mcp" -> Kind.MCP;
                    case "command" -> Kind.COMMAND;
                    default -> throw new IOException("unknown kind `" + parts[1] + "`");
                };
        return new Hello(kind, parts[2], List.of(parts).subList(3, parts.length));
    }
}
