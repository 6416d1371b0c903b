package dev.wharfinger.policy;

import dev.wharfinger.approval.ApprovalSettings;
import dev.wharfinger.approval.ApprovalSettings.Presence;
import dev.wharfinger.approval.ApprovalText;
import dev.wharfinger.approval.Approvers;
import dev.wharfinger.approval.Choice;
import dev.wharfinger.approval.Kind;
import dev.wharfinger.approval.SoftKey;
import dev.wharfinger.shift.DeployPlan;
import dev.wharfinger.shift.Event;
import dev.wharfinger.shift.PeopleEvent;
import dev.wharfinger.shift.ProjectState;
import dev.wharfinger.shift.Stamped;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What people, and others, can have said to one plan: real signatures by real keys, and beside each
 * whose yes it is, said once more in plain words. Berta asks; Anna and Carl may decide too. Carl's
 * key cannot prove a touch.
 */
final class Votes {
    static final Instant NOW = WalkFacts.NOW;
    static final String ROOT = "root";
    private static final Instant SOON = NOW.plus(Duration.ofMinutes(30));

    /**
     * One of them.
     *
     * @param yes whose yes it is
     * @param touched of those, who proved a touch
     * @param denied whether somebody's last word is no
     */
    record Vote(
            String name, ProjectState state, Set<String> yes, Set<String> touched, boolean denied) {
        /** Whether it is enough, as the design says it. */
        boolean isEnough(ApprovalSettings settings) {
            long people =
                    yes.stream()
                            .filter(one ->
                                    settings.from().isEmpty() || settings.from().contains(one))
                            .filter(one ->
                                    settings.presence() == Presence.ANY || touched.contains(one))
                            .filter(one -> !settings.fourEyes() || !one.equals("berta"))
                            .count();
            return !denied && people >= settings.count();
        }
    }

    private final DeployPlan plan;
    private final SoftKey anna = SoftKey.of(SoftKey.Type.SK_ED25519);
    private final SoftKey annas = SoftKey.of(SoftKey.Type.SK_ECDSA);
    private final SoftKey berta = SoftKey.of(SoftKey.Type.SK_ED25519);
    private final SoftKey carl = SoftKey.of(SoftKey.Type.ED25519);
    private final SoftKey dora = SoftKey.of(SoftKey.Type.SK_ED25519);
    private final Approvers approvers =
            Approvers.parse(
                    String.join(
                            "\n",
                            anna.line("anna"),
                            annas.line("anna"),
                            berta.line("berta"),
                            carl.line("carl")));
    private final List<Vote> all = new ArrayList<>();
    private int nonces;

    Votes(DeployPlan plan) {
        this.plan = plan;
        people();
        forged();
        changes();
    }

    List<Vote> all() {
        return all;
    }

    Approvers approvers() {
        return approvers;
    }

    /** The terms under which these settings let people decide, after this vote. */
    Deciding.Terms terms(ApprovalSettings settings, ProjectState state) {
        return new Deciding.Terms(
                settings,
                approvers,
                Optional.of("berta"),
                state.decisions(),
                text -> text.root().equals(ROOT),
                NOW);
    }

    /** Anna's touched yes, as it is taken in. */
    PeopleEvent.DecisionMade annas() {
        return made("anna", anna, text("anna"), true);
    }

    private void people() {
        vote("nobody", List.of(), Set.of(), Set.of());
        vote("anna", List.of(annas()), Set.of("anna"), Set.of("anna"));
        vote(
                "berta",
                List.of(made("berta", berta, text("berta"), true)),
                Set.of("berta"),
                Set.of("berta"));
        vote("carl", List.of(made("carl", carl, text("carl"), true)), Set.of("carl"), Set.of());
        vote(
                "anna over another text of the same plan",
                List.of(signed("anna", text("anna"), sign(anna, text("anna"), false), true)),
                Set.of(),
                Set.of());
        ApprovalText once = text("anna");
        vote(
                "anna without a touch",
                List.of(signed("anna", once, sign(anna, once, false), true)),
                Set.of("anna"),
                Set.of());
        vote(
                "anna twice, with two keys",
                List.of(annas(), made("anna", annas, text("anna"), true)),
                Set.of("anna"),
                Set.of("anna"));
        vote(
                "anna and berta",
                List.of(annas(), made("berta", berta, text("berta"), true)),
                Set.of("anna", "berta"),
                Set.of("anna", "berta"));
        vote(
                "anna and carl",
                List.of(annas(), made("carl", carl, text("carl"), true)),
                Set.of("anna", "carl"),
                Set.of("anna"));
        var no = made("anna", anna, with(text("anna"), "deny"), false);
        all.add(new Vote("anna says no", state(List.of(no)), Set.of(), Set.of(), true));
        all.add(
                new Vote(
                        "anna yes, then no",
                        state(List.of(annas(), no)),
                        Set.of(),
                        Set.of(),
                        true));
        vote("anna no, then yes", List.of(no, annas()), Set.of("anna"), Set.of("anna"));
        all.add(
                new Vote(
                        "carl yes, anna no",
                        state(List.of(made("carl", carl, text("carl"), true), no)),
                        Set.of("carl"),
                        Set.of(),
                        true));
    }

