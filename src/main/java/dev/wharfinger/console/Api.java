package dev.wharfinger.console;

import dev.wharfinger.approval.ApprovalText;
import dev.wharfinger.approval.Approver;
import dev.wharfinger.approval.ApproverName;
import dev.wharfinger.approval.Choice;
import dev.wharfinger.approval.Passkey;
import dev.wharfinger.approval.SshPublicKey;
import dev.wharfinger.console.Visitors.Visitor;
import dev.wharfinger.persona.Principal;
import dev.wharfinger.rule.Refusal;
import dev.wharfinger.rule.Verdict;
import dev.wharfinger.shift.JsonTree;
import dev.wharfinger.tool.Decisions;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * What pages and terminals say to the site, as JSON. Pages need a login and its token beside it, so
 * that no other site can speak in a person's name. A terminal needs none: it names what it decides
 * by an id that cannot be guessed, and its signature is the whole authority.
 */
final class Api {
    private final Decisions decisions;
    private final DecisionAnswers answers;
    private final Visitors visitors;

    Api(Decisions decisions, Visitors visitors) {
        this.decisions = decisions;
        this.answers = new DecisionAnswers(decisions);
        this.visitors = visitors;
    }

    /** The name of the login's cookie: a browser takes one with {@code __Host-} by HTTPS alone. */
    static String cookie(Address address) {
        return address.isSecure() ? "__Host-wharf" : "wharf";
    }

    Page answer(Ask ask, Address address, Optional<Visitor> who) {
        if (ask.isGet() && ask.path().startsWith("/api/card/")) {
            ObjectNode node = JsonTree.object();
            answers.card(node, ask.path().substring("/api/card/".length()));
            return Page.json(200, node);
        }
        boolean json = ask.header("content-type").orElse("").startsWith("application/json");
        if (!ask.isPost() || !json) {
            return no(405, "POST with JSON");
        }
        JsonNode said;
        try {
            said = JsonTree.read(ask.text());
        } catch (JacksonException | IllegalArgumentException e) {
            return no(400, "that is no JSON");
        }
        try {
            return switch (ask.path()) {
                case "/api/to-sign" -> toSign(said);
                case "/api/decide" -> decide(said);
                case "/api/challenge" -> challenge();
                case "/api/login" -> login(said, address);
                case "/api/enroll" -> enroll(said, address);
                case "/api/logout", "/api/passkey/text", "/api/passkey/decide" ->
                        known(ask, address, who, said);
                default -> no(404, "there is no such call");
            };
        } catch (IllegalArgumentException e) {
            return no(400, "cannot be read: " + e.getMessage());
        }
    }

    private Page toSign(JsonNode said) {
        ObjectNode node = JsonTree.object();
        answers.toSign(node, text(said, "id"), text(said, "decision"), text(said, "name"));
        return Page.json(200, node);
    }

    private Page decide(JsonNode said) {
        ObjectNode node = JsonTree.object();
        answers.decide(
                node,
                new Principal("http:terminal"),
                text(said, "text"),
                text(said, "signature"),
                text(said, "reason"));
        return Page.json(200, node);
    }

    private Page challenge() {
        return Page.json(200, JsonTree.object().put("challenge", visitors.challenge()));
    }

    /** The key itself says who it is: the one among the accepted that made this assertion. */
    private Page login(JsonNode said, Address address) {
        String challenge = text(said, "challenge");
        if (!visitors.take(challenge)) {
            return no(403, "this challenge was used, or is too old: try again");
        }
        Passkey.Assertion made = assertion(said);
        byte[] asked = Base64.getUrlDecoder().decode(challenge);
        Optional<Approver> person =
                decisions.approvers().all().stream()
                        .filter(one ->
                                passkey(one, address)
                                        .filter(key -> key.answers(asked, address.origin(), made))
                                        .isPresent())
                        .findFirst();
        if (person.isEmpty()) {
            return no(403, "this passkey belongs to none of the accepted approvers");
        }
        String value = visitors.login(person.get());
        return Page.json(200, JsonTree.object().put("name", person.get().name().value()))
                .with("Set-Cookie", cookie(address) + "=" + value + attributes(address));
    }

