// SPDX-License-Identifier: MIT
// What C and C++ programs do today: a loop over local days on cctz, each opening and closing looked
// up in the zone, weekends and a set of holidays skipped.
// usage: day_loop FOLDER SECONDS LIMIT   (it is fast enough to need no limit)
#include <cctz/civil_time.h>
#include <cctz/time_zone.h>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <ctime>
#include <fstream>
#include <string>
#include <unordered_set>
#include <vector>

namespace {

using Instant = cctz::time_point<cctz::seconds>;

const cctz::civil_day epoch(1970, 1, 1);

struct Interval {
    int open, close; // hours of the day
};

class DayLoop {
public:
    explicit DayLoop(const std::string &folder)
    {
        cctz::load_time_zone("America/New_York", &zone_);
        std::ifstream file(folder + "/holidays.txt");
        int year, month, day;
        char dash;
        while (file >> year >> dash >> month >> dash >> day)
            holidays_.insert(cctz::civil_day(year, month, day) - epoch);
    }

    Instant add(Instant from, cctz::seconds counted) const
    {
        for (cctz::civil_day day(cctz::convert(from, zone_));; ++day) {
            if (!is_workday(day))
                continue;
            for (const Interval &interval : hours_) {
                Instant open = std::max(from, at(day, interval.open));
                Instant close = at(day, interval.close);
                if (open >= close)
                    continue;
                if (counted <= close - open)
                    return open + counted;
                counted -= close - open;
            }
        }
    }

    cctz::seconds elapsed(Instant from, Instant to) const
    {
        cctz::seconds sum(0);
        cctz::civil_day last(cctz::convert(to, zone_));
        for (cctz::civil_day day(cctz::convert(from, zone_)); day <= last; ++day) {
            if (!is_workday(day))
                continue;
            for (const Interval &interval : hours_) {
                Instant open = std::max(from, at(day, interval.open));
                Instant close = std::min(to, at(day, interval.close));
                if (open < close)
                    sum += close - open;
            }
        }
        return sum;
    }

private:
    bool is_workday(cctz::civil_day day) const
    {
        cctz::weekday weekday = cctz::get_weekday(day);
        return weekday != cctz::weekday::saturday && weekday != cctz::weekday::sunday &&
               holidays_.count(day - epoch) == 0;
    }

    Instant at(cctz::civil_day day, int hour) const
    {
        return cctz::convert(cctz::civil_second(day) + hour * 3600, zone_);
    }

    cctz::time_zone zone_;
    std::unordered_set<std::int64_t> holidays_;
    const Interval hours_[2] = {{9, 12}, {13, 18}};
};

// Seconds of work of this process: others on the machine do not count.
double now()
{
    timespec time;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return time.tv_sec + time.tv_nsec / 1e9;
}

// Asks all questions again and again for some seconds; the median pass counts.
template <typename Call>
void measure(const std::string &folder, double seconds, int number, std::size_t count, Call call)
{
    std::vector<std::int64_t> got(count);
    std::vector<double> took;
    double began = now();
    while (took.empty() || now() < began + seconds) {
        double begin = now();
        for (std::size_t i = 0; i < count; i++)
            got[i] = call(i);
        took.push_back(now() - begin);
    }
    std::sort(took.begin(), took.end());
    double median = took[(took.size() - 1) / 2];
    std::printf("time day-loop W%d %.3f %zu\n", number, median / count * 1e9, count);
    std::ofstream file(folder + "/answers/day-loop.W" + std::to_string(number));
    for (std::int64_t answer : got)
        file << answer << '\n';
}

Instant instant(std::int64_t seconds)
{
    return Instant(cctz::seconds(seconds));
}

} // namespace

int main(int count, char **arguments)
{
    if (count != 4)
        return 2;
    std::string folder = arguments[1];
    double seconds = std::stod(arguments[2]);
    std::vector<std::int64_t> start, end;
    std::ifstream file(folder + "/questions.txt");
    std::int64_t row[4];
    while (file >> row[0] >> row[1] >> row[2] >> row[3]) {
        start.push_back(row[0]);
        end.push_back(row[1]);
    }
    const DayLoop office(folder);
    auto add = [&](std::size_t i, int hours) {
        return office.add(instant(start[i]), cctz::seconds(hours * 3600)).time_since_epoch().count();
    };
    measure(folder, seconds, 1, start.size(), [&](std::size_t i) { return add(i, 8); });
    measure(folder, seconds, 2, start.size(), [&](std::size_t i) { return add(i, 200); });
    measure(folder, seconds, 3, start.size(), [&](std::size_t i) {
        return office.elapsed(instant(start[i]), instant(end[i])).count();
    });
}
