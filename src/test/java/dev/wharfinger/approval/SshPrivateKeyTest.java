package dev.wharfinger.approval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What plain Java signs, the real {@code ssh-keygen} verifies. */
class SshPrivateKeyTest {
    @TempDir Path folder;

    private Path key(String type, String bits, String passphrase) throws Exception {
        Path file = folder.resolve("id_" + type + passphrase);
        Process made =
                new ProcessBuilder(
                                "ssh-keygen",
                                "-q",
                                "-t",
                                type,
                                "-b",
                                bits,
                                "-N",
                                passphrase,
                                "-f",
                                file.toString())
                        .inheritIO()
                        .start();
        assertThat(made.waitFor()).isZero();
        return file;
    }

    private int verify(String line, String text, String signature) throws Exception {
        Path signers = Files.writeString(folder.resolve("signers"), line + "\n");
        Path made = Files.writeString(folder.resolve("made.sig"), signature);
        Process verify =
                new ProcessBuilder(
                                List.of(
                                        "ssh-keygen",
                                        "-Y",
                                        "verify",
                                        "-f",
                                        signers.toString(),
                                        "-I",
                                        "anna",
                                        "-n",
                                        "wharfinger-approval",
                                        "-s",
                                        made.toString()))
                        .inheritIO()
                        .redirectInput(ProcessBuilder.Redirect.PIPE)
                        .start();
        verify.outputWriter().append(text).close();
        return verify.waitFor();
    }

    @ParameterizedTest
    @CsvSource({"ed25519, 256", "ecdsa, 256", "rsa, 3072"})
    void theRealSshKeygenVerifiesWhatPlainJavaSigns(String type, String bits) throws Exception {
        Path file = key(type, bits, "");
        SshPrivateKey key = SshPrivateKey.parse(Files.readString(file));
        assertThat(SshPublicKey.ofLine(Files.readString(Path.of(file + ".pub"))))
                .contains(key.publicKey());
        String line = key.publicKey().signerLine(new ApproverName("anna"));
        String signature = key.sign("a text\n");
        assertThat(verify(line, "a text\n", signature)).isZero();
        assertThat(verify(line, "another\n", signature)).isNotZero();
        assertThat(verify(line, "a text\n", key.sign("a text\n", "git"))).isNotZero();
    }

    @Test
    void aKeyThatWasJustMadeSignsToo() throws Exception {
        SshPrivateKey key = SshPrivateKey.generate();
        String line = key.publicKey().signerLine(new ApproverName("anna"));
        assertThat(verify(line, "a text\n", key.sign("a text\n"))).isZero();
    }

    @Test
    void whatPlainJavaCannotUseIsNamed() throws Exception {
        String guarded = Files.readString(key("ed25519", "256", "a long passphrase"));
        assertThatThrownBy(() -> SshPrivateKey.parse(guarded)).hasMessageContaining("passphrase");
        assertThatThrownBy(() -> SshPrivateKey.parse("ssh-ed25519 AAAA"))
                .hasMessageContaining("no private key");
        String whole = Files.readString(key("ed25519", "256", ""));
        assertThatThrownBy(
                        () -> SshPrivateKey.parse(whole.substring(0, 120) + "\n-----END OPENSSH"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
