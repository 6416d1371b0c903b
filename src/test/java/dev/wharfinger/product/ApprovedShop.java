package dev.wharfinger.product;

import dev.wharfinger.approval.ApprovalText;
import dev.wharfinger.approval.SoftKey;
import dev.wharfinger.server.KeeperLink;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

/** The shop with a production that people decide about, and people with keys. */
final class ApprovedShop implements AutoCloseable {
    private static final String PRODUCTION =
            """
              production:
                after: staging
                approvals: %s
                target:
                  local:
                    dir: %s/production
                    start: ["%s", -XX:-UsePerfData, Shop.java, "%d"]
                    health: http://127.0.0.1:%d/healthz
                smoke:
                  - http: { url: "http://127.0.0.1:%d/", status: 200, within: 5s }
            """;

    private final ShopProject project;
    private final int port;
    private final SoftKey anna = SoftKey.of(SoftKey.Type.SK_ED25519);

    private ApprovedShop(ShopProject project, int port) {
        this.project = project;
        this.port = port;
    }

    /** The shop with these settings for production's approvals; Anna's key is accepted. */
    static ApprovedShop in(Path folder, String approvals, String... signers)
            throws IOException, InterruptedException {
        return made(folder, approvals, "", signers);
    }

    /** The shop of a server that people reach under this address; one touched yes is needed. */
    static ApprovedShop at(Path folder, String url, String... signers)
            throws IOException, InterruptedException {
        return serving(folder, "url: \"" + url + "\"", signers);
    }

    /** The shop of a server with these settings; one touched yes is needed. */
    static ApprovedShop serving(Path folder, String settings, String... signers)
            throws IOException, InterruptedException {
        String server = "server: { " + settings + " }\n";
        return made(folder, "{ count: 1, presence: required }", server, signers);
    }

    private static ApprovedShop made(Path folder, String approvals, String more, String... signers)
            throws IOException, InterruptedException {
        ShopProject project = ShopProject.in(folder);
        int port;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        String yaml = project.read("wharf.yaml");
        int at = yaml.indexOf("  production:");
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        project.write(
                "wharf.yaml",
                yaml.substring(0, at)
                        + PRODUCTION.formatted(
                                approvals, folder.toRealPath(), java, port, port, port)
                        + more);
        project.commit("v1.0.1");
        var shop = new ApprovedShop(project, port);
        shop.signers(Stream.concat(Stream.of(shop.anna.line("anna")), Stream.of(signers)).toList());
        int trusted = shop.wharf("trust");
        if (trusted != 0) {
            throw new IOException("the rules were not accepted: " + trusted);
        }
        return shop;
    }

    ShopProject project() {
        return project;
    }

    SoftKey anna() {
        return anna;
    }

    int productionPort() {
        return port;
    }

    /** Writes the approvers file, as whoever can write it does. */
    void signers(List<String> lines) throws IOException {
        Files.createDirectories(project.state());
        Files.writeString(project.state().resolve("approvers"), String.join("\n", lines) + "\n");
    }

    /** Runs a command of this project to its end. */
    int wharf(String command, String... more) throws IOException, InterruptedException {
        var words = new ArrayList<>(List.of(command));
        words.addAll(List.of(more));
        words.addAll(
                List.of(
                        "--root",
                        project.root().toString(),
                        "--state",
                        project.state().toString()));
        return StdioClient.run(words.toArray(String[]::new));
    }

    /** Proves both gates by their own personas. */
    void prove() throws IOException {
        for (String persona : List.of("test", "security")) {
            try (var client = StdioClient.start(project, "--persona", persona)) {
                client.follow("Please " + persona + " 1.0.1");
            }
        }
    }

    /** Ships to staging in this client's shift, and gives back the id of production's plan. */
    String plan(StdioClient deploy) throws IOException {
        stage(deploy);
        JsonNode production =
                deploy.call("plan_deploy", "environment", "production", "version", "1.0.1");
        String plan = production.path("structuredContent").path("plan").asString();
        if (plan.isEmpty()) {
            throw new IOException("no plan: " + production);
        }
        return plan;
    }

    /** Ships to staging in this client's shift. */
    void stage(StdioClient deploy) throws IOException {
        deploy.call("begin_shift", "request", "Ship 1.0.1", "environment", "production");
        deploy.call("read_plan");
        deploy.call("view_file", "path", "skills/deploy-toolkit/SKILL.md");
        deploy.call("view_file", "path", "HANDOFF_NOTES.md");
        JsonNode staging = deploy.call("plan_deploy", "environment", "staging", "version", "1.0.1");
        deploy.call("deploy", "plan", staging.path("structuredContent").path("plan").asString());
    }

    /** Anna says yes to this plan or question. */
    void approve(String id) throws IOException {
        String text = text(id, "approve", "anna").text();
        String no = deliver(text, anna.sign(text));
        if (!no.isEmpty()) {
            throw new IOException("not taken: " + no);
        }
    }

    /** What the keeper answers to a command of people. */
    JsonNode ask(String command, String... arguments) throws IOException {
        return StdioClient.JSON.readTree(
                KeeperLink.command(
                        project.state().resolve("wharf.sock"), command, List.of(arguments)));
    }

    /** The text that this person would sign. */
    ApprovalText text(String id, String choice, String name) throws IOException {
        JsonNode answer = ask("to-sign", id, choice, name);
        return ApprovalText.parse(answer.path("data").path("sign").asString())
                .fold(
                        text -> text,
                        no -> {
                            throw new IllegalStateException(answer.toString());
                        });
    }

    /** Delivers a signed text, and gives back the rule that refused it; nothing where it counts. */
    String deliver(String text, String signature) throws IOException {
        JsonNode answer = ask("decide", encoded(text), encoded(signature), encoded(""));
        return answer.path("data").path("rules").path(0).asString("");
    }

    private static String encoded(String text) {
        return Base64.getUrlEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        project.stop();
        new dev.wharfinger.command.Services()
                .listeners(port)
                .forEach(listener ->
                        ProcessHandle.of(listener.pid()).ifPresent(ProcessHandle::destroyForcibly));
    }
}
