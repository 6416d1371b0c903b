package dev.wharfinger.cli;

import dev.wharfinger.approval.ApprovalText;
import dev.wharfinger.approval.Choice;
import dev.wharfinger.approval.SshPublicKey;
import dev.wharfinger.console.DecisionAnswers;

import tools.jackson.databind.JsonNode;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * How a person decides at a terminal: sees the card, says yes, signs the text, and delivers it. The
 * signature is the whole authority; everything else here is comfort.
 */
final class PersonDecides {
    private final Terminal terminal;
    private final Wharf wharf;
    private final Desk desk;
    private final DecideOptions options;

    PersonDecides(Terminal terminal, Wharf wharf, Desk desk, DecideOptions options) {
        this.terminal = terminal;
        this.wharf = wharf;
        this.desk = desk;
        this.options = options;
    }

    /** What waits, where nobody named anything. */
    ExitCode list() throws IOException, CommandFailed {
        var answer = new KeeperAnswer(terminal, desk.ask("pending"));
        JsonNode pending = answer.data().path("pending");
        if (wharf.output() == OutputFormat.JSON || pending.isEmpty()) {
            return answer.print(wharf.output());
        }
        var table = new Table("ID", "KIND", "WHAT", "STATE", "YES", "ASKED BY", "UNTIL");
        pending.forEach(one ->
                table.row(
                        one.path("id").asString(),
                        one.path("kind").asString(),
                        one.path("title").asString(),
                        one.path("state").asString(),
                        one.path("given").asInt() + " of " + one.path("needed").asInt(),
                        one.path("requester").asString(),
                        one.path("expires").asString()));
        table.print(terminal.out());
        return answer.code();
    }

    /** Decides about the plan or question of this id. */
    ExitCode decide(String id, Choice choice, String reason) throws IOException, CommandFailed {
        if (options.signature().isPresent()) {
            return signedElsewhere(options.signature().get(), reason);
        }
        var card = new KeeperAnswer(terminal, desk.ask("card", id));
        if (card.code() != ExitCode.DONE) {
            return card.print(wharf.output());
        }
        if (wharf.output() != OutputFormat.JSON) {
            terminal.out().println(card.data().path("text").asString());
        }
        Signing signing = signing(card.data().path("approvers"));
        var text = new KeeperAnswer(terminal, desk.ask("to-sign", id, choice.text(), signing.name));
        if (text.code() != ExitCode.DONE) {
            return text.print(wharf.output());
        }
        String sign = text.data().path("sign").asString();
        isWhatWasSaid(sign, choice, signing.name);
        if (options.text().isPresent()) {
            return written(options.text().get(), sign);
        }
        if (!agreed(choice, signing.name)) {
            terminal.err().println("nothing was decided");
            return ExitCode.NO;
        }
        return deliver(sign, new Signer(terminal).sign(sign, signing.file()), reason);
    }

    /** A key signs what its person said, whatever the other side hands out to be signed. */
    private static void isWhatWasSaid(String text, Choice choice, String name)
            throws CommandFailed {
        boolean said =
                ApprovalText.parse(text)
                        .fold(
                                asked ->
                                        asked.decision() == choice && asked.approver().equals(name),
                                _ -> false);
        if (!said) {
            throw new CommandFailed(
                    ExitCode.WORLD,
                    "you were handed something else to sign, and nothing was signed:\n" + text);
        }
    }

    private ExitCode deliver(String text, String signature, String reason)
            throws IOException, CommandFailed {
        JsonNode answer =
                desk.ask(
                        "decide",
                        DecisionAnswers.encoded(text),
                        DecisionAnswers.encoded(signature),
                        DecisionAnswers.encoded(reason));
        return new KeeperAnswer(terminal, answer).print(wharf.output());
    }

    private ExitCode written(String file, String text) throws IOException {
        Files.writeString(terminal.resolve(file), text, StandardCharsets.UTF_8);
        terminal.out().println("wrote " + file + "; sign it where the key is:");
        terminal.out().println("  ssh-keygen -Y sign -n wharfinger-approval -f KEY " + file);
        terminal.out().println("then deliver it with --signature " + file + ".sig");
        return ExitCode.DONE;
    }

    /** {@code ssh-keygen} puts the signature beside the text. */
    private ExitCode signedElsewhere(String file, String reason) throws IOException, CommandFailed {
        if (!file.endsWith(".sig")) {
            throw new CommandFailed(
                    ExitCode.USAGE,
                    "--signature takes FILE.sig, and the text lies beside it as FILE");
        }
        Path signature = terminal.resolve(file);
        Path text = terminal.resolve(file.substring(0, file.length() - ".sig".length()));
        return deliver(
                Files.readString(text, StandardCharsets.UTF_8),
                Files.readString(signature, StandardCharsets.US_ASCII),
                reason);
    }

    /** Who signs, and with which file. */
    private record Signing(String name, Optional<Path> key) {
        Path file() {
            return key.orElseThrow();
        }
    }

    private Signing signing(JsonNode approvers) throws IOException, CommandFailed {
        if (options.text().isPresent() && options.name().isPresent()) {
            return new Signing(options.name().get(), Optional.empty());
        }
        var keys = new PersonKeys(terminal);
        List<PersonKeys.Found> mine =
                options.key().isPresent() ? List.of(keys.named(options.key().get())) : keys.usual();
        for (PersonKeys.Found found : mine) {
            Optional<String> name = owner(approvers, found.key());
            if (name.isPresent()) {
                return new Signing(name.get(), Optional.of(found.file()));
            }
        }
        throw new CommandFailed(
                ExitCode.NO,
                (mine.isEmpty() ? "no SSH key was found in ~/.ssh" : "your key may not decide here")
                        + "; the accepted approvers are: "
                        + (approvers.isEmpty() ? "nobody" : names(approvers))
                        + "\nenrol with `wharf approver add NAME`, then `wharf trust`");
    }

    private Optional<String> owner(JsonNode approvers, SshPublicKey key) {
        return approvers
                .valueStream()
                .filter(one -> one.path("key").asString().equals(key.key()))
                .map(one -> one.path("name").asString())
                .filter(name -> options.name().isEmpty() || options.name().get().equals(name))
                .findFirst();
    }

    private static String names(JsonNode approvers) {
        return String.join(
                ", ",
                approvers
                        .valueStream()
                        .map(one -> one.path("name").asString())
                        .distinct()
                        .toList());
    }

    private boolean agreed(Choice choice, String name) throws IOException {
        if (options.yes() || wharf.output() == OutputFormat.JSON) {
            return true;
        }
        terminal.err().print(choice.text() + " this as " + name + "? [y/N] ");
        terminal.err().flush();
        var in = new BufferedReader(new InputStreamReader(terminal.in(), StandardCharsets.UTF_8));
        String said = in.readLine();
        return said != null && said.strip().matches("(?i)y|yes");
    }
}
