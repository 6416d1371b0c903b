package dev.wharfinger.proof;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Package URLs (ECMA-427) of the five ecosystems whose lockfiles are read. */
final class PackageUrl {
    private PackageUrl() {}

    static String of(String ecosystem, String name, String version) {
        String path =
                switch (ecosystem) {
                    case "maven" -> name.replace(':', '/');
                    case "pypi" -> pypi(name);
                    case "golang" -> name.toLowerCase(Locale.ROOT);
                    default -> name;
                };
        String encoded =
                Arrays.stream(path.split("/", -1))
                        .map(PackageUrl::encode)
                        .collect(Collectors.joining("/"));
        return "pkg:"
                + ecosystem
                + "/"
                + encoded
                + (version.isEmpty() ? "" : "@" + encode(version));
    }

    /** A Python project's name is compared without case, and with one kind of separator. */
    static String pypi(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[-_.]+", "-");
    }

    private static String encode(String part) {
        return URLEncoder.encode(part, UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%3A", ":")
                .replace("%7E", "~");
    }
}
