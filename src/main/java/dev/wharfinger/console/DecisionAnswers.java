package dev.wharfinger.console;

import dev.wharfinger.approval.ApprovalText;
import dev.wharfinger.approval.ApproverName;
import dev.wharfinger.approval.Choice;
import dev.wharfinger.persona.Principal;
import dev.wharfinger.rule.Refusal;
import dev.wharfinger.rule.Verdict;
import dev.wharfinger.tool.Card;
import dev.wharfinger.tool.Decisions;
import dev.wharfinger.tool.Delivery;
import dev.wharfinger.tool.Pending;

import tools.jackson.databind.node.ObjectNode;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * What is answered to {@code wharf approve} and {@code deny}, here or far away: what waits, its
 * card, the text to sign, and whether a signed text counts. Each answer has {@code exit} (the
 * command's code), {@code text} and {@code data}. Whoever asks, only the signature decides.
 */
public final class DecisionAnswers {
    private static final int NO = 1;
    private static final int USAGE = 2;
    private final Decisions decisions;

    public DecisionAnswers(Decisions decisions) {
        this.decisions = decisions;
    }

    /** Everything that waits for a person. */
    public void pending(ObjectNode node) {
        List<Pending> all = decisions.pending();
        node.put("exit", 0).put("text", all.isEmpty() ? "nothing waits for a person" : "");
        var list = node.putObject("data").putArray("pending");
        all.forEach(one -> list.add(one.node()));
    }

    /** The card of a plan or question, and who may decide. */
    public void card(ObjectNode node, String id) {
        Optional<Card> card = decisions.card(id);
        if (card.isEmpty()) {
            node.put("exit", NO)
                    .put("text", "nothing is asked under `" + id + "`; see `wharf approve`");
            return;
        }
        ObjectNode data = node.put("exit", 0).put("text", "").putObject("data");
        data.set("card", card.get().node());
        data.put("text", card.get().text());
        var approvers = data.putArray("approvers");
        decisions
                .approvers()
                .all()
                .forEach(one ->
                        approvers
                                .addObject()
                                .put("name", one.name().value())
                                .put("type", one.keyType())
                                .put("key", one.key()));
    }

    /** The text that this person would sign. */
    public void toSign(ObjectNode node, String id, String choice, String name) {
        if (!ApproverName.isName(name)) {
            node.put("exit", USAGE).put("text", "no name: `" + name + "`");
            return;
        }
        Optional<Choice> chosen = Choice.of(choice);
        if (chosen.isEmpty()) {
            node.put("exit", USAGE).put("text", "approve or deny");
            return;
        }
        switch (decisions.toSign(id, chosen.get(), new ApproverName(name))) {
            case Verdict.Granted<ApprovalText>(var text) ->
                    node.put("exit", 0).put("text", "").putObject("data").put("sign", text.text());
            case Verdict.Refused<ApprovalText>(var no) -> refused(node, no);
        }
    }

    /** Takes in a signed text. */
    public void decide(
            ObjectNode node, Principal by, String text, String signature, String reason) {
        Optional<String> words = Optional.of(reason).filter(said -> !said.isBlank());
        switch (decisions.decide(text, signature, words, Delivery.terminal(by))) {
            case Verdict.Granted<String>(var said) -> node.put("exit", 0).put("text", said);
            case Verdict.Refused<String>(var no) -> refused(node, no);
        }
    }

    /** Words with many lines as one word. */
    public static String encoded(String text) {
        return Base64.getUrlEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The same words again. */
    public static String decoded(String word) {
        return new String(Base64.getUrlDecoder().decode(word), StandardCharsets.UTF_8);
    }

    /** A refusal as people read it, with its rule. */
    public static void refused(ObjectNode node, List<Refusal> no) {
        var text = new StringBuilder();
        for (Refusal one : no) {
            text.append(text.isEmpty() ? "" : "\n")
                    .append("REFUSED ")
                    .append(one.rule().id())
                    .append(": ")
                    .append(one.reason())
                    .append('\n')
                    .append(one.remedy().replaceFirst("^Tell the user: ", ""));
        }
        node.put("exit", NO).put("text", text.toString());
        var rules = node.putObject("data").putArray("rules");
        no.forEach(one -> rules.add(one.rule().id()));
    }
}
