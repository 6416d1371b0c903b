package dev.wharfinger.markdown;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/** One value of a YAML text with the place where it begins. Lines and columns count from 1. */
public sealed interface YamlNode {
    int line();

    int column();

    /** Keys in the order of the file; no key twice. */
    record Mapping(int line, int column, SequencedMap<String, Entry> entries) implements YamlNode {
        public Mapping {
            entries = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(entries));
        }

        public Optional<YamlNode> get(String key) {
            return Optional.ofNullable(entries.get(key)).map(Entry::value);
        }

        @Override
        public Object plain() {
            var map = new LinkedHashMap<String, Object>();
            entries.forEach((key, entry) -> map.put(key, entry.value().plain()));
            return map;
        }
    }

    record Sequence(int line, int column, List<YamlNode> items) implements YamlNode {
        public Sequence {
            items = List.copyOf(items);
        }

        @Override
        public Object plain() {
            var list = new ArrayList<Object>();
            items.forEach(item -> list.add(item.plain()));
            return list;
        }
    }

    /** The text as written (quotes and escapes resolved) and what YAML 1.2 takes it for. */
    record Scalar(int line, int column, String text, ScalarKind kind) implements YamlNode {
        @Override
        public Object plain() {
            return switch (kind) {
                case STRING -> text;
                case NULL -> "";
                case BOOLEAN -> text.equalsIgnoreCase("true");
                case INTEGER -> Yaml.whole(text).<Object>map(number -> number).orElse(text);
                case FLOAT -> Yaml.decimal(text).<Object>map(number -> number).orElse(text);
            };
        }
    }

    /** A key of a mapping, where it stands, and its value. */
    record Entry(int line, int column, String key, YamlNode value) {}

    /** The core schema of YAML 1.2: {@code yes} and {@code 12:30} are text. */
    enum ScalarKind {
        STRING,
        INTEGER,
        FLOAT,
        BOOLEAN,
        NULL
    }

    /**
     * The same value without marks: text, {@code Long}, {@code Double}, {@code Boolean}, list or
     * map. An empty value is empty text; a number too large for its type stays text.
     */
    Object plain();

    /** What is at hand, in words, for messages: {@code a list}, {@code a number}. */
    default String kindText() {
        return switch (this) {
            case Mapping _ -> "a mapping";
            case Sequence _ -> "a list";
            case Scalar scalar ->
                    switch (scalar.kind()) {
                        case STRING -> "text";
                        case INTEGER -> "a whole number";
                        case FLOAT -> "a number";
                        case BOOLEAN -> "true or false";
                        case NULL -> "nothing";
                    };
        };
    }
}
