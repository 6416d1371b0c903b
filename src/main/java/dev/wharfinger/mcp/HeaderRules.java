package dev.wharfinger.mcp;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * What headers of a modern HTTP request must repeat from its body (SEP-2243), so that a gateway
 * that reads only headers cannot be told something else than the server. Each method gives the
 * reason why not, or nothing.
 */
final class HeaderRules {
    private static final String OPEN = "=?base64?";
    private static final String CLOSE = "?=";

    private HeaderRules() {}

    /** The version header says what the envelope says. */
    static Optional<String> version(Headers headers, String version) {
        return required(headers, "MCP-Protocol-Version", version);
    }

    /** {@code Mcp-Method}, and {@code Mcp-Name} where the method has one. */
    static Optional<String> standard(Headers headers, Message.Request request) {
        Optional<String> wrong = required(headers, "Mcp-Method", request.method());
        if (wrong.isPresent()) {
            return wrong;
        }
        Optional<String> key =
                switch (request.method()) {
                    case "tools/call", "prompts/get" -> Optional.of("name");
                    case "resources/read" -> Optional.of("uri");
                    case "tasks/get", "tasks/update", "tasks/cancel" -> Optional.of("taskId");
                    default -> Optional.empty();
                };
        return key.map(request.params()::path)
                .filter(JsonNode::isString)
                .flatMap(name -> required(headers, "Mcp-Name", name.stringValue()));
    }

    /** Each marked argument that is given has its header, and no header stands alone. */
    static Optional<String> arguments(
            Headers headers, List<HeaderArgument> marks, ObjectNode arguments) {
        for (HeaderArgument mark : marks) {
            JsonNode value = mark.value(arguments);
            boolean given = !value.isMissingNode() && !value.isNull();
            if (given && value.isContainer()) {
                continue; // no header can carry it; the tool's own schema refuses it
            }
            if (given || !headers.all(mark.header()).isEmpty()) {
                Optional<String> wrong = argument(headers, mark.header(), value);
                if (wrong.isPresent()) {
                    return wrong;
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<String> argument(Headers headers, String name, JsonNode value) {
        if (value.isMissingNode() || value.isNull()) {
            return Optional.of("`" + name + "` has no argument in the body");
        }
        if (!value.isNumber()) {
            String text = value.isBoolean() ? "" + value.booleanValue() : value.stringValue();
            return required(headers, name, text);
        }
        Optional<String> sent = headers.one(name).flatMap(HeaderRules::decoded);
        return sent.isPresent() && sameNumber(sent.get(), value)
                ? Optional.empty()
                : Optional.of("`" + name + "` differs from the body");
    }

    private static boolean sameNumber(String sent, JsonNode value) {
        if (sent.length() > 64 || sent.indexOf('e') >= 0 || sent.indexOf('E') >= 0) {
            return false;
        }
        try {
            return new BigDecimal(sent).compareTo(value.decimalValue()) == 0;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static Optional<String> required(Headers headers, String name, String expected) {
        List<String> values = headers.all(name);
        if (values.size() != 1) {
            return Optional.of(
                    "`" + name + (values.isEmpty() ? "` is missing" : "` occurs more than once"));
        }
        Optional<String> sent = decoded(values.getFirst().strip());
        if (sent.isEmpty()) {
            return Optional.of("`" + name + "` is malformed");
        }
        return sent.get().equals(expected)
                ? Optional.empty()
                : Optional.of("`" + name + "` differs from the body");
    }

    private static boolean isPlain(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c != '\t' && (c < 0x20 || c >= 0x7F)) {
                return false;
            }
        }
        return true;
    }

    /** The value behind the Base64 sentinel, or the value itself; nothing when malformed. */
    static Optional<String> decoded(String value) {
        if (!value.startsWith(OPEN) || !value.endsWith(CLOSE)) {
            return isPlain(value) ? Optional.of(value) : Optional.empty();
        }
        if (value.length() < OPEN.length() + CLOSE.length()) {
            return Optional.empty();
        }
        String middle = value.substring(OPEN.length(), value.length() - CLOSE.length());
        if (middle.length() % 4 != 0) {
            return Optional.empty(); // the JDK forgives missing padding, the wire does not
        }
        try {
            byte[] bytes = Base64.getDecoder().decode(middle);
            return Optional.of(
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
        } catch (IllegalArgumentException | CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
