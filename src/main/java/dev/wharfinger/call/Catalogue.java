package dev.wharfinger.call;

import dev.wharfinger.persona.PersonaName;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Which tools there are and who may call them. Listing and calling ask this one object, so that a
 * tool which is not listed cannot be called, and the other way round.
 */
public final class Catalogue {
    /** At most so many tools a persona, so that a model keeps them apart. */
    public static final int MOST_TOOLS = 20;

    private final SortedMap<String, Offered> tools = new TreeMap<>();
    private final Map<String, Offered> named = new ConcurrentHashMap<>();
    private final Descriptions descriptions;

    private record Offered(Tool tool, Audience audience) {}

    /** For whom a tool is. */
    public sealed interface Audience {
        /** Whether this caller's persona belongs to it. */
        boolean has(Caller caller);

        /** For every persona, the auditor too. */
        record Everyone() implements Audience {
            @Override
            public boolean has(Caller caller) {
                return true;
            }
        }

        /** For every persona that goes on shifts: all but the auditor. */
        record Shifts() implements Audience {
            @Override
            public boolean has(Caller caller) {
                return !caller.persona().name().value().equals("auditor");
            }
        }

        /** For personas that may write anywhere. */
        record Lanes() implements Audience {
            @Override
            public boolean has(Caller caller) {
                return new Shifts().has(caller) && !caller.persona().writeLanes().isEmpty();
            }
        }

        /** For these. */
        record Only(List<PersonaName> personas) implements Audience {
            @Override
            public boolean has(Caller caller) {
                return personas.contains(caller.persona().name());
            }
        }
    }

    /** A catalogue that describes its tools with these contracts. */
    public Catalogue(Descriptions descriptions) {
        this.descriptions = descriptions;
    }

    /** Takes a tool in. */
    public Catalogue offer(Tool tool, Audience audience) {
        String name = tool.traits().name();
        var offered = new Offered(tool, audience);
        if (named.putIfAbsent(name, offered) != null) {
            throw new IllegalArgumentException("two tools are called " + name);
        }
        tools.put(name, offered);
        return this;
    }

    /** The tool of that name, if this caller has it. */
    public Optional<Tool> find(Caller caller, String name) {
        return Optional.ofNullable(named.get(name))
                .filter(offered -> reaches(offered, caller))
                .map(Offered::tool);
    }

    /** Whether any persona has a tool of that name. */
    public boolean knows(String name) {
        return named.containsKey(name);
    }

    /** How long a tool of that name may take; empty where there is none. */
    public Optional<Tool.Pace> pace(String name) {
        return Optional.ofNullable(named.get(name)).map(offered -> offered.tool().traits().pace());
    }

    /** Whether a tool of that name may work for minutes on something that somebody waits for. */
    public boolean worksLong(String name) {
        return Optional.ofNullable(named.get(name))
                .map(offered -> offered.tool().traits())
                .filter(traits -> traits.pace() == Tool.Pace.WAITS)
                .filter(traits -> traits.nature() != Tool.Nature.READS)
                .isPresent();
    }

    /** For whom a tool was made; empty where that is nobody in particular. */
    public List<PersonaName> owners(String name) {
        return Optional.ofNullable(named.get(name)).map(Offered::audience).stream()
                .flatMap(audience ->
                        audience instanceof Audience.Only(var personas)
                                ? personas.stream()
                                : Stream.empty())
                .toList();
    }

    /** Whether the caller lacks the tool only since this server does nothing but read. */
    public boolean withheld(Caller caller, String name) {
        return caller.readOnly()
                && Optional.ofNullable(named.get(name))
                        .filter(offered -> offered.audience().has(caller))
                        .isPresent();
    }

    /** The contracts of the caller's tools, sorted by name. */
    public List<ToolContract> of(Caller caller) {
        return tools.values().stream()
                .filter(offered -> reaches(offered, caller))
                .map(offered -> descriptions.contract(offered.tool().traits()))
                .toList();
    }

    /**
     * Reads every contract, so that the first listing finds them: from the end, since a listing
     * that comes meanwhile begins at the front.
     */
    public void warm() {
        tools.reversed()
                .values()
                .forEach(offered -> descriptions.contract(offered.tool().traits()));
    }

    /** The names of all tools. */
    public Collection<String> names() {
        return tools.keySet();
    }

    /** The tools by name, for tests that walk over all of them. */
    Map<String, Tool> all() {
        var all = new TreeMap<String, Tool>();
        tools.forEach((name, offered) -> all.put(name, offered.tool()));
        return all;
    }

    private static boolean reaches(Offered offered, Caller caller) {
        boolean reads = offered.tool().traits().nature() != Tool.Nature.CHANGES;
        return offered.audience().has(caller) && (reads || !caller.readOnly());
    }
}
