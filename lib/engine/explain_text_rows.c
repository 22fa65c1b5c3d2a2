/* SPDX-License-Identifier: MIT */
/* The explanation as text: what the incident has, and what became of each row. */
#include "engine/explain.h"

#define LINE_COLUMNS 100
#define CONDITION_COLUMNS 96 /* of one condition; the line number leads to the rest */

/* Columns of the widest name and of the widest line number. */
struct row_widths {
    size_t name, line, gives;
};

static bool is_classification(const sla_explained_verdict *verdict)
{
    return verdict->what <= SLA_VERDICT_RAISE;
}

static bool is_shown(const sla_explained_verdict *verdict, bool clock_alone)
{
    if (clock_alone && is_classification(verdict))
        return false;
    /* rows for other metrics have nothing to say about this one */
    return verdict->reason != SLA_REASON_METRIC && verdict->reason != SLA_REASON_KIND &&
           verdict->reason != SLA_REASON_AGREEMENT;
}

static void write_name(struct writer *writer, const sla_explained_verdict *verdict)
{
    static const char *const words[] = {
        [SLA_VERDICT_AGREEMENT] = "agreement",
        [SLA_VERDICT_TARGET] = "targets",
        [SLA_VERDICT_TARGET_TABLE] = "target table",
        [SLA_VERDICT_CALENDAR_TABLE] = "calendar table",
        [SLA_VERDICT_ESCALATION] = "escalation",
    };
    if (!is_classification(verdict)) {
        writer_add_c(writer, words[verdict->what]);
        if (verdict->name.length > 0)
            writer_add_c(writer, " ");
    }
    writer_add_short(writer, verdict->name, 32);
}

static void write_gives(struct writer *writer, const sla_explained_verdict *verdict)
{
    bool is_lookup =
        verdict->what == SLA_VERDICT_MATRIX || verdict->what == SLA_VERDICT_TABLE ||
        verdict->what == SLA_VERDICT_TARGET_TABLE || verdict->what == SLA_VERDICT_CALENDAR_TABLE;
    if (is_lookup && verdict->gives.length == 0)
        writer_add_c(writer, "nothing");
    writer_add_short(writer, verdict->gives, 32);
}

static size_t measured(void (*write)(struct writer *, const sla_explained_verdict *),
                       const sla_explained_verdict *verdict)
{
    struct writer writer;
    writer_init(&writer, NULL, 0);
    write(&writer, verdict);
    return writer.column;
}

static struct row_widths measure(const sla_explanation *explanation, bool clock_alone)
{
    struct row_widths widths = {0, 0, 0};
    for (size_t i = 0; i < explanation->verdicts.count; i++) {
        const sla_explained_verdict *verdict = &explanation->verdicts.items[i];
        if (!is_shown(verdict, clock_alone))
            continue;
        size_t name = measured(write_name, verdict), gives = measured(write_gives, verdict);
        size_t line = 1;
        for (uint32_t rest = verdict->line; rest >= 10; rest /= 10)
            line++;
        widths.name = name > widths.name ? name : widths.name;
        widths.gives = gives > widths.gives ? gives : widths.gives;
        widths.line = line > widths.line ? line : widths.line;
    }
    return widths;
}

static void write_why(struct writer *writer, const sla_explained_verdict *verdict)
{
    size_t column = writer->pad_to + strlen("no   ");
    if ((verdict->flags & SLA_VERDICT_MATCHED) != 0) {
        writer_add_c(writer, "yes  ");
        if (verdict->condition.length > 0)
            writer_add_short(writer, verdict->condition, CONDITION_COLUMNS);
        else
            writer_add_c(writer, "no condition");
        return;
    }
    writer_add_c(writer, "no   wants ");
    writer_add_short(writer, verdict->wanted, CONDITION_COLUMNS);
    bool was_opened = text_starts_with(verdict->has, TEXT("opened "));
    if (writer->column + text_columns(verdict->has) + 6 <= LINE_COLUMNS) {
        writer_add_c(writer, was_opened ? "; was " : "; has ");
    } else {
        writer_end_line(writer);
        writer_pad(writer, column);
        writer_add_c(writer, was_opened ? "was " : "has ");
    }
    writer_add_short(writer, verdict->has, CONDITION_COLUMNS);
}

static void text_row(struct writer *writer, const sla_explained_verdict *verdict,
                     struct row_widths widths)
{
    size_t column = 2 + 5 + widths.line;
    writer_pad(writer, 2);
    if (verdict->line > 0) {
        writer_add_c(writer, "line ");
        writer_add_number_right(writer, verdict->line, column);
    }
    writer_pad(writer, column += 2);
    write_name(writer, verdict);
    writer_pad(writer, column += widths.name + 2);
    write_gives(writer, verdict);
    writer_pad(writer, column + widths.gives + (widths.gives > 0 ? 2 : 0));
    write_why(writer, verdict);
    writer_end_line(writer);
}

static void text_attributes(struct writer *writer, const sla_explanation *explanation)
{
    size_t width = 0;
    for (size_t i = 0; i < explanation->attributes.count; i++) {
        size_t own = text_columns(explanation->attributes.items[i].name);
        width = own > width && own <= 32 ? own : width;
    }
    if (explanation->attributes.count == 0)
        return;
    writer_end_line(writer);
    writer_add_c(writer, "What it is");
    writer_end_line(writer);
    for (size_t i = 0; i < explanation->attributes.count; i++) {
        const sla_explained_attribute *attribute = &explanation->attributes.items[i];
        writer_pad(writer, 2);
        writer_add_short(writer, attribute->name, 32);
        writer_pad(writer, 2 + width + 2);
        writer_add_short(writer, attribute->value, CONDITION_COLUMNS);
        if ((attribute->flags & SLA_ATTRIBUTE_DERIVED) != 0)
            writer_add_c(writer, " (derived)");
        writer_end_line(writer);
    }
}

void text_rows(struct writer *writer, const sla_explanation *explanation, bool clock_alone)
{
    if (!clock_alone)
        text_attributes(writer, explanation);
    struct row_widths widths = measure(explanation, clock_alone);
    size_t hidden = 0;
    bool begun = false;
    for (size_t i = 0; i < explanation->verdicts.count; i++) {
        const sla_explained_verdict *verdict = &explanation->verdicts.items[i];
        if (!is_shown(verdict, clock_alone)) {
            hidden += verdict->what == SLA_VERDICT_TARGET;
            continue;
        }
        if (!begun) {
            writer_end_line(writer);
            writer_add_c(writer, "Why");
            writer_end_line(writer);
        }
        begun = true;
        text_row(writer, verdict, widths);
    }
    if (hidden > 0) {
        writer_pad(writer, 2);
        writer_add_c(writer, "and ");
        writer_add_number(writer, (int64_t)hidden, 1);
        writer_add_c(writer, hidden == 1 ? " row of targets that does not name "
                                         : " rows of targets that do not name ");
        writer_add(writer, explanation->clock.metric);
        writer_end_line(writer);
    }
}
