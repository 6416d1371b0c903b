package dev.wharfinger.deploy;

import dev.wharfinger.workspace.CommitId;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;

/**
 * A deployer in a process of its own, made to be killed: it stops for ever at one moment of one
 * step, says {@code HERE}, and waits for its end. With a point {@code return ...} it does not
 * deploy: it goes back, as a person or an agent asks for it.
 */
final class MortalDeployer {
    private MortalDeployer() {}

    static final String REASON = "errors everywhere";

    /** Where it stops: {@code forward switch before-effect}; {@code none} for nowhere. */
    public static void main(String[] arguments) throws Exception {
        var lab = new DeployLab(Path.of(arguments[0]), Integer.parseInt(arguments[1]));
        var release = release(arguments[2]);
        var previous =
                arguments[3].isEmpty()
                        ? Optional.<Release>empty()
                        : Optional.of(release(arguments[3]));
        var point = arguments[4];
        var trail = new FileTrail(lab.root.resolve("trail"), point);
        var target = new Stopping(lab.target(), point);
        System.out.println("READY");
        var result =
                point.startsWith("return ")
                        ? DeployLab.runner()
                                .rollBack(lab.grant(release, previous, 3), REASON, target, trail)
                        : DeployLab.runner()
                                .run(lab.grant(release, previous, 2), target, trail, () -> false);
        System.out.println(result);
    }

    static String text(Release release) {
        return release.artifact() + " " + release.version() + " " + release.commit();
    }

    private static Release release(String text) {
        var words = text.split(" ");
        return new Release(new ArtifactDigest(words[0]), words[1], new CommitId(words[2]));
    }

    private static void stopAt(String point, String here) {
        if (point.equals(here)) {
            System.out.println("HERE");
            while (true) {
                try {
                    Thread.sleep(60_000);
                } catch (InterruptedException onlyAKillEndsIt) {
                    continue;
                }
            }
        }
    }

    /** Each event a durable line, read back by whoever recovers. */
    record FileTrail(Path file, String point) implements Trail {
        @Override
        public void intend(StepEvent event) {
            append("intend", event);
        }

        @Override
        public void done(StepEvent event) {
            append("done", event);
            String way = point.startsWith("return ") ? "return" : event.way().text();
            stopAt(point, way + " " + event.phase() + " after-record");
        }

        private void append(String what, StepEvent event) {
            var line =
                    String.join(
                                    "\t",
                                    what,
                                    event.deployment(),
                                    Long.toString(event.fence()),
                                    event.way().text(),
                                    event.phase(),
                                    event.detail())
                            + "\n";
            try (var channel =
                    FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
                channel.write(java.nio.ByteBuffer.wrap(line.getBytes()));
                channel.force(true);
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }

        Progress read() throws IOException {
            List<StepEvent> intended = new ArrayList<>();
            List<StepEvent> done = new ArrayList<>();
            for (var line : Files.exists(file) ? Files.readAllLines(file) : List.<String>of()) {
                var parts = line.split("\t", 6);
                var event =
                        new StepEvent(
                                parts[1],
                                Long.parseLong(parts[2]),
                                Way.of(parts[3]),
                                parts[4],
                                parts[5]);
                (parts[0].equals("intend") ? intended : done).add(event);
            }
            return new Progress(intended, done);
        }
    }

    /** The real target, which stops right before or after an effect. */
    private record Stopping(LocalTarget target, String point, AtomicReference<Way> on)
            implements Target {
        Stopping(LocalTarget target, String point) {
            this(target, point, new AtomicReference<>(Way.FORWARD));
        }

        @Override
        public Done perform(Step step, DeployGrant grant, BooleanSupplier cancelled)
                throws StepFailed {
            on.set(way(step.effect()).orElse(on.get()));
            var way = point.startsWith("return ") ? "return" : on.get().text();
            var here = way + " " + step.effect().phase();
            stopAt(point, here + " before-effect");
            var done = target.perform(step, grant, cancelled);
            stopAt(point, here + " after-effect");
            return done;
        }

        /** Steps that only look do not say their way: it is that of the one before. */
        private static Optional<Way> way(Effect effect) {
            return switch (effect) {
                case Effect.TakeFence(var way) -> Optional.of(way);
                case Effect.Switch(_, var way) -> Optional.of(way);
                case Effect.Stop(var way) -> Optional.of(way);
                case Effect.Start(_, var way) -> Optional.of(way);
                default -> Optional.empty();
            };
        }

        @Override
        public List<Step> rollout(Release release, Optional<Release> from) {
            return target.rollout(release, from);
        }

        @Override
        public List<Step> rollback(Release from, Optional<Release> to) {
            return target.rollback(from, to);
        }

        @Override
        public Observed observe() {
            return target.observe();
        }

        @Override
        public URI url() {
            return target.url();
        }

        @Override
        public Hold hold(DeployGrant grant, Way way) throws StepFailed {
            return target.hold(grant, way);
        }

        @Override
        public boolean happened(Probe probe, DeployGrant grant) throws StepFailed {
            return target.happened(probe, grant);
        }
    }
}
