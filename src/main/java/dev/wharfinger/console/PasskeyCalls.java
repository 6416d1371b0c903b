package dev.wharfinger.console;

import static dev.wharfinger.console.Api.text;

import dev.wharfinger.approval.ApprovalText;
import dev.wharfinger.approval.Approver;
import dev.wharfinger.approval.ApproverName;
import dev.wharfinger.approval.Choice;
import dev.wharfinger.approval.Passkey;
import dev.wharfinger.approval.SshPublicKey;
import dev.wharfinger.console.Visitors.Visitor;
import dev.wharfinger.rule.Refusal;
import dev.wharfinger.rule.Verdict;
import dev.wharfinger.shift.JsonTree;
import dev.wharfinger.tool.Decisions;
import dev.wharfinger.tool.Delivery;
import dev.wharfinger.tool.Pending;

import tools.jackson.databind.JsonNode;

import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a page's script says: a passkey was made, signs in, signs a decision. A touch counts for the
 * page of this server at which it was made, and for no other.
 */
final class PasskeyCalls {
    private final Decisions decisions;
    private final Visitors visitors;
    private final Challenges challenges;

    PasskeyCalls(Decisions decisions, Visitors visitors, Challenges challenges) {
        this.decisions = decisions;
        this.visitors = visitors;
        this.challenges = challenges;
    }

    /** The name of the login's cookie: a browser takes one with {@code __Host-} by HTTPS alone. */
    static String cookie(Address address) {
        return address.isSecure() ? "__Host-wharf" : "wharf";
    }

    Page answer(Ask ask, Address address, Optional<Visitor> who, JsonNode said) {
        if (!address.hasPasskeys()) {
            return Page.no(403, "passkeys are touched at " + String.join(" or ", address.own()));
        }
        return switch (ask.path()) {
            case "/api/challenge" ->
                    Page.json(200, JsonTree.object().put("challenge", challenges.next()));
            case "/api/login" -> login(said, address);
            case "/api/enroll" -> enroll(said, address);
            case "/api/logout", "/api/passkey/text", "/api/passkey/decide" ->
                    known(ask, address, who, said);
            default -> Page.no(404, "there is no such call");
        };
    }

    /** The key itself says who it is: the one among the accepted that made this assertion. */
    private Page login(JsonNode said, Address address) {
        String challenge = text(said, "challenge");
        Passkey.Assertion made = assertion(said);
        byte[] asked = Base64.getUrlDecoder().decode(challenge);
        Optional<Approver> person =
                passkeys(address)
                        .filter(one -> one.key().answers(asked, address.origin(), made))
                        .map(Holder::person)
                        .findFirst();
        if (person.isEmpty()) {
            return Page.no(403, "this passkey belongs to none of the accepted approvers");
        }
        if (!challenges.take(challenge)) {
            return Page.no(403, "this challenge was used, or is too old: try again");
        }
        String value = visitors.login(person.get());
        return Page.json(200, JsonTree.object().put("name", person.get().name().value()))
                .with("Set-Cookie", cookie(address) + "=" + value + attributes(address));
    }

    private static String attributes(Address address) {
        return "; Path=/; HttpOnly; SameSite=Strict" + (address.isSecure() ? "; Secure" : "");
    }

    private record Holder(Approver person, Passkey key) {}

    /** The accepted passkeys that were made for this site. */
    private Stream<Holder> passkeys(Address address) {
        return decisions.approvers().all().stream()
                .filter(one -> one.keyType().startsWith("sk-ecdsa"))
                .map(one ->
                        new Holder(one, new Passkey(new SshPublicKey(one.keyType(), one.key()))))
                .filter(one -> one.key().site().equals(address.site()));
    }

    /** Turns a new passkey into the line of the approvers file; nothing is kept of it. */
    private static Page enroll(JsonNode said, Address address) {
        String name = text(said, "name");
        if (!ApproverName.isName(name)) {
            return Page.no(400, "a name has letters, digits and . _ @ + -");
        }
        SshPublicKey key = Passkey.made(bytes(said, "public_key"), address.site()).key();
        return Page.json(
                200,
                JsonTree.object()
                        .put("line", key.type() + " " + key.key() + " " + name)
                        .put("fingerprint", key.fingerprint())
                        .put("command", "wharf approver add " + name + " --passkey"));
    }

    private Page known(Ask ask, Address address, Optional<Visitor> who, JsonNode said) {
        if (who.isEmpty()) {
            return Page.no(401, "sign in first");
        }
        boolean page =
                ask.header("origin").filter(address.origin()::equals).isPresent()
                        && ask.header("x-wharf-csrf").filter(who.get().csrf()::equals).isPresent();
        if (!page) {
            return Page.no(403, "this did not come from a page of this site");
        }
        return switch (ask.path()) {
            case "/api/logout" -> {
                visitors.logout(ask.cookie(cookie(address)));
                yield Page.json(200, JsonTree.object().put("name", ""));
            }
            case "/api/passkey/text" -> toSign(said, who.get());
            default -> decide(said, address, who.get());
        };
    }

    private Page toSign(JsonNode said, Visitor who) {
        Optional<Choice> choice = Choice.of(text(said, "decision"));
        if (choice.isEmpty()) {
            return Page.no(400, "approve or deny");
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

    private Page decide(JsonNode said, Address address, Visitor who) {
        Passkey.Assertion made = assertion(said);
        String text = text(said, "text");
        Optional<String> reason =
                Optional.of(said.path("reason").asString("")).filter(words -> !words.isBlank());
        var delivery = Delivery.page(Console.principal(who), address.origin());
        Verdict<String> taken =
                ApprovalText.parse(text)
                        .then(parsed -> {
                            String signature =
                                    touched(parsed, address, who, made)
                                            .signature(address.origin(), made);
                            return decisions.decide(text, signature, reason, delivery);
                        });
        return switch (taken) {
            case Verdict.Granted<String>(var done) ->
                    Page.json(
                            200,
                            JsonTree.object()
                                    .put("said", done)
                                    .put("state", state(said.path("id").asString(""))));
            case Verdict.Refused<String>(var no) -> refused(no);
        };
    }

    /** How what was decided stands now; nothing where it waits no more. */
    private String state(String id) {
        return decisions.pending().stream()
                .filter(one -> one.id().equals(id))
                .map(Pending::state)
                .findFirst()
                .orElse("");
    }

    /** Which of the person's passkeys it was; the one that signed in, where none of them fits. */
    private Passkey touched(
            ApprovalText text, Address address, Visitor who, Passkey.Assertion made) {
        byte[] challenge = Passkey.challenge(text);
        List<Holder> all =
                passkeys(address)
                        .filter(one -> one.person().name().equals(who.person().name()))
                        .toList();
        return all.stream()
                .filter(one -> one.key().answers(challenge, address.origin(), made))
                .findFirst()
                .or(() -> all.stream().filter(one -> one.person().equals(who.person())).findFirst())
                .orElseThrow(() -> new IllegalArgumentException("your passkey is for another site"))
                .key();
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

    private static Page refused(List<Refusal> no) {
        Refusal first = no.getFirst();
        return Page.json(
                409,
                JsonTree.object()
                        .put("rule", first.rule().id())
                        .put("error", first.reason() + " " + first.remedy()));
    }
}
