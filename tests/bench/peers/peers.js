// SPDX-License-Identifier: MIT
// The peers for Node.js. They count in the zone of the process: run with TZ=America/New_York.
// usage: peers.js FOLDER SECONDS LIMIT NAME...
"use strict";

const fs = require("fs");
const path = require("path");
const modules = process.env.PEERS_MODULES;
const load = (name) => require(path.join(modules, name));

const [folder, ...rest] = process.argv.slice(2);
const [SECONDS, LIMIT] = rest.slice(0, 2).map(Number);
const wanted = rest.slice(2);
const DAY = 86400;

const lines = (name) => fs.readFileSync(path.join(folder, name), "utf8").trim().split("\n");
const rows = lines("questions.txt").map((line) => line.split(" ").map(Number));
const holidays = lines("holidays.txt");
const instant = (seconds) => new Date(seconds * 1000);
// Seconds of work of this process: others on the machine do not count.
const now = () => {
    const {user, system} = process.cpuUsage();
    return (user + system) / 1e6;
};

// Asks row after row, until the limit of seconds. Then again; the median pass counts.
function measure(name, work, questions, call, answer) {
    const got = [];
    let began = now();
    for (const question of questions) {
        got.push(call(question));
        if (now() > began + LIMIT)
            break;
    }
    const took = [];
    let sink = 0;
    began = now();
    while (took.length === 0 || now() < began + SECONDS) {
        const begin = now();
        for (let i = 0; i < got.length; i++)
            sink += call(questions[i]) ? 1 : 0;
        took.push(now() - begin);
    }
    took.sort((left, right) => left - right);
    const median = took[(took.length - 1) >> 1];
    const text = got.map((value) => Math.floor(answer(value)) + "\n").join("");
    fs.writeFileSync(path.join(folder, "answers", `${name}.${work}`), text);
    console.log(`time ${name} ${work} ${(median / got.length * 1e9).toFixed(3)} ${got.length}`);
}

const peers = {
    // addWorkingTime changes the moment that it is called on, so each call needs a copy.
    "moment-business-time"() {
        const moment = load("moment");
        load("moment-business-time"); // puts its methods into moment
        const hours = ["09:00:00", "12:00:00", "13:00:00", "18:00:00"];
        moment.updateLocale("en", {
            workinghours: {0: null, 1: hours, 2: hours, 3: hours, 4: hours, 5: hours, 6: null},
            holidays,
        });
        const questions = rows.map(([start, end]) => [moment(instant(start)), moment(instant(end))]);
        const add = (count) => ([start]) => start.clone().addWorkingTime(count, "hours");
        const unix = (value) => value.unix();
        measure("moment-business-time", "W1", questions, add(8), unix);
        measure("moment-business-time", "W2", questions, add(200), unix);
        measure("moment-business-time", "W3", questions,
            ([start, end]) => end.workingDiff(start, "seconds"), Number);
    },
    "dayjs-business-time"() {
        const dayjs = load("dayjs");
        dayjs.extend(load("dayjs-business-time"));
        const hours = [{start: "09:00:00", end: "12:00:00"}, {start: "13:00:00", end: "18:00:00"}];
        dayjs.setBusinessTime({sunday: null, monday: hours, tuesday: hours, wednesday: hours,
            thursday: hours, friday: hours, saturday: null});
        dayjs.setHolidays(holidays);
        const questions = rows.map(([start, end]) => [dayjs(instant(start)), dayjs(instant(end))]);
        const unix = (value) => value.unix();
        measure("dayjs-business-time", "W1", questions, ([start]) => start.addBusinessHours(8), unix);
        measure("dayjs-business-time", "W2", questions, ([start]) => start.addBusinessHours(200),
            unix);
        measure("dayjs-business-time", "W3", questions,
            ([start, end]) => start.businessMinutesDiff(end), (minutes) => minutes * 60);
    },
    // Weekends, and nothing else: its answers are days, and its questions local midnights.
    "date-fns"() {
        const {addBusinessDays, differenceInBusinessDays} = load("date-fns");
        const midnight = (date) => new Date(1970, 0, 1 + date);
        const questions = rows.map((row) => [midnight(row[2]), midnight(row[3])]);
        const date = (value) =>
            Date.UTC(value.getFullYear(), value.getMonth(), value.getDate()) / 1000 / DAY;
        measure("date-fns", "W1", questions, ([day]) => addBusinessDays(day, 1), date);
        measure("date-fns", "W2", questions, ([day]) => addBusinessDays(day, 25), date);
        measure("date-fns", "W3", questions, ([day, last]) => differenceInBusinessDays(last, day),
            Number);
    },
};

for (const name of wanted) {
    try {
        peers[name]();
    } catch (error) {
        console.log(`fault ${name} ${error}`);
    }
}
