package dev.wharfinger.mcp;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamFactory;
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
        CharBuffer text = decode(bytes, offset, length);
        try (JsonParser parser =
                FACTORY.createParser(
                        ObjectReadContext.empty(),
                        text.array(),
                        text.arrayOffset(),
                        text.remaining())) {
            return new StrictJson(parser, isPlain(bytes, offset, length)).document();
        } catch (StreamConstraintsException e) {
            throw new MalformedJson("the document is beyond a limit: " + limit(e));
        } catch (StreamReadException e) {
            long character = e.getLocation().getCharOffset() + 1;
            throw new MalformedJson("not JSON at character " + character);
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

    private static CharBuffer decode(byte[] bytes, int offset, int length) throws MalformedJson {
        char[] plain = new char[length];
        int all = 0;
        for (int i = 0; i < length; i++) {
            byte b = bytes[offset + i];
            all |= b;
            plain[i] = (char) b;
        }
        return all >= 0 ? CharBuffer.wrap(plain) : decodeUtf8(bytes, offset, length);
    }

    /** What is more than ASCII, which few documents are. */
    private static CharBuffer decodeUtf8(byte[] bytes, int offset, int length)
            throws MalformedJson {
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
        return text;
    }

    /** Whether there is nothing but ASCII, and no escape. */
    private static boolean isPlain(byte[] bytes, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            if (bytes[i] < 0 || bytes[i] == '\\') {
                return false;
            }
        }
        return true;
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
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = whole(parser.currentName());
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
