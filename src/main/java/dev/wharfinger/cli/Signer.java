package dev.wharfinger.cli;

import dev.wharfinger.approval.Signatures;
import dev.wharfinger.command.Attended;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Signs a text with a person's SSH key, through {@code ssh-keygen}, on the person's terminal. */
record Signer(Terminal terminal) {
    /** The signature, armored. */
    String sign(String text, Path key) throws IOException, CommandFailed {
        Attended program =
                Attended.find("ssh-keygen", terminal.environment())
                        .orElseThrow(() ->
                                new CommandFailed(
                                        ExitCode.WORLD,
                                        "there is no ssh-keygen on the PATH: install OpenSSH, or"
                                                + " sign elsewhere (--write-text, --signature)"));
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
