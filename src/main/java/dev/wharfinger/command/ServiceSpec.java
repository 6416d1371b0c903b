package dev.wharfinger.command;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A service to start: its argument list, the folder it runs in, its whole environment, and the file
 * that takes its output (appended; made with mode 0640 where it is missing). The environment holds
 * {@value #DEPLOYMENT} and {@value #RELEASE}: by them a later keeper knows it again.
 */
public record ServiceSpec(
        List<String> argv, Path folder, Map<String, String> environment, Path log) {
    /** The deployment that started the service. */
    public static final String DEPLOYMENT = "WHARF_DEPLOYMENT";

    /** The digest of the release that it runs. */
    public static final String RELEASE = "WHARF_RELEASE";

    public ServiceSpec {
        argv = List.copyOf(argv);
        Arguments.check(argv);
        environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
        Arguments.check(environment);
        for (String name : List.of(DEPLOYMENT, RELEASE)) {
            if (!environment.containsKey(name)) {
                throw new IllegalArgumentException("a service's environment holds " + name);
            }
        }
        if (!folder.isAbsolute() || !log.isAbsolute()) {
            throw new IllegalArgumentException("a service's folder and log are absolute");
        }
    }
}
