package dev.wharfinger.deploy;

import java.util.List;

/** What the trail holds of one deployment, in the order in which it was written. */
public record Progress(List<StepEvent> intended, List<StepEvent> done) {
    /** Nothing was ever intended. */
    public static final Progress NONE = new Progress(List.of(), List.of());

    public Progress {
        intended = List.copyOf(intended);
        done = List.copyOf(done);
    }

    boolean intends(Way way, String phase) {
        return holds(intended, way, phase);
    }

    boolean isDone(Way way, String phase) {
        return holds(done, way, phase);
    }

    boolean turnedBack() {
        return intended.stream().anyMatch(event -> event.way() == Way.BACK);
    }

    /** Why the deployment turned back, as the trail holds it. */
    String reason() {
        return intended.stream()
                .filter(event -> event.way() == Way.BACK && event.phase().equals("turn-back"))
                .map(StepEvent::detail)
                .findFirst()
                .orElse("the deployment was interrupted on its way back");
    }

    private static boolean holds(List<StepEvent> events, Way way, String phase) {
        return events.stream().anyMatch(e -> e.way() == way && e.phase().equals(phase));
    }
}
