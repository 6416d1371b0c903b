package dev.wharfinger.cli;

import dev.wharfinger.identity.SecretHash;
import dev.wharfinger.identity.Token;
import dev.wharfinger.identity.Token.Shown;
import dev.wharfinger.identity.TokenFile;
import dev.wharfinger.persona.PersonaName;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** {@code wharf token}: bearer tokens for {@code wharf serve}; kept hashed, shown once. */
@Command(name = "token", description = "Bearer tokens for wharf serve: creates, lists, revokes.")
final class TokenCommand {
    private final Terminal terminal;
    private final Wharf wharf;

    TokenCommand(Terminal terminal, Wharf wharf) {
        this.terminal = terminal;
        this.wharf = wharf;
    }

    @Command(name = "create", description = "Makes a token of one persona, for one person.")
    ExitCode create(
            @Mixin PlaceOptions where,
            @Option(
                            names = "--persona",
                            paramLabel = "NAME",
                            required = true,
                            description = "The only persona that it can be.")
                    String persona,
            @Option(
                            names = "--for",
                            paramLabel = "PERSON",
                            required = true,
                            description = "The human who answers for the agent.")
                    String person,
            @Option(
                            names = "--user",
                            paramLabel = "USER",
                            description =
                                    "Whoever is this user of the machine has it, at the service's"
                                            + " socket; there is no secret then.")
                    @Nullable String user,
            @Option(names = "--name", paramLabel = "TEXT", description = "What it is called.")
                    @Nullable String name,
            @Option(
                            names = "--expires",
                            paramLabel = "DURATION",
                            defaultValue = "90d",
                            description = "How long it holds (${DEFAULT-VALUE}).")
                    String expires)
            throws Exception {
        var folder = ProjectFolder.open(terminal, where.own(terminal));
        if (!folder.knows(persona)) {
            throw new CommandFailed(
                    ExitCode.CONFIGURATION, "there is no persona `" + persona + "`");
        }
        if (!Token.isPerson(person)) {
            throw new CommandFailed(ExitCode.USAGE, "`" + person + "` is no person's name");
        }
        if (user != null && !Token.isUser(user)) {
            throw new CommandFailed(ExitCode.USAGE, "`" + user + "` is no user's name");
        }
        var random = new SecureRandom();
        String called = name == null ? persona + "-" + suffix(random) : name;
        if (!Token.isName(called)) {
            throw new CommandFailed(ExitCode.USAGE, "`" + called + "` is no token's name");
        }
        String secret = Token.secret(random);
        Instant end = terminal.clock().instant().plus(duration(expires));
        Shown shown =
                user == null ? new Shown.BySecret(SecretHash.of(secret)) : new Shown.ByUser(user);
        var token = new Token(called, new PersonaName(persona), person, shown, Optional.of(end));
        try {
            new TokenFile(folder.state().tokens()).add(token);
        } catch (IllegalArgumentException e) {
            throw new CommandFailed(ExitCode.NO, String.valueOf(e.getMessage()));
        }
        print(token, user == null ? Optional.of(secret) : Optional.empty());
        return ExitCode.DONE;
    }

    private void print(Token token, Optional<String> secret) {
        if (wharf.output() == OutputFormat.JSON) {
            ObjectNode node = node(token, terminal.clock().instant());
            secret.ifPresent(shown -> node.put("token", shown));
            terminal.out().println(node);
            return;
        }
        secret.ifPresent(terminal.out()::println);
        terminal.err()
                .println(
                        token.name()
                                + ": /"
                                + token.persona()
                                + " for "
                                + token.person()
                                + " until "
                                + token.expires().orElseThrow()
                                + (secret.isPresent()
                                        ? "; it is shown only now"
                                        : "; " + by(token) + " has it at the service's socket"));
    }

    private static String by(Token token) {
        return switch (token.shown()) {
            case Shown.BySecret _ -> "secret";
            case Shown.ByUser(var user) -> "user " + user;
        };
    }

    @Command(name = "list", description = "Lists tokens, never their secrets.")
    ExitCode list(@Mixin PlaceOptions where) throws Exception {
        var folder = ProjectFolder.open(terminal, where.own(terminal));
        var tokens = new TokenFile(folder.state().tokens()).all();
        Instant now = terminal.clock().instant();
        if (wharf.output() == OutputFormat.JSON) {
            ObjectNode node = new JsonMapper().createObjectNode();
            var list = node.putArray("tokens");
            tokens.forEach(token -> list.add(node(token, now)));
            terminal.out().println(node);
            return ExitCode.DONE;
        }
        var table = new Table("NAME", "PERSONA", "FOR", "BY", "UNTIL", "STATE");
        tokens.forEach(token ->
                table.row(
                        token.name(),
                        token.persona().value(),
                        token.person(),
                        by(token),
                        token.expires().map(Instant::toString).orElse("-"),
                        token.holds(now) ? "holds" : "expired"));
        table.print(terminal.out());
        return ExitCode.DONE;
    }

    @Command(name = "revoke", description = "Takes a token back, at once.")
    ExitCode revoke(
            @Mixin PlaceOptions where,
            @Parameters(paramLabel = "NAME", description = "The token's name.") String name)
            throws Exception {
        var folder = ProjectFolder.open(terminal, where.own(terminal));
        if (!new TokenFile(folder.state().tokens()).revoke(name)) {
            throw new CommandFailed(ExitCode.NO, "there is no token `" + name + "`");
        }
        terminal.out().println("revoked " + name);
        return ExitCode.DONE;
    }

    private static Duration duration(String text) throws CommandFailed {
        if (!text.matches("[1-9][0-9]{0,4}[mhd]")) {
            throw new CommandFailed(
                    ExitCode.USAGE, "--expires takes 30m, 12h or 90d, not `" + text + "`");
        }
        long amount = Long.parseLong(text.substring(0, text.length() - 1));
        return switch (text.charAt(text.length() - 1)) {
            case 'm' -> Duration.ofMinutes(amount);
            case 'h' -> Duration.ofHours(amount);
            default -> Duration.ofDays(amount);
        };
    }

    private static ObjectNode node(Token token, Instant now) {
        return new JsonMapper()
                .createObjectNode()
                .put("name", token.name())
                .put("persona", token.persona().value())
                .put("for", token.person())
                .put("by", by(token))
                .put("expires", token.expires().map(Instant::toString).orElse("-"))
                .put("holds", token.holds(now));
    }

    private static String suffix(SecureRandom random) {
        return String.format(Locale.ROOT, "%08x", random.nextInt());
    }
}
