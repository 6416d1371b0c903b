package dev.wharfinger.cli;

import dev.wharfinger.approval.Signatures;
import dev.wharfinger.approval.SshPrivateKey;
import dev.wharfinger.command.Attended;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Signs a text with a person's SSH key: through {@code ssh-keygen}, on the person's terminal, since
 * it knows FIDO keys, passphrases and agents; in plain Java where it is missing.
 */
record Signer(Terminal terminal) {
    /** The signature, armored. */
    String sign(String text, Path key) throws IOException, CommandFailed {
        Optional<Attended> program = Attended.find("ssh-keygen", terminal.environment());
        return program.isPresent() ? sign(program.get(), text, key) : here(text, key);
    }

    /** What plain Java can: a key in a file, in the clear. */
    private static String here(String text, Path key) throws IOException, CommandFailed {
        try {
            return SshPrivateKey.parse(Files.readString(key)).sign(text);
        } catch (IllegalArgumentException e) {
            throw new CommandFailed(
                    ExitCode.WORLD,
                    "there is no ssh-keygen on the PATH, and without it "
                            + key
                            + " cannot sign: "
                            + e.getMessage()
                            + ". Install OpenSSH, or sign elsewhere (--write-text, --signature)");
        }
    }

    private static String sign(Attended program, String text, Path key)
            throws IOException, CommandFailed {
        Attended.Said said =
                program.run(
                        List.of("-Y", "sign", "-n", Signatures.NAMESPACE, "-f", key.toString()),
                        text.getBytes(StandardCharsets.UTF_8));
        String signature = new String(said.output(), StandardCharsets.US_ASCII);
        if (said.exit() != 0 || !signature.startsWith("-----BEGIN SSH SIGNATURE-----")) {
            throw new CommandFailed(
                    ExitCode.WORLD,
                    "ssh-keygen did not sign with " + key + "; nothing was decided");
        }
        return signature;
    }
}
