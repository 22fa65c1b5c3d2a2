// SPDX-License-Identifier: MIT
// The Java peer: MPXJ's project calendar. It knows no zones: is asked in local time.
// usage: Peers FOLDER SECONDS LIMIT
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.ToLongFunction;
import org.mpxj.Duration;
import org.mpxj.LocalTimeRange;
import org.mpxj.ProjectCalendar;
import org.mpxj.ProjectCalendarHours;
import org.mpxj.ProjectFile;
import org.mpxj.TimeUnit;

public final class Peers {
    private static final ZoneId ZONE = ZoneId.of("America/New_York");
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static Path folder;
    private static double seconds, limit;
    private static int sink;

    // Nanoseconds of work of this thread: others on the machine do not count, nor the compiler.
    private static long now() {
        return THREADS.getCurrentThreadCpuTime();
    }

    // Asks row after row, until the limit of seconds. Then again; the median pass counts.
    private static <A> void measure(String work, int count, IntFunction<A> call,
            ToLongFunction<A> answer) throws IOException {
        List<A> got = new ArrayList<>();
        long began = now();
        while (got.size() < count && now() - began < limit * 1e9) {
            got.add(call.apply(got.size()));
        }
        List<Long> took = new ArrayList<>();
        began = now();
        while (took.isEmpty() || now() - began < seconds * 1e9) {
            long begin = now();
            for (int i = 0; i < got.size(); i++) {
                sink += call.apply(i).hashCode();
            }
            took.add(now() - begin);
        }
        Collections.sort(took);
        double median = took.get((took.size() - 1) / 2);
        List<String> lines = new ArrayList<>();
        for (A value : got) {
            lines.add(Long.toString(answer.applyAsLong(value)));
        }
        Files.write(folder.resolve("answers/mpxj." + work), lines);
        System.out.printf("time mpxj %s %.3f %d%n", work, median / got.size(), got.size());
    }

    private static ProjectCalendar office() throws IOException {
        ProjectCalendar calendar = new ProjectFile().addCalendar();
        for (DayOfWeek day : DayOfWeek.values()) {
            boolean working = day.getValue() <= 5;
            calendar.setWorkingDay(day, working);
            ProjectCalendarHours hours = calendar.addCalendarHours(day);
            if (working) {
                hours.add(new LocalTimeRange(LocalTime.of(9, 0), LocalTime.of(12, 0)));
                hours.add(new LocalTimeRange(LocalTime.of(13, 0), LocalTime.of(18, 0)));
            }
        }
        for (String line : Files.readAllLines(folder.resolve("holidays.txt"))) {
            calendar.addCalendarException(LocalDate.parse(line));
        }
        return calendar;
    }

    private static LocalDateTime local(String second) {
        return LocalDateTime.ofInstant(Instant.ofEpochSecond(Long.parseLong(second)), ZONE);
    }

    public static void main(String[] arguments) throws IOException {
        folder = Path.of(arguments[0]);
        seconds = Double.parseDouble(arguments[1]);
        limit = Double.parseDouble(arguments[2]);
        ProjectCalendar office = office();
        List<String> rows = Files.readAllLines(folder.resolve("questions.txt"));
        int count = rows.size();
        LocalDateTime[] start = new LocalDateTime[count];
        LocalDateTime[] end = new LocalDateTime[count];
        for (int i = 0; i < count; i++) {
            String[] row = rows.get(i).split(" ");
            start[i] = local(row[0]);
            end[i] = local(row[1]);
        }
        Duration eight = Duration.getInstance(8, TimeUnit.HOURS);
        Duration twoHundred = Duration.getInstance(200, TimeUnit.HOURS);
        ToLongFunction<LocalDateTime> instant = value -> value.atZone(ZONE).toEpochSecond();
        measure("W1", count, i -> office.getDate(start[i], eight), instant);
        measure("W2", count, i -> office.getDate(start[i], twoHundred), instant);
        measure("W3", count, i -> office.getWork(start[i], end[i], TimeUnit.MINUTES),
            value -> Math.round(value.getDuration() * 60));
    }
}
