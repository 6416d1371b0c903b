package dev.wharfinger.identity;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;

/** Who could work as whom on this machine. */
class AccountsTest {
    @TempDir Path folder;

    private Accounts accounts = Accounts.ofThisMachine();

    @BeforeEach
    void write() throws Exception {
        Path passwd =
                Files.writeString(
                        folder.resolve("passwd"),
                        """
                        root:x:0:0:root:/root:/bin/bash
                        wharf:x:990:990::/var/lib/wharfinger:/usr/sbin/nologin
                        sync:x:4:65534:sync:/bin:/bin/false
                        anna:x:1000:1000:Anna:/home/anna:/bin/bash
                        carl:x:1001:0:Carl:/home/carl:/bin/bash
                        short:x
                        """);
        Path group =
                Files.writeString(
                        folder.resolve("group"),
                        "root:x:0:\nwheel:x:10:anna\ndocker:x:998:berta,anna\nwharf:x:990:anna\n");
        accounts = new Accounts(passwd, group);
    }

    @Test
    void nobodyWorksAsAUserWithoutAShell() throws Exception {
        assertThat(accounts.logsIn("wharf")).isFalse();
        assertThat(accounts.logsIn("sync")).isFalse();
        assertThat(accounts.logsIn("anna")).isTrue();
    }

    @Test
    void whoIsNotKnownHereCouldLogIn() throws Exception {
        assertThat(accounts.logsIn("of-the-network")).isTrue();
        assertThat(accounts.logsIn("short")).isTrue();
        assertThat(new Accounts(folder.resolve("none"), folder.resolve("none")).logsIn("wharf"))
                .isTrue();
    }

    @Test
    void groupsThatAreAsGoodAsRootAreNamed() throws Exception {
        assertThat(accounts.asRoot("anna")).containsExactly("docker");
        assertThat(accounts.asRoot("carl")).containsExactly("root");
        assertThat(accounts.asRoot("wharf")).isEmpty();
        assertThat(accounts.asRoot("bert")).isEmpty();
    }

    @Test
    void theProcessIsSomebodys() throws Exception {
        Path mine = Files.createFile(folder.resolve("mine"));
        assertThat(Peer.ofThisProcess().user()).isEqualTo(Files.getOwner(mine).getName());
    }
}
