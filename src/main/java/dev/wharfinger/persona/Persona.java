package dev.wharfinger.persona;

import dev.wharfinger.rule.RuleId;
import dev.wharfinger.rule.Source;
import dev.wharfinger.workspace.ContentHash;
import dev.wharfinger.workspace.WorkspacePath;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Who is calling and what the persona's file allows. Every part keeps the line it was read from, so
 * that a refusal can show it.
 *
 * @param file the file as refusals name it: {@code prompts/deploy.md}
 * @param hash of the file's bytes as they were given, before any repair
 * @param runsAfter the personas that come first, by command: {@code /test}
 */
public record Persona(
        PersonaName name,
        String title,
        String description,
        String file,
        ContentHash hash,
        Optional<SkillLink> skill,
        List<Lane> lanes,
        List<ProtocolRule> protocol,
        List<Status> statuses,
        List<ChecklistItem> entry,
        List<Prerequisite> prerequisites,
        List<Prohibition> prohibitions,
        List<Phase> phases,
        List<QualityCheck> qualityGate,
        List<ChecklistItem> exit,
        List<HandoffRow> handoffs,
        List<RollbackStep> rollback,
        List<String> runsAfter,
        Optional<Source> timing,
        List<Warning> warnings) {
    public Persona {
        lanes = List.copyOf(lanes);
        protocol = List.copyOf(protocol);
        statuses = List.copyOf(statuses);
        entry = List.copyOf(entry);
        prerequisites = List.copyOf(prerequisites);
        prohibitions = List.copyOf(prohibitions);
        phases = List.copyOf(phases);
        qualityGate = List.copyOf(qualityGate);
        exit = List.copyOf(exit);
        handoffs = List.copyOf(handoffs);
        rollback = List.copyOf(rollback);
        runsAfter = List.copyOf(runsAfter);
        warnings = List.copyOf(warnings);
    }

    /** The lane of a path; of several the strongest: owner, then collaborative, then reader. */
    public Optional<Lane> laneOf(WorkspacePath path) {
        return lanes.stream()
                .filter(lane -> lane.covers(path))
                .min(Comparator.comparing(Lane::mode));
    }

    /** Whether a lane lets this persona write the path. Forbidden paths are refused elsewhere. */
    public boolean mayWrite(WorkspacePath path) {
        return laneOf(path).filter(lane -> lane.mode().mayWrite()).isPresent();
    }

    /** Whether this persona ships; the others prove, write or look. */
    public boolean deploys() {
        return name.value().equals("deploy");
    }

    /** Whether any lane of it may be written; without one it is offered no tool that writes. */
    public boolean writes() {
        return !writeLanes().isEmpty();
    }

    /** Whether it has shifts: the auditor only looks, and no sighting of its counts. */
    public boolean hasShifts() {
        return !name.value().equals("auditor");
    }

    /** The lanes that may be written. */
    public List<Lane> writeLanes() {
        return lanes.stream().filter(lane -> lane.mode().mayWrite()).toList();
    }

    /** The cell text of a status, with the emoji of this file's table: {@code ✅ DONE}. */
    public String statusText(StatusWord word) {
        return statuses.stream()
                .filter(status -> status.word() == word)
                .map(Status::text)
                .findFirst()
                .orElse(word.text());
    }

    public Optional<ChecklistItem> entryItem(ItemKind kind) {
        return entry.stream().filter(item -> item.kind() == kind).findFirst();
    }

    public Optional<ChecklistItem> exitItem(ItemKind kind) {
        return exit.stream().filter(item -> item.kind() == kind).findFirst();
    }

    public Optional<HandoffRow> handoff(String slug) {
        return handoffs.stream().filter(row -> row.slug().equals(slug)).findFirst();
    }

    public Optional<Phase> phase(PhaseKind kind) {
        return phases.stream().filter(phase -> phase.kind() == kind).findFirst();
    }

    public Optional<Prohibition> prohibition(RuleId rule) {
        return prohibitions.stream()
                .filter(prohibition -> prohibition.rule().filter(rule::equals).isPresent())
                .findFirst();
    }

    public Optional<ProtocolRule> protocol(ProtocolKind kind) {
        return protocol.stream().filter(rule -> rule.kind() == kind).findFirst();
    }

    /** The line that demands a gate: a prerequisite, else a line of the quality gate. */
    public Optional<Source> sourceOfGate(String gate) {
        return Stream.concat(
                        prerequisites.stream()
                                .filter(line -> line.gate().filter(gate::equals).isPresent())
                                .map(Prerequisite::source),
                        qualityGate.stream()
                                .filter(line -> line.gate().filter(gate::equals).isPresent())
                                .map(QualityCheck::source))
                .findFirst();
    }

    /** The first line of a part of the file, or nothing where the file has no such part. */
    public Optional<Source> source(Topic topic) {
        return switch (topic) {
            case PROTOCOL -> protocol.stream().map(ProtocolRule::source).findFirst();
            case LANES -> lanes.stream().map(Lane::source).findFirst();
            case TIMING -> timing;
            case STATUSES -> statuses.stream().map(Status::source).findFirst();
            case ENTRY -> entry.stream().map(ChecklistItem::source).findFirst();
            case PREREQUISITES -> prerequisites.stream().map(Prerequisite::source).findFirst();
            case PROHIBITIONS -> prohibitions.stream().map(Prohibition::source).findFirst();
            case PHASES -> phases.stream().map(Phase::source).findFirst();
            case QUALITY_GATE -> qualityGate.stream().map(QualityCheck::source).findFirst();
            case EXIT -> exit.stream().map(ChecklistItem::source).findFirst();
            case HANDOFFS -> handoffs.stream().map(HandoffRow::source).findFirst();
            case ROLLBACK -> rollback.stream().map(RollbackStep::source).findFirst();
            case SKILL -> skill.map(SkillLink::source);
        };
    }
}
