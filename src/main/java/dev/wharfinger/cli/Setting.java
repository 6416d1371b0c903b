package dev.wharfinger.cli;

import dev.wharfinger.markdown.YamlNode;
import dev.wharfinger.markdown.YamlNode.Entry;
import dev.wharfinger.markdown.YamlNode.Mapping;
import dev.wharfinger.markdown.YamlNode.Scalar;
import dev.wharfinger.markdown.YamlNode.ScalarKind;
import dev.wharfinger.markdown.YamlNode.Sequence;
import dev.wharfinger.rule.Source;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One value of {@code wharf.yaml} with its key and line. Each method reads it as one type, or says
 * with file, line and key what is wrong. {@code ${NAME}} in a text is the environment's value.
 */
final class Setting {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^}]*)}");
    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");

    private final String file;
    private final Map<String, String> environment;
    private final String key;
    private final int line;
    private final YamlNode node;

    Setting(String file, Map<String, String> environment, String key, int line, YamlNode node) {
        this.file = file;
        this.environment = environment;
        this.key = key;
        this.line = line;
        this.node = node;
    }

    /** A mapping whose keys are known; any other key is refused with the nearest one. */
    SequencedMap<String, Setting> keys(String... known) throws ConfigError {
        SequencedMap<String, Setting> entries = named();
        List<String> names = List.of(known);
        for (var entry : entries.entrySet()) {
            if (!names.contains(entry.getKey())) {
                throw entry.getValue().error(unknown("unknown key", entry.getKey(), names));
            }
        }
        return entries;
    }

    /** A mapping whose keys are names that the user chooses. An empty value is an empty mapping. */
    SequencedMap<String, Setting> named() throws ConfigError {
        var settings = new LinkedHashMap<String, Setting>();
        if (node instanceof Mapping mapping) {
            for (Entry entry : mapping.entries().values()) {
                settings.put(entry.key(), below(entry.key(), entry.line(), entry.value()));
            }
        } else if (!(node instanceof Scalar scalar && scalar.kind() == ScalarKind.NULL)) {
            throw error("expected keys with values, found " + node.kindText());
        }
        return settings;
    }

    /** The value of a key that must be there. */
    Setting needed(String name) throws ConfigError {
        Setting setting = named().get(name);
        if (setting == null) {
            throw error("names no `" + name + "`");
        }
        return setting;
    }

    List<Setting> items() throws ConfigError {
        if (!(node instanceof Sequence sequence)) {
            throw error("expected a list, found " + node.kindText());
        }
        var settings = new ArrayList<Setting>();
        for (YamlNode item : sequence.items()) {
            settings.add(
                    new Setting(
                            file,
                            environment,
                            key + "[" + settings.size() + "]",
                            item.line(),
                            item));
        }
        return settings;
    }

    boolean isListOfLists() {
        return node instanceof Sequence sequence
                && !sequence.items().isEmpty()
                && sequence.items().stream().allMatch(Sequence.class::isInstance);
    }

    List<String> texts() throws ConfigError {
        var texts = new ArrayList<String>();
        for (Setting item : items()) {
            texts.add(item.text());
        }
        return texts;
    }

    /** An argument list: a program and its arguments, which no shell reads. */
    List<String> argumentList() throws ConfigError {
        if (node instanceof Scalar scalar && scalar.kind() == ScalarKind.STRING) {
            throw error(
                    "a command is a list of arguments, no shell reads it: ["
                            + Arrays.stream(scalar.text().strip().split("\\s+"))
                                    .collect(Collectors.joining(", "))
                            + "]");
        }
        List<String> arguments = texts();
        if (arguments.isEmpty() || arguments.getFirst().isBlank()) {
            throw error("a command names a program");
        }
        return arguments;
    }

    String text() throws ConfigError {
        Scalar scalar = scalar("text");
        if (scalar.kind() != ScalarKind.STRING) {
            boolean empty = scalar.kind() == ScalarKind.NULL;
            String quoted = empty ? "" : "; in quotes it is text: \"" + scalar.text() + "\"";
            throw error("expected text, found " + node.kindText() + quoted);
        }
        return substituted(scalar.text());
    }

    boolean flag() throws ConfigError {
        Scalar scalar = scalar("true or false");
        if (scalar.kind() != ScalarKind.BOOLEAN) {
            throw error("expected true or false, found `" + scalar.text() + "`");
        }
        return scalar.text().equalsIgnoreCase("true");
    }

    int wholeNumber(int least, int most) throws ConfigError {
        Scalar scalar = scalar("a whole number");
        String wanted = "expected a whole number from " + least + " to " + most;
        try {
            int number = Integer.parseInt(scalar.text());
            if (scalar.kind() == ScalarKind.INTEGER && number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            throw error(wanted + ", found `" + scalar.text() + "`");
        }
        throw error(wanted + ", found `" + scalar.text() + "`");
    }

    /** {@code 500ms}, {@code 10s}, {@code 5m}, {@code 2h}, {@code 7d}. */
    Duration duration() throws ConfigError {
        String text = scalar("a duration").text();
        Matcher parts = DURATION.matcher(text);
        if (!parts.matches()) {
            throw error("expected a duration such as 500ms, 10s, 5m or 2h, found `" + text + "`");
        }
        long amount = Long.parseLong(parts.group(1));
        return switch (parts.group(2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            default -> Duration.ofDays(amount);
        };
    }

    /** One of an enum's words, written in lower case. */
    <E extends Enum<E>> E word(Class<E> type) throws ConfigError {
        String text = text();
        var words = new LinkedHashMap<String, E>();
        for (E constant : type.getEnumConstants()) {
            words.put(constant.name().toLowerCase(Locale.ROOT), constant);
        }
        E found = words.get(text);
        if (found == null) {
            throw error(unknown("unknown value", text, List.copyOf(words.keySet())));
        }
        return found;
    }

    URI url() throws ConfigError {
        return parsed(URI::create);
    }

    /** A text that a type of its own reads; what it throws is said with our line. */
    <T> T parsed(Function<String, T> reader) throws ConfigError {
        String text = text();
        return checked(() -> reader.apply(text));
    }

    /** A value made of settings; what its constructor refuses is said with our line. */
    <T> T checked(Supplier<T> made) throws ConfigError {
        try {
            return made.get();
        } catch (IllegalArgumentException refused) {
            throw error(Optional.ofNullable(refused.getMessage()).orElse("is not allowed"));
        }
    }

    ConfigError error(String problem) {
        return new ConfigError(new Source(file, line), key, problem);
    }

    static String unknown(String what, String word, List<String> known) {
        return what
                + " `"
                + word
                + "`; "
                + Nearest.to(word, known)
                        .map(near -> "did you mean `" + near + "`?")
                        .orElse("known here: " + String.join(", ", known));
    }

    private Setting below(String name, int nameLine, YamlNode value) {
        String whole = key.isEmpty() ? name : key + "." + name;
        return new Setting(file, environment, whole, nameLine, value);
    }

    private Scalar scalar(String wanted) throws ConfigError {
        if (node instanceof Scalar scalar) {
            return scalar;
        }
        throw error("expected " + wanted + ", found " + node.kindText());
    }

    private String substituted(String text) throws ConfigError {
        var found = VARIABLE.matcher(text);
        var whole = new StringBuilder();
        while (found.find()) {
            String value = environment.get(found.group(1));
            if (value == null) {
                throw error(
                        "the environment variable `"
                                + found.group(1)
                                + "` is not set; set it where wharf starts");
            }
            found.appendReplacement(whole, Matcher.quoteReplacement(value));
        }
        return found.appendTail(whole).toString();
    }
}