    private void forged() {
        nobody("a stranger", made("dora", dora, text("dora"), true));
        nobody("a stranger as anna", made("anna", dora, text("anna"), true));
        nobody("carl as anna", made("anna", carl, text("anna"), true));
        nobody(
                "a yes that was signed as a no",
                made("anna", anna, with(text("anna"), "deny"), true));
        ApprovalText text = text("anna");
        nobody("signed for git", signed("anna", text, anna.sign(text.text(), "git", true), true));
        String good = anna.sign(text.text());
        nobody("a broken signature", signed("anna", text, good.replace("AAAA", "AAAB"), true));
        nobody("no signature", signed("anna", text, "", true));
        var spent = annas();
        ProjectState used = state(List.of(spent));
        used.apply(
                new Stamped(
                        used.size(),
                        NOW,
                        Cases.ANNA,
                        Optional.empty(),
                        Optional.empty(),
                        new PeopleEvent.DecisionSpent(plan.id().value(), List.of(spent.nonce()))),
                "line");
        all.add(new Vote("used up", used, Set.of(), Set.of(), false));
    }

    private void changes() {
        for (String field :
                List.of(
                        "project",
                        "root",
                        "kind",
                        "environment",
                        "version",
                        "digest",
                        "artifact",
                        "expired",
                        "too long")) {
            nobody("another " + field, made("anna", anna, with(text("anna"), field), true));
        }
    }

    private void nobody(String name, PeopleEvent.DecisionMade made) {
        vote(name, List.of(made), Set.of(), Set.of());
    }

    private void vote(
            String name,
            List<PeopleEvent.DecisionMade> made,
            Set<String> yes,
            Set<String> touched) {
        all.add(new Vote(name, state(made), yes, touched, false));
    }

    private static ProjectState state(List<? extends Event> events) {
        var state = new ProjectState();
        for (Event event : events) {
            state.apply(
                    new Stamped(
                            state.size(),
                            NOW,
                            Cases.ANNA,
                            Optional.empty(),
                            Optional.empty(),
                            event),
                    "line");
        }
        return state;
    }

    private static String sign(SoftKey key, ApprovalText text, boolean touched) {
        return key.sign(text.text(), "wharfinger-approval", touched);
    }

    private PeopleEvent.DecisionMade made(
            String name, SoftKey key, ApprovalText text, boolean approved) {
        return signed(name, text, key.sign(text.text()), approved);
    }

    private PeopleEvent.DecisionMade signed(
            String name, ApprovalText text, String signature, boolean approved) {
        return new PeopleEvent.DecisionMade(
                plan.id().value(),
                "plan",
                approved,
                name,
                true,
                text.nonce(),
                text.expires(),
                text.text(),
                signature,
                Optional.empty());
    }

    private ApprovalText text(String name) {
        nonces++;
        return new ApprovalText(
                "shop",
                "origin",
                3,
                ROOT,
                Kind.PLAN,
                Choice.APPROVE,
                plan.environment(),
                plan.version(),
                plan.digest(),
                plan.artifact(),
                name,
                "n_" + nonces,
                SOON);
    }

    private static ApprovalText with(ApprovalText text, String field) {
        Instant expires =
                switch (field) {
                    case "expired" -> NOW;
                    case "too long" -> NOW.plus(Duration.ofHours(2));
                    default -> text.expires();
                };
        return new ApprovalText(
                field.equals("project") ? "other" : text.project(),
                text.origin(),
                text.size(),
                field.equals("root") ? "another" : text.root(),
                field.equals("kind") ? Kind.CONTENT : text.kind(),
                field.equals("deny") ? Choice.DENY : text.decision(),
                field.equals("environment") ? "staging" : text.environment(),
                field.equals("version") ? "9.9.9" : text.version(),
                field.equals("digest") ? "0".repeat(64) : text.digest(),
                field.equals("artifact") ? "0".repeat(64) : text.artifact(),
                text.approver(),
                text.nonce(),
                expires);
    }
}
