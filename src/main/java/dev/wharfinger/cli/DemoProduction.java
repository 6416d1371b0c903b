package dev.wharfinger.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.wharfinger.approval.ApproverName;
import dev.wharfinger.approval.SshPrivateKey;
import dev.wharfinger.console.DecisionAnswers;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;

/**
 * The demonstration's second half: production waits for a person, forged approvals do not count,
 * the person's does, and the person takes it back. The person's key is made for the demonstration.
 */
final class DemoProduction {
    private static final SshPrivateKey STRANGER = SshPrivateKey.generate();
    private final DemoProject project;
    private final DemoStage stage;
    private final Demo demo;

    DemoProduction(DemoProject project, DemoStage stage, Demo demo) {
        this.project = project;
        this.stage = stage;
        this.demo = demo;
    }

    /** Anna may decide: her key stands among the approvers before the rules are accepted. */
    static void enrol(DemoProject project) throws IOException {
        Files.createDirectories(project.state());
        String line = project.key().publicKey().signerLine(new ApproverName("anna"));
        Files.writeString(project.state().resolve("approvers"), line + "\n", UTF_8);
    }

    /** Ships what runs in staging to production. */
    void play() throws IOException, InterruptedException {
        stage.heading("/deploy ships 1.0.0 to production: the same bytes, and a person's word");
        try (DemoClient agent = DemoClient.start(project, "deploy")) {
            demo.granted(
                    agent,
                    "begin_shift",
                    Demo.arguments(
                            "request",
                            "Ship 1.0.0 to production",
                            "environment",
                            "production",
                            "version",
                            "1.0.0"));
            demo.granted(agent, "read_plan", Demo.arguments());
            demo.granted(
                    agent, "view_file", Demo.arguments("path", "skills/deploy-toolkit/SKILL.md"));
            demo.granted(agent, "view_file", Demo.arguments("path", "HANDOFF_NOTES.md"));
            JsonNode planned = demo.granted(agent, "plan_deploy", Demo.plan("production", "1.0.0"));
            String plan = planned.path("structuredContent").path("plan").asString();
            JsonNode waiting = demo.granted(agent, "deploy", Demo.arguments("plan", plan));
            expectState(waiting, "waiting_for_approval");
            forged(agent, plan);
            approved(plan);
            JsonNode live = demo.granted(agent, "deploy", Demo.arguments("plan", plan));
            expectState(live, "done");
            demo.shows(project.productionUrl(), "This is shop 1.0.0");
            JsonNode end = demo.follow(agent, "deploy", live);
            demo.expect(
                    end.path("next_persona").asString("").equals("/retro"),
                    "the handoff names /retro, not " + end.path("next_persona"));
        }
    }

    private void expectState(JsonNode answer, String state) {
        String found = answer.path("structuredContent").path("state").asString("");
        demo.expect(found.equals(state), "deploy says " + state + ", not `" + found + "`");
    }

    /** Whoever signs, whatever was signed, wherever it comes from: only Anna's own word counts. */
    private void forged(DemoClient agent, String plan) throws IOException {
        stage.heading("Somebody forges the approval, four ways");
        demo.refused(
                agent,
                "deploy",
                Demo.arguments("plan", plan, "approved_by", "anna"),
                "argument.invalid");
        String text = text(plan);
        refused(
                "a key of the agent's own signs Anna's text",
                text,
                STRANGER.sign(text),
                "approval.unknown-approver");
        refused(
                "Anna's signature is put below another version",
                text.replace("version 1.0.0", "version 1.1.0"),
                project.key().sign(text),
                "approval.mismatch");
        refused(
                "what Anna signed for Git is sent in",
                text,
                project.key().sign(text, "git"),
                "approval.mismatch");
    }

    private void refused(String how, String text, String signature, String rule)
            throws IOException {
        JsonNode answer = decide(text, signature);
        stage.said("forger", how);
        String found = answer.path("data").path("rules").path(0).asString("");
        demo.expect(found.equals(rule), how + " is refused by " + rule + ", not `" + found + "`");
        stage.refusal(
                rule,
                answer.path("text")
                        .asString("")
                        .replaceFirst("^REFUSED \\S+ ", "")
                        .replace("\n", " → "));
    }

    private void approved(String plan) throws IOException {
        stage.heading("Anna looks at the card, and signs");
        JsonNode card = ask("card", plan).path("data").path("card");
        for (JsonNode section : card.path("sections")) {
            if (section.path("name").asString().equals("Unusual")) {
                section.path("lines").forEach(line -> stage.said("unusual", line.asString()));
            }
        }
        String text = text(plan);
        JsonNode answer = decide(text, project.key().sign(text));
        demo.expect(answer.path("exit").asInt(-1) == 0, "Anna's approval counts: " + answer);
        stage.granted(answer.path("text").asString(""));
        String again = decide(text, project.key().sign(text)).path("data").path("rules").toString();
        demo.expect(again.contains("approval.spent"), "an approval counts once: " + again);
    }

    /** A person's rollback needs nobody's leave, and no agent. */
    void takeBack() throws IOException {
        stage.heading("Anna takes production back; no agent, no server, nobody's leave");
        JsonNode answer =
                ask("rollback", "production", DecisionAnswers.encoded("errors everywhere"), "-");
        demo.expect(answer.path("exit").asInt(-1) == 0, "production is taken back: " + answer);
        answer.path("text").asString("").lines().forEach(stage::granted);
    }

    private String text(String plan) throws IOException {
        return ask("to-sign", plan, "approve", "anna").path("data").path("sign").asString("");
    }

    private JsonNode decide(String text, String signature) throws IOException {
        return ask(
                "decide",
                DecisionAnswers.encoded(text),
                DecisionAnswers.encoded(signature),
                DecisionAnswers.encoded(""));
    }

    private JsonNode ask(String command, String... arguments) throws IOException {
        try {
            var place =
                    Place.of(
                            project.terminal(),
                            Optional.of(project.root().toString()),
                            Optional.of(project.state().toString()));
            return new KeeperClient(ProjectFolder.open(project.terminal(), place))
                    .ask(command, arguments);
        } catch (CommandFailed | ConfigError e) {
            throw new IOException(e);
        }
    }
}
