package dev.wharfinger.tool;

import dev.wharfinger.approval.ApprovalSettings;
import dev.wharfinger.approval.ApprovalSettings.Presence;
import dev.wharfinger.policy.Standing;
import dev.wharfinger.proof.GateId;
import dev.wharfinger.shift.DeployPlan;
import dev.wharfinger.shift.Event;
import dev.wharfinger.shift.PeopleEvent;
import dev.wharfinger.shift.ReleaseRecord;
import dev.wharfinger.shift.Stamped;
import dev.wharfinger.workspace.SourceDigest;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes the card of a plan or a question, from the journal, the commits and what runs. */
final class CardDesk {
    private final Project project;
    private final Sources sources;
    private final Differences differences;

    CardDesk(Project project, Sources sources) {
        this.project = project;
        this.sources = sources;
        this.differences = new Differences(sources);
    }

    Card card(Question question, Standing standing) {
        var sections = new ArrayList<Card.Section>();
        List<String> unusual = unusual(question);
        if (!unusual.isEmpty()) { // first: it is what a tired person must not miss
            sections.add(new Card.Section("Unusual", unusual));
        }
        if (question.plan().isPresent()) {
            planned(sections, question.plan().get());
        } else {
            sections.add(new Card.Section("What is asked", question.lines()));
        }
        sections.add(new Card.Section("Decision", decision(question, standing)));
        return new Card(
                question.subject().id(),
                question.subject().kind().text(),
                (question.plan().filter(DeployPlan::hotfix).isPresent() ? "HOTFIX: " : "")
                        + question.title(),
                standing.text(),
                question.requester(project.approvers().get()).orElse("-"),
                project.walls().against(question.by()),
                question.expires().toString(),
                sections);
    }

    private void planned(List<Card.Section> sections, DeployPlan plan) {
        Optional<ReleaseRecord> runs = plan.rollback();
        sections.add(
                new Card.Section(
                        "What would run",
                        List.of(
                                "version   " + plan.version(),
                                "commit    " + plan.commit().sha(),
                                "artifact  " + plan.artifact(),
                                "plan      " + plan.digest())));
        sections.add(new Card.Section("Differs from what runs", differences.from(runs, plan)));
        sections.add(new Card.Section("Gates", gates(plan)));
        sections.add(new Card.Section("Tests then and now", tests(plan)));
        List<String> proving = differences.proving(runs, plan);
        sections.add(
                new Card.Section(
                        "Proving files changed", proving.isEmpty() ? List.of("none") : proving));
        sections.add(
                new Card.Section(
                        "Files seen",
                        plan.readings().stream()
                                .map(read ->
                                        read.path() + "  " + read.hash().hex().substring(0, 12))
                                .toList()));
        sections.add(
                new Card.Section(
                        "Rollback",
                        List.of(
                                runs.map(r -> "to " + r.version() + " (" + r.artifact() + ")")
                                        .orElse("FIRST DEPLOYMENT: stop and remove"))));
    }

    private List<String> gates(DeployPlan plan) {
        var lines = new ArrayList<String>();
        for (DeployPlan.PlannedGate gate : plan.gates()) {
            String proof =
                    gate.proof()
                            .map(index -> ", entry " + index + proof(gate.gate(), plan))
                            .orElse("");
            boolean asked = gate.gate().equals("approval"); // open where people are asked at all
            lines.add(gate.gate() + ": " + (asked ? "decided here" : gate.verdict() + proof));
        }
        return lines;
    }

    private String proof(String gate, DeployPlan plan) {
        return project.state()
                .proof(new GateId(gate), plan.source())
                .map(Stamped::event)
                .map(event -> (Event.ProofRecorded) event)
                .map(proof -> ", " + proof.strength().text() + ": " + proof.summary())
                .orElse("");
    }

    private List<String> tests(DeployPlan plan) {
        Optional<String> then =
                plan.rollback().flatMap(runs -> counts(sources.digest(runs.commit())));
        return List.of(
                "then  " + then.orElse("nothing proved"),
                "now   " + counts(plan.source()).orElse("nothing proved"));
    }

    private Optional<String> counts(SourceDigest of) {
        return project.state()
                .proof(GateId.TEST, of)
                .map(entry -> (Event.ProofRecorded) entry.event())
                .map(proof -> proof.good() + " passed, " + proof.bad() + " failed");
    }

    private List<String> unusual(Question question) {
        var lines = new ArrayList<String>();
        ApprovalSettings settings = question.settings();
        question.plan()
                .ifPresent(plan -> {
                    if (plan.rollback().isEmpty()) {
                        lines.add("FIRST DEPLOYMENT: there is no earlier release to return to");
                    }
                    if (plan.hotfix()) {
                        lines.add("HOTFIX: tests only presented, bake and freeze skipped");
                    }
                    plan.gates().stream()
                            .filter(gate -> gate.verdict().equals("not checked"))
                            .forEach(gate -> lines.add("gate " + gate.gate() + " is not checked"));
                });
        if (settings.presence() == Presence.ANY) {
            lines.add("advisory: a signature needs no human touch here");
        }
        if (settings.count() == 1 && !settings.fourEyes()) {
            lines.add("one person: whoever asks may alone approve his own agent");
        }
        return lines;
    }

    private List<String> decision(Question question, Standing standing) {
        var lines = new ArrayList<String>();
        ApprovalSettings settings = question.settings();
        lines.add(
                settings.count()
                        + " of "
                        + (settings.from().isEmpty()
                                ? "the accepted approvers"
                                : String.join(", ", settings.from())));
        for (PeopleEvent.DecisionMade made :
                project.state().decisions().made(question.subject().id())) {
            lines.add(
                    (made.approved() ? "yes by " : "no by ")
                            + made.approver()
                            + (made.touched() ? ", with a touch" : ", advisory: without a touch")
                            + made.reason().map(reason -> ": " + reason).orElse(""));
        }
        if (standing instanceof Standing.Waiting(_, _, var lapsed)) {
            lapsed.forEach(no -> lines.add("does not count: " + no.reason()));
        }
        return lines;
    }
}
