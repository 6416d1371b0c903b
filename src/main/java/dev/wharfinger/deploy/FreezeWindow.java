package dev.wharfinger.deploy;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.zone.ZoneRulesException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A time of each week in which nothing is deployed, as it is written in {@code wharf.yaml}: {@code
 * Fri 16:00 - Mon 08:00 Europe/Berlin}. The first minute is frozen, the last one is not.
 */
public record FreezeWindow(
        DayOfWeek fromDay, LocalTime from, DayOfWeek toDay, LocalTime to, ZoneId zone) {
    private static final Pattern TEXT =
            Pattern.compile("([A-Za-z]{3}) (\\d\\d:\\d\\d) - ([A-Za-z]{3}) (\\d\\d:\\d\\d) (\\S+)");
    private static final List<String> DAYS =
            List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");
    private static final int WEEK = 7 * 24 * 60;

    public FreezeWindow {
        if (fromDay == toDay && from.equals(to)) {
            throw new IllegalArgumentException("a freeze has an end: " + fromDay + " " + from);
        }
    }

    /** Reads the text, or says what it should look like ({@link IllegalArgumentException}). */
    public static FreezeWindow parse(String text) {
        var found = TEXT.matcher(text.strip());
        if (!found.matches()) {
            throw new IllegalArgumentException(
                    "a freeze reads like `Fri 16:00 - Mon 08:00 Europe/Berlin`, not `"
                            + text
                            + "`");
        }
        try {
            return new FreezeWindow(
                    day(found.group(1)),
                    LocalTime.parse(found.group(2)),
                    day(found.group(3)),
                    LocalTime.parse(found.group(4)),
                    ZoneId.of(found.group(5)));
        } catch (ZoneRulesException | java.time.format.DateTimeParseException unreadable) {
            throw new IllegalArgumentException(
                    "a freeze names a time and a zone: `" + text + "`", unreadable);
        }
    }

    /** Whether nothing is deployed at that moment, by the clock on the wall of the zone. */
    public boolean covers(Instant moment) {
        var there = moment.atZone(zone);
        return since(minuteOfWeek(fromDay, from), there) < length();
    }

    /** When the freeze that covers the moment ends; the moment itself where none does. */
    public Instant end(Instant moment) {
        if (!covers(moment)) {
            return moment;
        }
        var there = moment.atZone(zone);
        var left = length() - since(minuteOfWeek(fromDay, from), there);
        return there.toLocalDateTime()
                .withSecond(0)
                .withNano(0)
                .plusMinutes(left)
                .atZone(zone)
                .toInstant();
    }

    private int length() {
        return Math.floorMod(minuteOfWeek(toDay, to) - minuteOfWeek(fromDay, from), WEEK);
    }

    private static int since(int start, ZonedDateTime there) {
        return Math.floorMod(minuteOfWeek(there.getDayOfWeek(), there.toLocalTime()) - start, WEEK);
    }

    private static int minuteOfWeek(DayOfWeek day, LocalTime time) {
        return (day.getValue() - 1) * 24 * 60 + time.getHour() * 60 + time.getMinute();
    }

    private static DayOfWeek day(String text) {
        int index = DAYS.indexOf(text.toLowerCase(Locale.ROOT));
        if (index < 0) {
            throw new IllegalArgumentException("a day is Mon, Tue, …, Sun: " + text);
        }
        return DayOfWeek.of(index + 1);
    }

    private static String brief(DayOfWeek day) {
        var name = day.name();
        return name.charAt(0) + name.substring(1, 3).toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return brief(fromDay) + " " + from + " - " + brief(toDay) + " " + to + " " + zone;
    }
}
