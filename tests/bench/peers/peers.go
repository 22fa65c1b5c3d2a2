// SPDX-License-Identifier: MIT
// The Go peer: rickar/cal. It knows zones and holidays, but one stretch of work a day: 9 to 17.
// usage: peers FOLDER SECONDS LIMIT
package main

import (
    "bufio"
    "fmt"
    "os"
    "sort"
    "strconv"
    "syscall"
    "time"

    "github.com/rickar/cal/v2"
)

var zone, _ = time.LoadLocation("America/New_York")
var sink int64

type question struct{ start, end time.Time }

func lines(path string) (found []string) {
    file, err := os.Open(path)
    if err != nil {
        panic(err)
    }
    defer file.Close()
    for scanner := bufio.NewScanner(file); scanner.Scan(); {
        found = append(found, scanner.Text())
    }
    return found
}

// Seconds of work of this process: others on the machine do not count.
func now() float64 {
    var usage syscall.Rusage
    syscall.Getrusage(syscall.RUSAGE_SELF, &usage)
    return time.Duration(usage.Utime.Nano() + usage.Stime.Nano()).Seconds()
}

// Asks row after row, until the limit of seconds. Then again; the median pass counts.
func measure(work string, questions []question, call func(question) int64) {
    seconds, _ := strconv.ParseFloat(os.Args[2], 64)
    limit, _ := strconv.ParseFloat(os.Args[3], 64)
    answers := []int64{}
    for began, i := now(), 0; i < len(questions) && now() < began+limit; i++ {
        answers = append(answers, call(questions[i]))
    }
    took := []float64{}
    for began := now(); len(took) == 0 || now() < began+seconds; {
        begin := now()
        for i := range answers {
            sink += call(questions[i])
        }
        took = append(took, now()-begin)
    }
    sort.Float64s(took)
    median := took[(len(took)-1)/2]
    file, err := os.Create(os.Args[1] + "/answers/rickar-cal." + work)
    if err != nil {
        panic(err)
    }
    defer file.Close()
    for _, answer := range answers {
        fmt.Fprintln(file, answer)
    }
    fmt.Printf("time rickar-cal %s %.3f %d\n", work, median/float64(len(answers))*1e9, len(answers))
}

func main() {
    folder := os.Args[1]
    office := cal.NewBusinessCalendar()
    office.SetWorkHours(9*time.Hour, 17*time.Hour)
    // Its best form: every day of the 20 years fits into its cache.
    office.Cacheable = true
    cal.CacheMaxSize = 21 * 366
    for _, line := range lines(folder + "/holidays.txt") {
        date, err := time.Parse("2006-01-02", line)
        if err != nil {
            panic(err)
        }
        office.AddHoliday(&cal.Holiday{Month: date.Month(), Day: date.Day(), StartYear: date.Year(),
            EndYear: date.Year(), Func: cal.CalcDayOfMonth})
    }
    questions := []question{}
    for _, line := range lines(folder + "/questions.txt") {
        var start, end int64
        fmt.Sscan(line, &start, &end)
        questions = append(questions,
            question{time.Unix(start, 0).In(zone), time.Unix(end, 0).In(zone)})
    }
    measure("W1", questions, func(asked question) int64 {
        return office.AddWorkHours(asked.start, 8*time.Hour).Unix()
    })
    measure("W2", questions, func(asked question) int64 {
        return office.AddWorkHours(asked.start, 200*time.Hour).Unix()
    })
    measure("W3", questions, func(asked question) int64 {
        return int64(office.WorkHoursInRange(asked.start, asked.end).Seconds())
    })
}
