package dev.wharfinger.mcp;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.wharfinger.call.Kept;

import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.SerializableString;
import tools.jackson.core.io.SerializedString;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.JsonRecyclerPools;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.POJONode;

import java.io.ByteArrayOutputStream;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * A JSON tree as UTF-8 bytes on one line: no line feed inside, keys in the tree's order. Written
 * without a mapper, whose start alone costs more than a first call may take.
 */
public final class JsonBytes {
    private static final JsonFactory FACTORY =
            JsonFactory.builder().recyclerPool(JsonRecyclerPools.threadLocalPool()).build();

    /** The names of our own schemas, and so many beside them. */
    private static final int MOST_NAMES = 1000;

    private static final Map<String, SerializableString> NAMES = new ConcurrentHashMap<>();

    /** ASCII without escapes; nor {@code ?}, to which half a surrogate pair is encoded. */
    private static final boolean[] BARE = new boolean[128];

    static {
        for (char c = ' '; c < BARE.length; c++) {
            BARE[c] = c != '"' && c != '\\' && c != '?';
        }
    }

    private JsonBytes() {}

    /** The tree's bytes, without a line end. Half surrogate pairs become U+FFFD. */
    public static byte[] of(JsonNode node) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        try (JsonGenerator to = FACTORY.createGenerator(ObjectWriteContext.empty(), bytes)) {
            write(node, to);
        }
        return bytes.toByteArray();
    }

    /**
     * This result, or in its place what it was encoded to when it was given before: a leaf that
     * {@link #of} writes as it is.
     */
    static JsonNode kept(Kept kept, String shape, Supplier<ObjectNode> result) {
        return kept.keeps()
                ? JsonNodeFactory.instance.pojoNode(
                        kept.in(shape, () -> new String(of(result.get()), UTF_8)))
                : result.get();
    }

    private static void write(JsonNode node, JsonGenerator to) {
        switch (node.getNodeType()) {
            case OBJECT -> writeObject((ObjectNode) node, to);
            case ARRAY -> writeArray((ArrayNode) node, to);
            case STRING -> writeString(node.stringValue(), to);
            case BOOLEAN -> to.writeBoolean(node.booleanValue());
            case NUMBER -> writeNumber(node, to);
            case NULL, MISSING -> to.writeNull();
            case POJO -> to.writeRawValue((SerializableString) ((POJONode) node).getPojo());
            case BINARY -> throw new IllegalArgumentException("not plain JSON: binary");
        }
    }

    private static void writeObject(ObjectNode object, JsonGenerator to) {
        to.writeStartObject();
        for (Map.Entry<String, JsonNode> property : object.properties()) {
            writeName(property.getKey(), to);
            write(property.getValue(), to);
        }
        to.writeEndObject();
    }

    private static void writeName(String name, JsonGenerator to) {
        SerializableString known = NAMES.get(name);
        if (known != null) {
            to.writeName(known);
        } else if (NAMES.size() < MOST_NAMES) {
            known = new SerializedString(whole(name));
            NAMES.put(name, known);
            to.writeName(known);
        } else {
            to.writeName(whole(name));
        }
    }

    /** Most text needs no escape, and is copied instead of being looked at sign by sign. */
    private static void writeString(String text, JsonGenerator to) {
        byte[] utf8 = text.getBytes(UTF_8);
        if (utf8.length == text.length() && isBare(utf8)) {
            to.writeRawUTF8String(utf8, 0, utf8.length);
        } else {
            to.writeString(whole(text));
        }
    }

    private static boolean isBare(byte[] utf8) {
        for (byte one : utf8) {
            if (one < 0 || !BARE[one]) {
                return false;
            }
        }
        return true;
    }

    private static void writeArray(ArrayNode array, JsonGenerator to) {
        to.writeStartArray();
        for (JsonNode element : array) {
            write(element, to);
        }
        to.writeEndArray();
    }

    private static void writeNumber(JsonNode node, JsonGenerator to) {
        switch (node.numberType()) {
            case INT -> to.writeNumber(node.intValue());
            case LONG -> to.writeNumber(node.longValue());
            case BIG_INTEGER -> to.writeNumber(node.bigIntegerValue());
            case FLOAT -> to.writeNumber(node.floatValue());
            case DOUBLE -> to.writeNumber(node.doubleValue());
            case BIG_DECIMAL -> to.writeNumber(node.decimalValue());
        }
    }

    private static String whole(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                return mended(text);
            }
        }
        return text;
    }

    private static String mended(String text) {
        StringBuilder out = new StringBuilder(text.length());
        text.codePoints()
                .map(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? 0xFFFD : c)
                .forEach(out::appendCodePoint);
        return out.toString();
    }
}
