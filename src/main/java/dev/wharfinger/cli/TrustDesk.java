package dev.wharfinger.cli;

import dev.wharfinger.console.DecisionAnswers;
import dev.wharfinger.identity.Peer;
import dev.wharfinger.tool.Trust;

import tools.jackson.databind.node.ObjectNode;

/** What the keeper answers to {@code wharf trust}. */
final class TrustDesk {
    private final Keeper keeper;

    TrustDesk(Keeper keeper) {
        this.keeper = keeper;
    }

    void trust(ObjectNode node, Peer peer) {
        switch (keeper.acceptRules(peer)) {
            case Trust.Result.Nothing _ ->
                    node.put("exit", ExitCode.CONFIGURATION.number())
                            .put("text", "there is no wharf.yaml; run `wharf init`");
            case Trust.Result.Accepted(var digest, _, boolean before) when before ->
                    node.put("exit", 0).put("text", "already accepted: " + digest);
            case Trust.Result.Accepted(_, var files, _) ->
                    node.put("exit", 0).put("text", "accepted " + files + " files");
            case Trust.Result.Asked(var id, var where) ->
                    node.put("exit", ExitCode.NO.number())
                            .put("text", "approvers decide about the rules: " + where.getFirst())
                            .putObject("data")
                            .put("ask", id);
            case Trust.Result.Refused(var why) -> DecisionAnswers.refused(node, why);
        }
    }
}
