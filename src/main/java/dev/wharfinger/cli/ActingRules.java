package dev.wharfinger.cli;

import dev.wharfinger.persona.PersonaName;
import dev.wharfinger.persona.PersonaUnreadable;
import dev.wharfinger.persona.Personas;
import dev.wharfinger.persona.Personas.PersonaFile;
import dev.wharfinger.shift.Event;
import dev.wharfinger.shift.ProjectState;
import dev.wharfinger.tool.RuleFiles;
import dev.wharfinger.workspace.ContentHash;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The rules under which a keeper acts: {@code wharf.yaml} and the project's own personas as a
 * person accepted them, whatever the files say since then. A file that has its accepted digest acts
 * itself; else the accepted copy in the state folder does, where it has that digest. What is lost
 * or cannot be read here acts not at all: no environment, no command, no persona of the project's
 * own. Before anybody has accepted rules, the files as they stand are all there is.
 *
 * @param folder the project under those rules
 * @param instead the digest of what acts, for each file of which something else stands there
 */
record ActingRules(ProjectFolder folder, Map<String, ContentHash> instead) {
    /** The digest of what does not act. */
    private static final ContentHash NOTHING = ContentHash.of(new byte[0]);

    /** What acts in this project as it stands, after this acceptance. */
    static ActingRules of(ProjectFolder standing, Optional<Event.PolicyAccepted> accepted) {
        return accepted.map(policy -> new Search(standing, policy).found())
                .orElseGet(() -> new ActingRules(standing, Map.of()));
    }

    /** The files of the rules as they stand, which know what acts instead of them. */
    RuleFiles files(ProjectFolder standing, ProjectState state) {
        return new RuleFiles(standing::ruleFiles, state, standing.configured(), instead);
    }

    /** Looks for each file of the accepted rules, by its digest. */
    private static final class Search {
        private final ProjectFolder standing;
        private final Map<String, ContentHash> due = new LinkedHashMap<>();
        private final Map<String, ContentHash> instead = new LinkedHashMap<>();

        Search(ProjectFolder standing, Event.PolicyAccepted accepted) {
            this.standing = standing;
            accepted.files().forEach(file -> due.put(file.path(), file.hash()));
        }

        ActingRules found() {
            Config config = config();
            Personas personas = personas(config);
            if (instead.isEmpty()) {
                return new ActingRules(standing, instead);
            }
            instead.forEach(Search::tell);
            return new ActingRules(
                    new ProjectFolder(
                            standing.terminal(),
                            standing.root(),
                            true,
                            config,
                            standing.state(),
                            personas),
                    instead);
        }

        private static void tell(String name, ContentHash acts) {
            Logger.getLogger(ActingRules.class.getName())
                    .warning(
                            acts.equals(NOTHING)
                                    ? name
                                            + " is not as accepted, and no accepted copy can be"
                                            + " read: nothing of it acts"
                                    : name + " is not as accepted: the accepted copy acts");
        }

        private Config config() {
            Config config = standing.config();
            if (standing.configured() && isDue(Config.FILE, config.text())) {
                return config;
            }
            Optional<Config> copy = copy(Config.FILE).flatMap(this::read);
            instead.put(Config.FILE, copy.map(Config::text).orElse(NOTHING));
            return copy.orElseGet(config::powerless);
        }

        private Optional<Config> read(byte[] copy) {
            try {
                return Optional.of(
                        Config.parse(
                                Config.FILE,
                                new String(copy, StandardCharsets.UTF_8),
                                Config.folderName(standing.root()),
                                standing.terminal().environment()));
            } catch (ConfigError unreadable) { // a variable that it names is gone
                Logger.getLogger(ActingRules.class.getName())
                        .log(Level.WARNING, "the accepted copy cannot be read", unreadable);
                return Optional.empty();
            }
        }

        private Personas personas(Config config) {
            Map<PersonaName, PersonaFile> own = new LinkedHashMap<>();
            boolean asTheyStand = config.personas().equals(standing.config().personas());
            for (var entry : config.personas().entrySet()) {
                String path = entry.getValue().toString();
                Optional<PersonaFile> file =
                        standing.personaFiles()
                                .file(entry.getKey())
                                .filter(there -> there.file().equals(path))
                                .filter(there -> isDue(path, ContentHash.of(there.bytes())));
                if (file.isEmpty()) {
                    asTheyStand = false;
                    file =
                            copy(path)
                                    .map(bytes -> new PersonaFile(path, bytes))
                                    .filter(copy -> reads(entry.getKey(), copy));
                    instead.put(
                            path, file.map(copy -> ContentHash.of(copy.bytes())).orElse(NOTHING));
                }
                file.ifPresent(found -> own.put(entry.getKey(), found));
            }
            return asTheyStand ? standing.personaFiles() : together(own);
        }

        private static boolean reads(PersonaName name, PersonaFile copy) {
            try {
                return Personas.with(Map.of(name, copy)).named(name).isPresent();
            } catch (PersonaUnreadable unreadable) {
                Logger.getLogger(ActingRules.class.getName())
                        .log(Level.WARNING, "the accepted copy cannot be read", unreadable);
                return false;
            }
        }

        private static Personas together(Map<PersonaName, PersonaFile> own) {
            try {
                return Personas.with(own);
            } catch (PersonaUnreadable impossible) {
                throw new IllegalStateException("each of them was read before", impossible);
            }
        }

        private boolean isDue(String name, ContentHash there) {
            return there.equals(due.get(name));
        }

        private Optional<byte[]> copy(String name) {
            return standing.trustedBytes(name).filter(bytes -> isDue(name, ContentHash.of(bytes)));
        }
    }
}
