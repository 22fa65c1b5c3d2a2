// SPDX-License-Identifier: MIT
// The Rust peers: workclock, which knows everything that is asked here, and bdays, which knows days.
// usage: peers FOLDER SECONDS LIMIT
use bdays::{HolidayCalendar, HolidayCalendarCache};
use chrono::{Datelike, NaiveDate};
use jiff::civil::{date, time};
use jiff::{SignedDuration, Timestamp};
use std::collections::HashSet;
use std::fs;
use std::hint::black_box;
use workclock::{Break, Holidays, Schedule, Weekdays, WorkDay};

// Seconds of work of this process: others on the machine do not count.
fn now() -> f64 {
    let mut time = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    unsafe { libc::clock_gettime(libc::CLOCK_PROCESS_CPUTIME_ID, &mut time) };
    time.tv_sec as f64 + time.tv_nsec as f64 / 1e9
}

struct Run {
    folder: String,
    seconds: f64,
    limit: f64,
}

impl Run {
    // Asks row after row, until the limit of seconds. Then again; the median pass counts.
    fn measure<Q, A>(
        &self, name: &str, work: &str, questions: &[Q], call: impl Fn(&Q) -> A,
        answer: impl Fn(A) -> i64,
    ) {
        let began = now();
        let mut answers = Vec::new();
        for question in questions {
            answers.push(answer(call(question)));
            if now() > began + self.limit {
                break;
            }
        }
        let mut took = Vec::new();
        let began = now();
        while took.is_empty() || now() < began + self.seconds {
            let begin = now();
            for question in &questions[..answers.len()] {
                black_box(call(black_box(question)));
            }
            took.push(now() - begin);
        }
        took.sort_by(f64::total_cmp);
        let median = took[(took.len() - 1) / 2];
        let count = answers.len();
        println!("time {name} {work} {:.3} {count}", median / count as f64 * 1e9);
        let text: String = answers.iter().map(|answer| format!("{answer}\n")).collect();
        fs::write(format!("{}/answers/{name}.{work}", self.folder), text).unwrap();
    }
}

fn office_hours(run: &Run, holidays: &[(i16, i8, i8)], rows: &[Vec<i64>]) {
    let closed = holidays.iter().map(|&(year, month, day)| date(year, month, day));
    let office = Schedule::builder()
        .time_zone("America/New_York")
        .rule(WorkDay::new(time(9, 0, 0, 0), time(18, 0, 0, 0), Weekdays::MON_TO_FRI))
        .rule(Break::new(time(12, 0, 0, 0), time(13, 0, 0, 0), Weekdays::MON_TO_FRI))
        .rule(Holidays::new(closed))
        .build()
        .unwrap();
    let instant = |second: i64| Timestamp::from_second(second).unwrap();
    let asked: Vec<_> = rows.iter().map(|row| (instant(row[0]), instant(row[1]))).collect();
    for (work, hours) in [("W1", 8), ("W2", 200)] {
        let counted = SignedDuration::from_hours(hours);
        run.measure("workclock", work, &asked, |&(start, _)| office.add(start, counted).unwrap(),
            |got| got.as_second());
    }
    run.measure("workclock", "W3", &asked, |&(start, end)| office.between(start, end),
        |got| got.as_secs());
}

struct Listed(HashSet<NaiveDate>);

impl HolidayCalendar<NaiveDate> for Listed {
    fn is_holiday(&self, date: NaiveDate) -> bool {
        self.0.contains(&date)
    }
}

fn days(run: &Run, holidays: &[(i16, i8, i8)], rows: &[Vec<i64>]) {
    let civil = |year, month, day| NaiveDate::from_ymd_opt(year, month, day).unwrap();
    let closed = holidays.iter().map(|&(y, m, d)| civil(y as i32, m as u32, d as u32)).collect();
    let office =
        HolidayCalendarCache::new(Listed(closed), civil(2015, 1, 1), civil(2035, 12, 31));
    let epoch = civil(1970, 1, 1).num_days_from_ce();
    let day = |number: i64| NaiveDate::from_num_days_from_ce_opt(number as i32 + epoch).unwrap();
    let asked: Vec<_> = rows.iter().map(|row| (day(row[2]), day(row[3]))).collect();
    for (work, count) in [("W1", 1), ("W2", 25)] {
        run.measure("bdays", work, &asked, |&(day, _)| office.advance_bdays(day, count),
            |got| (got.num_days_from_ce() - epoch) as i64);
    }
    run.measure("bdays", "W3", &asked, |&(day, last)| office.bdays(day, last), |got| got as i64);
}

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let run = Run {
        folder: arguments[1].clone(),
        seconds: arguments[2].parse().unwrap(),
        limit: arguments[3].parse().unwrap(),
    };
    let read = |name: &str| fs::read_to_string(format!("{}/{name}", run.folder)).unwrap();
    let holidays: Vec<(i16, i8, i8)> = read("holidays.txt")
        .lines()
        .map(|line| {
            let parts: Vec<i16> = line.split('-').map(|part| part.parse().unwrap()).collect();
            (parts[0], parts[1] as i8, parts[2] as i8)
        })
        .collect();
    let rows: Vec<Vec<i64>> = read("questions.txt")
        .lines()
        .map(|line| line.split(' ').map(|number| number.parse().unwrap()).collect())
        .collect();
    office_hours(&run, &holidays, &rows);
    days(&run, &holidays, &rows);
}
