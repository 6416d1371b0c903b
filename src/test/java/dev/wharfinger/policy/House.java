package dev.wharfinger.policy;

import dev.wharfinger.approval.Approvers;
import dev.wharfinger.approval.Signatures;
import dev.wharfinger.approval.Signed;
import dev.wharfinger.deploy.DeployGrant;
import dev.wharfinger.journal.Digest;
import dev.wharfinger.journal.InclusionProof;
import dev.wharfinger.persona.Covered;
import dev.wharfinger.persona.Lint;
import dev.wharfinger.persona.Persona;
import dev.wharfinger.persona.PersonaUnreadable;
import dev.wharfinger.rule.Verdict;
import dev.wharfinger.shift.DeployPlan;
import dev.wharfinger.shift.ProjectState;
import dev.wharfinger.sighting.Sightings;
import dev.wharfinger.workspace.WorkspacePath;
import dev.wharfinger.workspace.WriteGrant;

import java.util.List;
import java.util.Optional;

/**
 * What the walk over the promises asks. The real classes answer; a test plants a hole by answering
 * one question otherwise.
 */
class House {
    private final Entry entry = new Entry();

    Verdict<WorkspacePath> maySee(Persona persona, Sightings seen, WorkspacePath path) {
        return new Writing().maySee(persona, seen, path);
    }

    Verdict<WriteGrant> mayWrite(Persona persona, Sightings seen, Writing.Attempt attempt) {
        return new Writing().mayWrite(persona, seen, attempt);
    }

    GateState judge(ProvedGate gate, Persona persona) {
        return gate.judge(persona, Cases.OWN);
    }

    Verdict<DeployGrant> mayDeploy(Facts facts, DeployPlan plan, Deploying.Now now) {
        return new Deploying(entry).mayDeploy(facts, plan, now, "d_new", 7);
    }

    Standing standing(Subject subject, Deciding.Terms terms) {
        return new Deciding().standing(subject, terms);
    }

    GateState smoke(ProductionGates.Before before, Optional<String> artifact) {
        return new ProductionGates(Cases.DEPLOY, false).smoke(before, artifact);
    }

    Verdict<Planning.Asked> mayAsk(Facts facts, Planning.Request request) {
        return new Planning(entry).mayAsk(facts, request);
    }

    /** Whether a deployment of that plan has begun, as {@code deploy} asks the journal's fold. */
    boolean begun(ProjectState state, DeployPlan plan) {
        return state.deploymentOf(plan.id()).isPresent();
    }

    GateState unexplained(String what) {
        return new Gates(Cases.DEPLOY).unexplained(what);
    }

    Verdict<DeployGrant> mayReturn(
            Returning.Undo undo, boolean human, Optional<DecidedGrant> decided) {
        return new Returning()
                .mayReturn(undo, human, decided, List.of("wharf approve r_x"), "b_new", 7);
    }

    Verdict<Exit.Ending> mayEnd(Facts facts, String outcome) {
        return new Exit(entry).mayEnd(facts, outcome);
    }

    Verdict<Signed> verify(String text, String signature, Approvers approvers) {
        return Signatures.verify(text, signature, approvers);
    }

    boolean proves(InclusionProof proof, Digest leaf, Digest root) {
        return proof.proves(leaf, root);
    }

    List<Covered> coverage(String file, byte[] bytes) throws PersonaUnreadable {
        return Lint.of(file, bytes).coverage();
    }

    Verdict<Trusting.TrustGrant> mayAccept(
            String digest,
            boolean before,
            Optional<Approvers> approvers,
            Optional<DecidedGrant> yes) {
        return new Trusting().mayAccept(digest, before, approvers, yes);
    }
}