    private static String attributes(Address address) {
        return "; Path=/; HttpOnly; SameSite=Strict" + (address.isSecure() ? "; Secure" : "");
    }

    /** The passkey of this approver, where it is one that was made for this site. */
    private static Optional<Passkey> passkey(Approver one, Address address) {
        return Optional.of(one)
                .filter(key -> key.keyType().startsWith("sk-ecdsa"))
                .map(key -> new Passkey(new SshPublicKey(key.keyType(), key.key())))
                .filter(key -> key.site().equals(address.site()));
    }

    /** Turns a new passkey into the line of the approvers file; nothing is kept of it. */
    private Page enroll(JsonNode said, Address address) {
        String name = text(said, "name");
        if (!ApproverName.isName(name)) {
            return no(400, "a name has letters, digits and . _ @ + -");
        }
        Passkey made = Passkey.made(bytes(said, "public_key"), address.site());
        return Page.json(
                200,
                JsonTree.object()
                        .put("line", made.key().type() + " " + made.key().key() + " " + name)
                        .put("command", "wharf approver add " + name + " --passkey"));
    }

    private Page known(Ask ask, Address address, Optional<Visitor> who, JsonNode said) {
        if (who.isEmpty()) {
            return no(401, "sign in first");
        }
        boolean page =
                ask.header("origin").filter(address.origin()::equals).isPresent()
                        && ask.header("x-wharf-csrf").filter(who.get().csrf()::equals).isPresent();
        if (!page) {
            return no(403, "this did not come from a page of this site");
        }
        return switch (ask.path()) {
            case "/api/logout" -> {
                visitors.logout(ask.cookie(cookie(address)));
                yield Page.json(200, JsonTree.object().put("name", ""));
            }
            case "/api/passkey/text" -> passkeyText(said, who.get());
            default -> passkeyDecides(said, address, who.get());
        };
    }

    private Page passkeyText(JsonNode said, Visitor who) {
        Optional<Choice> choice = Choice.of(text(said, "decision"));
        if (choice.isEmpty()) {
            return no(400, "approve or deny");
        }
        return switch (decisions.toSign(text(said, "id"), choice.get(), who.person().name())) {
            case Verdict.Granted<ApprovalText>(var text) ->
                    Page.json(
                            200,
                            JsonTree.object()
                                    .put("text", text.text())
                                    .put("challenge", encoded(Passkey.challenge(text))));
            case Verdict.Refused<ApprovalText>(var no) -> refused(no);
        };
    }

    private Page passkeyDecides(JsonNode said, Address address, Visitor who) {
        Optional<Passkey> key = passkey(who.person(), address);
        if (key.isEmpty()) {
            return no(403, "your passkey is for another site");
        }
        String signature = key.get().signature(address.origin(), assertion(said));
        Optional<String> reason =
                Optional.of(said.path("reason").asString("")).filter(words -> !words.isBlank());
        return switch (decisions.decide(
                text(said, "text"), signature, reason, Console.principal(who))) {
            case Verdict.Granted<String>(var done) ->
                    Page.json(200, JsonTree.object().put("said", done));
            case Verdict.Refused<String>(var no) -> refused(no);
        };
    }

    private static Passkey.Assertion assertion(JsonNode said) {
        return new Passkey.Assertion(
                bytes(said, "authenticator_data"),
                bytes(said, "client_data"),
                bytes(said, "signature"));
    }

    private static byte[] bytes(JsonNode said, String name) {
        return Base64.getUrlDecoder().decode(text(said, name));
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String text(JsonNode said, String name) {
        JsonNode value = said.path(name);
        if (!value.isString()) {
            throw new IllegalArgumentException("`" + name + "` must be a text");
        }
        return value.asString();
    }

    private static Page refused(List<Refusal> no) {
        Refusal first = no.getFirst();
        return Page.json(
                409,
                JsonTree.object()
                        .put("rule", first.rule().id())
                        .put("error", first.reason() + " " + first.remedy()));
    }

    private static Page no(int status, String why) {
        return Page.json(status, JsonTree.object().put("error", why));
    }
}
