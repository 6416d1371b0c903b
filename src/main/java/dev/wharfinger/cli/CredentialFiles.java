package dev.wharfinger.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Files of a user's home by which something can be deployed or published past the server. They are
 * looked for by place; where a file is there without a secret too, it is searched for one. What was
 * found there is never shown.
 */
record CredentialFiles(Path home, Terminal terminal) {
    private static final int MOST = 1 << 20;

    /**
     * @param secret what stands in the file only where it holds a secret
     */
    private record Known(String place, String opens, Optional<Pattern> secret) {}

    private static final List<Known> KNOWN =
            List.of(
                    holding(
                            ".kube/config",
                            "Kubernetes clusters",
                            "token|client-key|exec|password"),
                    any(".aws/credentials", "AWS"),
                    any(".config/gcloud/application_default_credentials.json", "Google Cloud"),
                    any(".config/gcloud/credentials.db", "Google Cloud"),
                    any(".azure/msal_token_cache.json", "Azure"),
                    any(".azure/msal_token_cache.bin", "Azure"),
                    holding(".docker/config.json", "container registries", "\"auth\"|credsStore"),
                    any(".netrc", "hosts named there"),
                    any(".git-credentials", "Git hosts"),
                    holding(".config/gh/hosts.yml", "GitHub", "oauth_token"),
                    holding(".npmrc", "npm", "_authToken|_password"),
                    any(".pypirc", "PyPI"),
                    any(".cargo/credentials.toml", "crates.io"),
                    holding(".m2/settings.xml", "Maven repositories", "<password>"),
                    any(".terraform.d/credentials.tfrc.json", "Terraform Cloud"),
                    any(".vault-token", "Vault"),
                    any(".fly/config.yml", "Fly.io"),
                    any(".config/doctl/config.yaml", "DigitalOcean"));

    private static Known any(String place, String opens) {
        return new Known(place, opens, Optional.empty());
    }

    private static Known holding(String place, String opens, String secret) {
        return new Known(place, opens, Optional.of(Pattern.compile(secret)));
    }

    void look(Section section) throws IOException {
        var found = new ArrayList<String>();
        for (Known known : KNOWN) {
            if (holdsSecret(home.resolve(known.place()), known.secret())) {
                found.add("~/" + known.place() + " (" + known.opens() + ")");
            }
        }
        for (String file : terminal.variable("KUBECONFIG").orElse("").split(":")) {
            if (file.startsWith("/") && Files.isReadable(Path.of(file))) {
                found.add("KUBECONFIG (Kubernetes clusters)");
            }
        }
        if (found.isEmpty()) {
            section.ok("credentials", "credentials", "none in the usual places of this home");
        } else {
            section.warn(
                    "credentials",
                    "credentials",
                    "this user can read " + String.join(", ", found),
                    "What they open, an agent with a shell can change without a plan, a proof or an"
                            + " entry. Let the server's own user have them, and nobody else.");
        }
    }

    private static boolean holdsSecret(Path file, Optional<Pattern> secret) throws IOException {
        if (!Files.isRegularFile(file) || !Files.isReadable(file) || Files.size(file) == 0) {
            return false;
        }
        if (secret.isEmpty() || Files.size(file) > MOST) {
            return true;
        }
        return secret.get().matcher(Files.readString(file, ISO_8859_1)).find();
    }
}
