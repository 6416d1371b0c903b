package dev.wharfinger.product;

import dev.wharfinger.command.Services;
import dev.wharfinger.journal.JournalReader;

import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The machine after a story: the journal, the files, the service, and what lies about. */
final class Aftermath {
    private final VersionedShop shop;
    private final ShopProject project;

    Aftermath(VersionedShop shop) {
        this.shop = shop;
        this.project = shop.project();
    }

    /** The journal's entries; a log that does not verify is an error. */
    List<JsonNode> entries() throws IOException {
        var entries = new ArrayList<JsonNode>();
        var verified =
                JournalReader.open(project.state())
                        .walk(entry -> entries.add(StdioClient.JSON.readTree(entry.line())));
        if (!verified.isVerified()) {
            throw new IOException("the journal does not verify: " + verified);
        }
        return entries;
    }

    /** Every text file of the work tree. */
    Map<String, String> files() throws IOException {
        var files = new LinkedHashMap<String, String>();
        for (Path file : tree(project.root())) {
            String name = project.root().relativize(file).toString();
            if (!name.startsWith(".git/") && !name.endsWith(".class")) {
                files.put(name, Files.readString(file));
            }
        }
        return files;
    }

    private static List<Path> tree(Path root) throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        }
    }

    /** What is wrong on the machine where this version should run. */
    List<String> complaints(String version, List<JsonNode> entries) throws Exception {
        var wrong = new ArrayList<>(running(version, entries));
        wrong.addAll(halfMade(entries));
        return wrong;
    }

    /** What is wrong with the service and with the target. */
    List<String> running(String version, List<JsonNode> entries) throws Exception {
        var wrong = new ArrayList<String>();
        String page = page();
        if (!page.equals("Welcome " + version)) {
            wrong.add("the service says `" + page + "`, and " + version + " should run");
        }
        int listeners = new Services().listeners(project.port()).size();
        long living = living();
        if (listeners != 1 || living != 1) {
            wrong.add(living + " processes of the service live, " + listeners + " listen");
        }
        JsonNode last =
                entries.stream()
                        .filter(e -> e.path("type").asString().equals("deploy.finished"))
                        .reduce((_, later) -> later)
                        .orElseThrow();
        if (!last.path("runs").path("version").asString().equals(version)) {
            wrong.add("the journal says that this runs: " + last);
        }
        releases(wrong);
        return wrong;
    }

    /** What lies about in the project, the state and the target, and belongs to nothing. */
    List<String> halfMade(List<JsonNode> entries) throws IOException, GitAPIException {
        var wrong = new ArrayList<String>();
        leftovers(wrong);
        commits(wrong, entries);
        return wrong;
    }

    String page() throws IOException, InterruptedException {
        try (var http = HttpClient.newHttpClient()) {
            var at = URI.create("http://127.0.0.1:" + project.port() + "/");
            var body = HttpResponse.BodyHandlers.ofString();
            return http.send(HttpRequest.newBuilder(at).build(), body).body();
        }
    }

    /**
     * The processes that our deployments to staging left, by what they were told at their start.
     */
    private long living() {
        String told = "WHARF_TARGET=" + shop.staging() + "\0";
        return ProcessHandle.allProcesses()
                .filter(ProcessHandle::isAlive)
                .filter(process -> environment(process.pid()).contains(told))
                .count();
    }

    private static String environment(long pid) {
        try {
            return Files.readString(
                    Path.of("/proc/" + pid + "/environ"),
                    java.nio.charset.StandardCharsets.ISO_8859_1);
        } catch (IOException gone) {
            return "";
        }
    }

    private void releases(List<String> wrong) throws IOException {
        try (Stream<Path> releases = Files.list(shop.staging().resolve("releases"))) {
            List<String> names = releases.map(p -> p.getFileName().toString()).sorted().toList();
            if (names.size() > 6 || !names.stream().allMatch(n -> n.matches("[0-9a-f]{64}"))) {
                wrong.add("the releases are " + names);
            }
        }
    }

    /** Nothing half-made lies in the project, the state or the target. */
    private void leftovers(List<String> wrong) throws IOException {
        for (Path root : List.of(project.root(), project.state(), shop.staging())) {
            if (!Files.isDirectory(root)) {
                continue;
            }
            try (Stream<Path> all = Files.walk(root)) {
                all.filter(
                                path -> {
                                    String name = path.getFileName().toString();
                                    return name.endsWith(".tmp")
                                            || name.equals("index.lock")
                                            || name.endsWith(".partial");
                                })
                        .forEach(path -> wrong.add("left behind: " + path));
            }
        }
        Path checkouts = project.state().resolve("checkouts");
        if (Files.isDirectory(checkouts)) {
            try (Stream<Path> left = Files.list(checkouts)) {
                left.forEach(path -> wrong.add("left behind: " + path));
            }
        }
    }

    /** Each commit that the server made stands in the journal. */
    private void commits(List<String> wrong, List<JsonNode> entries)
            throws IOException, GitAPIException {
        List<String> made =
                entries.stream()
                        .filter(e -> e.path("type").asString().equals("commit.made"))
                        .map(e -> e.path("commit").asString())
                        .toList();
        try (Git git = Git.open(project.root().toFile())) {
            git.log()
                    .call()
                    .forEach(commit -> {
                        boolean ours = commit.getFullMessage().contains("Wharf-Entry: ");
                        if (ours && !made.contains(commit.getName())) {
                            wrong.add("commit " + commit.getName() + " is not in the journal");
                        }
                    });
        }
    }
}
