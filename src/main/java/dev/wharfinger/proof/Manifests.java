package dev.wharfinger.proof;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * The version that a project's own manifest gives to the project, as opposed to the versions of
 * what it depends on. A manifest that cannot be read names none.
 */
public final class Manifests {
    /** The manifests that are asked, in this order. */
    public static final List<String> FILES =
            List.of("package.json", "pom.xml", "Cargo.toml", "pyproject.toml");

    private Manifests() {}

    /** The project's version in this manifest; empty where it names none that is fixed. */
    public static Optional<String> version(String file, byte[] bytes) {
        return (switch (file) {
                    case "package.json" -> npm(bytes);
                    case "pom.xml" -> maven(bytes);
                    case "Cargo.toml" -> toml(bytes, "[package]");
                    case "pyproject.toml" -> toml(bytes, "[project]");
                    default -> Optional.<String>empty();
                })
                .filter(version -> version.matches("[0-9A-Za-z][0-9A-Za-z.+_-]{0,99}"));
    }

    private static Optional<String> npm(byte[] bytes) {
        try {
            JsonNode version = new JsonMapper().readTree(bytes).path("version");
            return version.isString() ? Optional.of(version.asString()) : Optional.empty();
        } catch (JacksonException e) {
            return Optional.empty(); // no manifest that names a version
        }
    }

    private static Optional<String> maven(byte[] bytes) {
        XMLInputFactory factory = XMLInputFactory.newFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        try {
            XMLStreamReader xml = factory.createXMLStreamReader(new ByteArrayInputStream(bytes));
            int depth = 0;
            while (xml.hasNext()) {
                int event = xml.next();
                if (event == XMLStreamReader.START_ELEMENT) {
                    depth++;
                    if (depth == 2 && xml.getLocalName().equals("version")) {
                        return Optional.of(xml.getElementText().strip());
                    }
                } else if (event == XMLStreamReader.END_ELEMENT) {
                    depth--;
                }
            }
            return Optional.empty();
        } catch (XMLStreamException e) {
            return Optional.empty(); // no manifest that names a version
        }
    }

    private static Optional<String> toml(byte[] bytes, String table) {
        boolean inside = false;
        for (String line : new String(bytes, StandardCharsets.UTF_8).lines().toList()) {
            String text = line.strip();
            if (text.startsWith("[")) {
                inside = text.equals(table);
            } else if (inside && text.matches("version\\s*=\\s*\"[^\"]*\".*")) {
                int first = text.indexOf('"');
                return Optional.of(text.substring(first + 1, text.indexOf('"', first + 1)));
            }
        }
        return Optional.empty();
    }
}
