package dev.wharfinger.proof;

import dev.wharfinger.workspace.FileContent;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * The coordinates in a Maven project file: parent, dependencies, plugins, extensions. A version
 * that is a property of the same file is shown with its value; one from elsewhere as written.
 */
final class PomVersions {
    private static final Set<String> HOLDERS =
            Set.of("project", "parent", "dependency", "plugin", "extension");
    private static final Pattern PROPERTY = Pattern.compile("\\$\\{([^}]{1,200})\\}");
    private static final int DEPTH = 64;

    private final Deque<String> path = new ArrayDeque<>();
    private final Deque<Coordinates> open = new ArrayDeque<>();
    private final List<Coordinates> found = new ArrayList<>();
    private final Map<String, String> properties = new LinkedHashMap<>();

    private PomVersions() {}

    /** What one element says of itself. */
    private static final class Coordinates {
        private final String holder;
        private String group = "";
        private String artifact = "";
        private String version = "";
        private int line;

        Coordinates(String holder) {
            this.holder = holder;
        }
    }

    static List<FoundVersion> read(FileContent file) throws Unusable {
        PomVersions pom = new PomVersions();
        try {
            XMLStreamReader reader = XmlText.open(file.bytes());
            pom.read(reader);
            reader.close();
        } catch (XMLStreamException broken) {
            int line = broken.getLocation() == null ? 0 : broken.getLocation().getLineNumber();
            throw new Unusable("it is no well-formed XML", line);
        }
        return pom.versions(file);
    }

    private void read(XMLStreamReader reader) throws XMLStreamException, Unusable {
        StringBuilder text = new StringBuilder();
        while (reader.hasNext()) {
            int line = reader.getLocation().getLineNumber();
            switch (reader.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    text.setLength(0);
                    path.push(reader.getLocalName());
                    if (path.size() > DEPTH) {
                        throw new Unusable("it is nested deeper than " + DEPTH, line);
                    }
                    if (HOLDERS.contains(reader.getLocalName())) {
                        open.push(new Coordinates(reader.getLocalName()));
                    }
                }
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA ->
                        text.append(reader.getText());
                case XMLStreamConstants.END_ELEMENT -> {
                    end(reader.getLocalName(), text.toString().strip(), line);
                    text.setLength(0);
                }
                case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
                        throw new Unusable("it declares a document type or entities", line);
                default -> {
                    // Comments say nothing that Maven would read.
                }
            }
        }
    }

    private void end(String name, String text, int line) {
        path.pop();
        String above = path.isEmpty() ? "" : path.peek();
        if (HOLDERS.contains(name)) {
            found.add(open.pop());
        } else if (above.equals("properties")) {
            properties.put(name, text);
        } else if (!open.isEmpty() && open.peek().holder.equals(above)) {
            Coordinates coordinates = open.peek();
            switch (name) {
                case "groupId" -> coordinates.group = text;
                case "artifactId" -> coordinates.artifact = text;
                case "version" -> {
                    coordinates.version = text;
                    coordinates.line = line;
                }
                default -> {
                    // Scope, configuration and the like.
                }
            }
        }
    }

    private List<FoundVersion> versions(FileContent file) {
        List<FoundVersion> versions = new ArrayList<>();
        for (Coordinates each : found) {
            if (!each.version.isEmpty() && !each.artifact.isEmpty()) {
                String standard = each.holder.equals("plugin") ? "org.apache.maven.plugins" : "";
                String group = each.group.isEmpty() ? standard : resolved(each.group);
                String name = group + ":" + resolved(each.artifact);
                String version = resolved(each.version);
                versions.add(Lockfiles.found(file, "maven", name, version, each.line, false));
            }
        }
        return versions;
    }

    /** One step is enough: a property whose value is another property is shown as written. */
    private String resolved(String text) {
        Matcher matcher = PROPERTY.matcher(text);
        return matcher.replaceAll(match ->
                Matcher.quoteReplacement(properties.getOrDefault(match.group(1), match.group())));
    }
}
