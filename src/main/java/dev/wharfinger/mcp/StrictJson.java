package dev.wharfinger.mcp;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.JsonRecyclerPools;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Reads one JSON document (RFC 8259) from bytes and takes nothing that two readers could understand
 * differently: strict UTF-8 without a byte order mark, no duplicate keys, no lone surrogates, no
 * number beyond a double, nothing after the document. Limits: 8 MiB, depth 64, names of 256
 * characters, numbers of 64, strings of 4 Mi characters, 100,000 tokens. Whole numbers keep all
 * their digits, so that an id of 2^53+1 comes back as it was sent.
 */
public final class StrictJson {
    /** The longest document in bytes. */
    public static final int MAX_BYTES = 8 << 20;

    private static final int MAX_DEPTH = 64;

    private static final JsonFactory FACTORY =
            JsonFactory.builder()
                    .recyclerPool(JsonRecyclerPools.threadLocalPool()) // few threads read much
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(MAX_DEPTH)
                                    .maxNameLength(256)
                                    .maxNumberLength(64)
                                    .maxStringLength(4 << 20)
                                    .maxTokenCount(100_000)
                                    .maxDocumentLength(MAX_BYTES)
                                    .build())
                    .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                    .disable(TokenStreamFactory.Feature.INTERN_PROPERTY_NAMES)
                    // a table of names that all clients share is one that each can fill for others
                    .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
                    .build();

    private final JsonParser parser;
    private final boolean plain;

    /**
     * Reads from here; {@code plain} where no string can hold a surrogate, and none is looked for.
     */
    private StrictJson(JsonParser parser, boolean plain) {
        this.parser = parser;
        this.plain = plain;
    }

    /** The document in all of these bytes. */
    public static JsonNode read(byte[] bytes) throws MalformedJson {
        return read(bytes, 0, bytes.length);
    }

    /** The document in this slice, which it must fill but for blanks. */
    public static JsonNode read(byte[] bytes, int offset, int length) throws MalformedJson {
        if (length > MAX_BYTES) {
            throw new MalformedJson("the document is longer than 8 MiB");
        }
        boolean ascii = isAscii(bytes, offset, length);
        boolean plain = ascii && !hasEscape(bytes, offset, length);
        try (JsonParser parser =
                ascii ? ofAscii(bytes, offset, length) : ofText(bytes, offset, length)) {
            return new StrictJson(parser, plain).document();
        } catch (StreamConstraintsException e) {
            throw new MalformedJson("the document is beyond a limit: " + limit(e));
        } catch (StreamReadException e) {
            TokenStreamLocation at = e.getLocation(); // one of both is unknown, and -1
            throw new MalformedJson(
                    "not JSON at character "
                            + (Math.max(at.getByteOffset(), at.getCharOffset()) + 1));
        } catch (JacksonException e) {
            throw new MalformedJson("not JSON");
        }
    }

    /** The library's sentence up to where it names its own settings. */
    private static String limit(StreamConstraintsException e) {
        String message = e.getOriginalMessage();
        int end = message.indexOf(", from `");
        return end < 0 ? "too large" : message.substring(0, end) + ")";
    }

    /** Whether all of it is ASCII, and none a NUL: then every reader takes it for the same text. */
    private static boolean isAscii(byte[] bytes, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            if (bytes[i] <= 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean hasEscape(byte[] bytes, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            if (bytes[i] == '\\') {
                return true;
            }
        }
        return false;
    }

    /** Most documents: read as they came. */
    private static JsonParser ofAscii(byte[] bytes, int offset, int length) {
        return FACTORY.createParser(ObjectReadContext.empty(), bytes, offset, length);
    }

    /** Any other, decoded by the JDK, which is stricter than the library with UTF-8. */
    private static JsonParser ofText(byte[] bytes, int offset, int length) throws MalformedJson {
        CharBuffer text;
        try {
            text =
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .onMalformedInput(CodingErrorAction.REPORT)
                            .onUnmappableCharacter(CodingErrorAction.REPORT)
                            .decode(ByteBuffer.wrap(bytes, offset, length));
        } catch (CharacterCodingException e) {
            throw new MalformedJson("not UTF-8");
        }
        if (text.hasRemaining() && text.get(text.position()) == '\uFEFF') {
            throw new MalformedJson("starts with a byte order mark");
        }
        return FACTORY.createParser(
                ObjectReadContext.empty(), text.array(), text.arrayOffset(), text.remaining());
    }

    private JsonNode document() throws MalformedJson {
        if (parser.nextToken() == null) {
            throw new MalformedJson("the document is empty");
        }
        JsonNode document = value();
        if (parser.nextToken() != null) {
            throw new MalformedJson("something follows the document");
        }
        return document;
    }

    private JsonNode value() throws MalformedJson {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        return switch (parser.currentToken()) {
            case START_OBJECT -> object();
            case START_ARRAY -> array();
            case VALUE_STRING -> nodes.stringNode(whole(parser.getString()));
            case VALUE_NUMBER_INT -> integer();
            case VALUE_NUMBER_FLOAT -> fraction();
            case VALUE_TRUE -> nodes.booleanNode(true);
            case VALUE_FALSE -> nodes.booleanNode(false);
            case VALUE_NULL -> nodes.nullNode();
            default -> throw new MalformedJson("not JSON");
        };
    }

    private ObjectNode object() throws MalformedJson {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            String key = whole(name);
            parser.nextToken();
            if (object.replace(key, value()) != null) { // the library's own look costs a set each
                throw new MalformedJson("a key occurs twice in one object");
            }
        }
        return object;
    }

    private ArrayNode array() throws MalformedJson {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            array.add(value());
        }
        return array;
    }

    private JsonNode integer() {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        return switch (parser.getNumberType()) {
            case INT -> nodes.numberNode(parser.getIntValue());
            case LONG -> nodes.numberNode(parser.getLongValue());
            default -> nodes.numberNode(new BigInteger(parser.getString()));
        };
    }

    private JsonNode fraction() throws MalformedJson {
        double number = parser.getDoubleValue();
        if (Double.isInfinite(number)) {
            throw new MalformedJson("a number is too large");
        }
        return JsonNodeFactory.instance.numberNode(number);
    }

    /** Jackson lets an escaped half of a surrogate pair pass; no UTF-8 could carry it back. */
    private String whole(String text) throws MalformedJson {
        for (int i = 0; !plain && i < text.length(); i++) {
            char c = text.charAt(i);
            if (!Character.isSurrogate(c)) {
                continue;
            }
            if (Character.isLowSurrogate(c)
                    || ++i == text.length()
                    || !Character.isLowSurrogate(text.charAt(i))) {
                throw new MalformedJson("a string holds half of a surrogate pair");
            }
        }
        return text;
    }
}
