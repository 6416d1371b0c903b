package dev.wharfinger.cli;

import dev.wharfinger.approval.Approver;
import dev.wharfinger.approval.ApproverName;
import dev.wharfinger.approval.Approvers;
import dev.wharfinger.approval.SshPublicKey;
import dev.wharfinger.tool.RuleFiles;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * {@code wharf approver}: who may decide. What it writes acts once the change is accepted, like
 * every change of the rules.
 */
@Command(name = "approver", description = "Who may decide: adds, lists and revokes approvers.")
final class ApproverCommand {
    private static final String NEXT =
            "It acts once it is accepted: run `wharf trust` (approvers of before decide with"
                    + " `wharf approve`).";
    private final Terminal terminal;
    private final Wharf wharf;

    ApproverCommand(Terminal terminal, Wharf wharf) {
        this.terminal = terminal;
        this.wharf = wharf;
    }

    @Command(name = "add", description = "Enrols a person's SSH key.")
    ExitCode add(
            @Mixin PlaceOptions where,
            @Parameters(paramLabel = "NAME", description = "The person.") String name,
            @Option(
                            names = "--key",
                            paramLabel = "FILE",
                            description = "The public key; else the first of ~/.ssh.")
                    @Nullable String file,
            @Option(
                            names = "--passkey",
                            description = "Reads the line that the server's page /enroll shows.")
                    boolean passkey)
            throws Exception {
        ApproverName person = person(name);
        if (passkey && file != null) {
            throw new CommandFailed(ExitCode.USAGE, "a passkey has no file: leave out --key");
        }
        SshPublicKey key = passkey ? pasted() : owned(file);
        var folder = ProjectFolder.open(terminal, where.own(terminal));
        new ApproversFile(folder.state().approvers()).add(person, key);
        terminal.out()
                .println(
                        "added "
                                + name
                                + ", "
                                + key.type()
                                + " "
                                + key.fingerprint()
                                + (key.touchable()
                                        ? ""
                                        : " (proves no touch: it decides only where `presence:"
                                                + " any`)"));
        terminal.out().println(NEXT);
        return ExitCode.DONE;
    }

    /** The key in this file, else the person's usual one. */
    private SshPublicKey owned(@Nullable String file) throws Exception {
        var keys = new PersonKeys(terminal);
        if (file != null) {
            return keys.named(file).key();
        }
        List<PersonKeys.Found> usual = keys.usual();
        if (usual.isEmpty()) {
            throw new CommandFailed(
                    ExitCode.CONFIGURATION,
                    "no SSH key was found in ~/.ssh; make one with `ssh-keygen -t ed25519-sk`,"
                            + " name one with --key, or use --passkey");
        }
        return usual.getFirst().key();
    }

    /** The key that the page made: whoever runs the server carries it over by hand. */
    private SshPublicKey pasted() throws Exception {
        terminal.err().println("open /enroll on the server's pages, and paste the line it shows:");
        var in = new BufferedReader(new InputStreamReader(terminal.in(), StandardCharsets.UTF_8));
        String line = in.readLine();
        return SshPublicKey.ofLine(line == null ? "" : line)
                .filter(SshPublicKey::touchable)
                .orElseThrow(() ->
                        new CommandFailed(
                                ExitCode.USAGE,
                                "that is no passkey's line; it begins with"
                                        + " sk-ecdsa-sha2-nistp256@openssh.com"));
    }

    @Command(name = "list", description = "Lists who may decide, and who waits to be accepted.")
    ExitCode list(@Mixin PlaceOptions where) throws Exception {
        var folder = ProjectFolder.open(terminal, where.own(terminal));
        Approvers written = parsed(folder.approversBytes().orElse(new byte[0]));
        Approvers accepted = parsed(folder.trustedBytes(RuleFiles.APPROVERS).orElse(new byte[0]));
        var rows = new java.util.LinkedHashMap<Approver, String>();
        accepted.all().forEach(one -> rows.put(one, "revoked, not yet accepted"));
        written.all()
                .forEach(one ->
                        rows.put(
                                one,
                                accepted.all().contains(one) ? "decides" : "not yet accepted"));
        if (wharf.output() == OutputFormat.JSON) {
            ObjectNode node = new JsonMapper().createObjectNode();
            var list = node.putArray("approvers");
            rows.forEach((one, state) ->
                    list.addObject()
                            .put("name", one.name().value())
                            .put("type", one.keyType())
                            .put("fingerprint", fingerprint(one))
                            .put("touch", one.touchable())
                            .put("state", state));
            terminal.out().println(node);
            return ExitCode.DONE;
        }
        var table = new Table("NAME", "KEY", "FINGERPRINT", "TOUCH", "STATE");
        rows.forEach((one, state) ->
                table.row(
                        one.name().value(),
                        one.keyType(),
                        fingerprint(one),
                        one.touchable() ? "yes" : "no",
                        state));
        table.print(terminal.out());
        return ExitCode.DONE;
    }

    @Command(name = "revoke", description = "Takes a person's keys out, or one of them.")
    ExitCode revoke(
            @Mixin PlaceOptions where,
            @Parameters(paramLabel = "NAME", description = "The person.") String name,
            @Option(
                            names = "--key",
                            paramLabel = "FILE",
                            description = "Only this key; else all of the person's.")
                    @Nullable String file)
            throws Exception {
        ApproverName person = person(name);
        var folder = ProjectFolder.open(terminal, where.own(terminal));
        List<SshPublicKey> only =
                file == null ? List.of() : List.of(new PersonKeys(terminal).named(file).key());
        int gone = new ApproversFile(folder.state().approvers()).revoke(person, only);
        if (gone == 0) {
            throw new CommandFailed(ExitCode.NO, name + " has no such key among the approvers");
        }
        terminal.out().println("revoked " + gone + (gone == 1 ? " key of " : " keys of ") + name);
        terminal.out().println(NEXT);
        return ExitCode.DONE;
    }

    private static ApproverName person(String name) throws CommandFailed {
        if (!ApproverName.isName(name)) {
            throw new CommandFailed(
                    ExitCode.USAGE, "`" + name + "` is no name: letters, digits and . _ @ + -");
        }
        return new ApproverName(name);
    }

    private static Approvers parsed(byte[] bytes) {
        return Approvers.parse(new String(bytes, StandardCharsets.UTF_8));
    }

    private static String fingerprint(Approver one) {
        return new SshPublicKey(one.keyType(), one.key()).fingerprint();
    }
}
