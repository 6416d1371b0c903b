package dev.wharfinger.proof;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SequencedMap;

/**
 * One value of a report or lockfile in JSON (RFC 8259), with the line it begins in. Read strictly:
 * UTF-8 without a byte order mark, no duplicate keys, no lone surrogates, nothing after the value;
 * at most 16 MiB, 2 million tokens and 64 levels.
 *
 * @param text a string's characters or a number's digits
 */
record Json(
        Kind kind, int line, String text, SequencedMap<String, Json> members, List<Json> items) {
    static final int LIMIT_BYTES = 16 * 1024 * 1024;

    enum Kind {
        OBJECT,
        ARRAY,
        STRING,
        NUMBER,
        TRUE,
        FALSE,
        NULL
    }

    private static final JsonFactory FACTORY =
            JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(64)
                                    .maxNameLength(4096)
                                    .maxNumberLength(64)
                                    .maxStringLength(4 << 20)
                                    .maxTokenCount(2_000_000)
                                    .maxDocumentLength(LIMIT_BYTES)
                                    .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                    .disable(TokenStreamFactory.Feature.INTERN_PROPERTY_NAMES)
                    .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
                    .build();

    private static final SequencedMap<String, Json> NO_MEMBERS = new LinkedHashMap<>();

    /** The one value in these bytes. */
    static Json read(byte[] bytes) throws Unusable {
        if (bytes.length > LIMIT_BYTES) {
            throw new Unusable("it is longer than " + LIMIT_BYTES + " bytes");
        }
        CharBuffer text = decode(bytes);
        try (JsonParser parser =
                FACTORY.createParser(
                        ObjectReadContext.empty(),
                        text.array(),
                        text.arrayOffset(),
                        text.remaining())) {
            if (parser.nextToken() == null) {
                throw new Unusable("it is empty");
            }
            Json value = value(parser);
            if (parser.nextToken() != null) {
                throw new Unusable("something follows its JSON value", line(parser));
            }
            return value;
        } catch (JacksonException broken) {
            int line = broken.getLocation() == null ? 0 : broken.getLocation().getLineNr();
            throw new Unusable("it is no strict JSON (line " + line + ")", line);
        }
    }

    boolean is(Kind other) {
        return kind == other;
    }

    /** The member of that name; a member that is null counts as absent. */
    Optional<Json> get(String name) {
        return Optional.ofNullable(members.get(name)).filter(value -> !value.is(Kind.NULL));
    }

    /** The member of that name if it is of that kind. */
    Optional<Json> get(String name, Kind wanted) {
        return get(name).filter(value -> value.is(wanted));
    }

    /** The string member of that name. */
    Optional<String> string(String name) {
        return get(name, Kind.STRING).map(Json::text);
    }

    /** The whole number from 0 to 999,999,999 under that name, or -1. */
    int index(String name) {
        return get(name, Kind.NUMBER)
                .filter(value -> value.text().matches("[0-9]{1,9}"))
                .map(value -> Integer.parseInt(value.text()))
                .orElse(-1);
    }

    /** The elements of the list under that name; none where there is no list. */
    List<Json> list(String name) {
        return get(name, Kind.ARRAY).map(Json::items).orElse(List.of());
    }

    /** The number that this is or that its string spells. */
    OptionalDouble number() {
        boolean spelled = text.matches("[0-9]{1,6}(\\.[0-9]{1,10})?");
        return spelled && (is(Kind.NUMBER) || is(Kind.STRING))
                ? OptionalDouble.of(Double.parseDouble(text))
                : OptionalDouble.empty();
    }

    private static CharBuffer decode(byte[] bytes) throws Unusable {
        CharBuffer text;
        try {
            text =
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .onMalformedInput(CodingErrorAction.REPORT)
                            .onUnmappableCharacter(CodingErrorAction.REPORT)
                            .decode(ByteBuffer.wrap(bytes));
        } catch (CharacterCodingException broken) {
            throw new Unusable("it is not UTF-8");
        }
        if (text.hasRemaining() && text.get(text.position()) == '\ufeff') {
            throw new Unusable("it begins with a byte order mark", 1);
        }
        return text;
    }

    private static Json value(JsonParser parser) throws Unusable {
        int line = line(parser);
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser, line);
            case START_ARRAY -> array(parser, line);
            case VALUE_STRING -> leaf(Kind.STRING, line, whole(parser));
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
                    leaf(Kind.NUMBER, line, parser.getString());
            case VALUE_TRUE -> leaf(Kind.TRUE, line, "true");
            case VALUE_FALSE -> leaf(Kind.FALSE, line, "false");
            case VALUE_NULL -> leaf(Kind.NULL, line, "null");
            default -> throw new Unusable("it is no strict JSON", line);
        };
    }

    private static Json object(JsonParser parser, int line) throws Unusable {
        SequencedMap<String, Json> members = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            members.put(name, value(parser));
        }
        return new Json(Kind.OBJECT, line, "", members, List.of());
    }

    private static Json array(JsonParser parser, int line) throws Unusable {
        List<Json> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(value(parser));
        }
        return new Json(Kind.ARRAY, line, "", NO_MEMBERS, items);
    }

    private static Json leaf(Kind kind, int line, String text) {
        return new Json(kind, line, text, NO_MEMBERS, List.of());
    }

    private static int line(JsonParser parser) {
        return parser.currentTokenLocation().getLineNr();
    }

    /** Jackson lets an escaped half of a surrogate pair pass. */
    private static String whole(JsonParser parser) throws Unusable {
        String text = parser.getString();
        boolean broken =
                text.codePoints()
                        .anyMatch(point ->
                                point >= Character.MIN_SURROGATE
                                        && point <= Character.MAX_SURROGATE);
        if (broken) {
            throw new Unusable("a string holds half of a surrogate pair", line(parser));
        }
        return text;
    }
}
