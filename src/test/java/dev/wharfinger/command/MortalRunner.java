package dev.wharfinger.command;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A process that starts a service and runs a command, to be killed while both go on. */
public final class MortalRunner {
    private MortalRunner() {}

    /** The folder in which each writes its process ids. */
    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        Map<String, String> environment = Map.of("PATH", "/usr/bin:/bin");
        var service =
                new ServiceSpec(
                        List.of("/bin/sh", "-c", "echo $$ > service; exec sleep 300"),
                        folder,
                        environment,
                        folder.resolve("log"));
        new Services().start(service);
        Confinement wanted = Confinement.valueOf(arguments[1]);
        String script =
                "sleep 300 & echo $$ $! > half; (sleep 300 & sleep 300) & echo $! >> half;"
                        + " exec 3>&1; mv half command; wait";
        var spec =
                new CommandSpec(List.of("/bin/sh", "-c", script), List.of(), Duration.ofMinutes(4));
        new CommandRunner(wanted, List.of(), environment)
                .run(spec, folder, new Redactor(List.of()), () -> false);
    }
}
