package dev.wharfinger.cli;

import dev.wharfinger.console.DecisionAnswers;
import dev.wharfinger.identity.Peer;
import dev.wharfinger.persona.Persona;
import dev.wharfinger.rule.Verdict;
import dev.wharfinger.tool.HumanReturn;
import dev.wharfinger.tool.Proofs;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Commands that need the keeper: answered by it, for whichever process asks. The answer is one line
 * of JSON with {@code exit}, {@code text} and {@code data}.
 */
final class KeeperCommands {
    private final Keeper keeper;
    private final DecisionAnswers decisions;
    private final JsonMapper json = new JsonMapper();

    KeeperCommands(Keeper keeper) {
        this.keeper = keeper;
        this.decisions = new DecisionAnswers(keeper.tools().decisions());
    }

    /** Answers one command; never throws. */
    String answer(Peer peer, List<String> words) {
        ObjectNode node = json.createObjectNode();
        try {
            switch (words.getFirst()) {
                case "status" -> status(node, peer);
                case "prove" -> prove(node, peer, words.get(1));
                case "shift-end" -> shiftEnd(node, words.get(1));
                case "trust" -> new TrustDesk(keeper).trust(node, peer);
                case "rollback" -> rollback(node, peer, words);
                case "pending" -> decisions.pending(node);
                case "card" -> decisions.card(node, words.get(1));
                case "to-sign" -> decisions.toSign(node, words.get(1), words.get(2), words.get(3));
                case "decide" ->
                        decisions.decide(
                                node,
                                peer.principal(),
                                DecisionAnswers.decoded(words.get(1)),
                                DecisionAnswers.decoded(words.get(2)),
                                DecisionAnswers.decoded(words.get(3)));
                default -> node.put("exit", ExitCode.USAGE.number()).put("text", "unknown command");
            }
        } catch (UncheckedIOException e) {
            node.put("exit", ExitCode.WORLD.number()).put("text", String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            java.util.logging.Logger.getLogger(KeeperCommands.class.getName())
                    .log(java.util.logging.Level.SEVERE, "command " + words, e);
            node.put("exit", ExitCode.BUG.number()).put("text", "a bug: " + e);
        }
        return json.writeValueAsString(node);
    }

    private void status(ObjectNode node, Peer peer) {
        node.put("exit", 0)
                .put("text", "")
                .set("data", keeper.tools().status().look(peer.principal()));
    }

    private void prove(ObjectNode node, Peer peer, String gate) {
        switch (keeper.tools().proofs().prove(peer.principal(), gate)) {
            case Proofs.Result.Proved(var proof) -> {
                ExitCode code = proof.passed() ? ExitCode.DONE : ExitCode.NO;
                node.put("exit", code.number())
                        .put(
                                "text",
                                (proof.passed() ? "proved: " : "not proved: ") + proof.summary());
                node.putObject("data")
                        .put("gate", proof.gate().value())
                        .put("passed", proof.passed())
                        .put("strength", proof.strength().text())
                        .put("commit", proof.commit().sha())
                        .put("source_digest", proof.of().hex())
                        .put("good", proof.good())
                        .put("bad", proof.bad());
            }
            case Proofs.Result.Unusable(var why) ->
                    node.put("exit", ExitCode.NO.number()).put("text", "no usable report: " + why);
            case Proofs.Result.Undeclared(var why) ->
                    node.put("exit", ExitCode.CONFIGURATION.number()).put("text", why);
        }
    }

    private void shiftEnd(ObjectNode node, String id) {
        var why = new AtomicReference<>("");
        Optional<String> ended =
                keeper.tools().shifts().end(id, keeper.folder()::persona, why::set);
        node.put("exit", ended.isPresent() ? 0 : ExitCode.NO.number())
                .put("text", ended.orElseGet(why::get));
    }

    private void rollback(ObjectNode node, Peer peer, List<String> words) {
        Optional<Persona> persona = keeper.folder().persona("deploy");
        if (persona.isEmpty()) {
            node.put("exit", ExitCode.CONFIGURATION.number())
                    .put("text", "there is no persona `deploy`");
            return;
        }
        Optional<String> version = Optional.of(words.get(3)).filter(text -> !text.equals("-"));
        String reason = DecisionAnswers.decoded(words.get(2));
        switch (keeper.tools()
                .returns()
                .run(peer.principal(), persona.get(), words.get(1), reason, version)) {
            case Verdict.Granted<HumanReturn.Done>(var done) -> {
                ExitCode code = done.back() ? ExitCode.DONE : ExitCode.WORLD;
                node.put("exit", code.number()).put("text", String.join("\n", done.lines()));
                node.putObject("data")
                        .put("environment", done.environment())
                        .put("rolled_back", done.back())
                        .put("millis", done.millis());
            }
            case Verdict.Refused<HumanReturn.Done>(var no) -> DecisionAnswers.refused(node, no);
        }
    }
}
