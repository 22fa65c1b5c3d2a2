/* SPDX-License-Identifier: MIT */
/* Words of explanations: lengths of time, dates, instants, targets. */
#include "engine/explain.h"

void write_length(struct writer *writer, sla_duration seconds)
{
    if (seconds < 0) {
        writer_add_c(writer, "-");
        seconds = -seconds;
    }
    static const struct {
        sla_duration seconds;
        const char *word;
    } units[] = {{3600, " h"}, {60, " min"}, {1, " s"}};
    bool is_first = true;
    for (size_t i = 0; i < 3; i++) {
        sla_duration count = seconds / units[i].seconds;
        seconds %= units[i].seconds;
        if (count == 0 && !(i == 2 && is_first))
            continue;
        if (!is_first)
            writer_add_c(writer, " ");
        writer_add_number(writer, count, 1);
        writer_add_c(writer, units[i].word);
        is_first = false;
    }
}

void write_duration(struct writer *writer, sla_duration seconds)
{
    sla_duration hours = seconds / 3600, minutes = seconds % 3600 / 60;
    if (hours > 0) {
        writer_add_number(writer, hours, 1);
        writer_add_c(writer, "h");
    }
    if (minutes > 0) {
        writer_add_number(writer, minutes, 1);
        writer_add_c(writer, "m");
    }
    if (seconds % 60 > 0 || seconds == 0) {
        writer_add_number(writer, seconds % 60, 1);
        writer_add_c(writer, "s");
    }
}

void write_time_of_day(struct writer *writer, int32_t second)
{
    writer_add_number(writer, second / 3600, 2);
    writer_add_c(writer, ":");
    writer_add_number(writer, second / 60 % 60, 2);
    if (second % 60 != 0) {
        writer_add_c(writer, ":");
        writer_add_number(writer, second % 60, 2);
    }
}

static void write_day(struct writer *writer, sla_date date, bool with_year, const char *gap)
{
    static const char days[] = "Mon\0Tue\0Wed\0Thu\0Fri\0Sat\0Sun";
    static const char months[] = "Jan\0Feb\0Mar\0Apr\0May\0Jun\0Jul\0Aug\0Sep\0Oct\0Nov\0Dec";
    struct civil civil = civil_from_date(date);
    writer_add_c(writer, days + (size_t)weekday_of(date) * 4);
    writer_add_c(writer, civil.day < 10 ? gap : " ");
    writer_add_number(writer, civil.day, 1);
    writer_add_c(writer, " ");
    writer_add_c(writer, months + (size_t)(civil.month - 1) * 4);
    if (with_year) {
        writer_add_c(writer, " ");
        writer_add_number(writer, civil.year, 4);
    }
}

void write_date(struct writer *writer, sla_date date, bool with_year)
{
    write_day(writer, date, with_year, "  ");
}

void write_moment(struct writer *writer, const struct zone *zone, sla_time at)
{
    int32_t second;
    write_day(writer, zone_date(zone, at, &second), true, " ");
    writer_add_c(writer, " ");
    write_time_of_day(writer, second);
}

void write_instant(struct writer *writer, const struct zone *zone, sla_time at)
{
    int32_t offset = zone_offset_at(zone, at);
    write_moment(writer, zone, at);
    writer_add_c(writer, offset < 0 ? " -" : " +");
    offset = offset < 0 ? -offset : offset;
    writer_add_number(writer, offset / 3600, 2);
    writer_add_c(writer, ":");
    writer_add_number(writer, offset / 60 % 60, 2);
}

static void write_amount(struct writer *writer, const sla_target *target)
{
    if (target->unit == SLA_UNIT_SECONDS) {
        write_duration(writer, target->amount);
        return;
    }
    writer_add_number(writer, target->amount, 1);
    writer_add_c(writer, target->unit == SLA_UNIT_WORKDAYS ? "wd" : "d");
}

void write_target(struct writer *writer, const sla_policy *policy, uint32_t index)
{
    if (index == INDEX_NONE || policy->target_rules[index].type == TARGET_NONE) {
        writer_add_c(writer, "none");
        return;
    }
    const struct target_rule *rule = &policy->target_rules[index];
    const sla_target *target = &rule->target;
    if (rule->type == TARGET_TABLE) {
        writer_add_c(writer, "by ");
        writer_add(writer, slot_name(policy, rule->table.slot));
        return;
    }
    if (rule->type == TARGET_AGREED) {
        writer_add_c(writer, "agreed in ");
        writer_add(writer, slot_name(policy, rule->agreed_slot));
        if (rule->has_latest)
            writer_add_c(writer, ", latest ");
    }
    if (rule->type != TARGET_AGREED || rule->has_latest) {
        write_amount(writer, target);
        if (target->unit == SLA_UNIT_WORKDAYS && target->due != SLA_DUE_SAME_TIME) {
            writer_add_c(writer, ", due ");
            if (target->due == SLA_DUE_CLOSE)
                writer_add_c(writer, "close");
            else
                write_time_of_day(writer, (int32_t)target->due_time);
        }
        if (target->unit == SLA_UNIT_WORKDAYS && target->cutoff != SLA_NO_CUTOFF) {
            writer_add_c(writer, ", cutoff ");
            write_time_of_day(writer, (int32_t)target->cutoff);
        }
    }
    if (target->grace > 0) {
        writer_add_c(writer, ", grace ");
        write_duration(writer, target->grace);
    }
}
