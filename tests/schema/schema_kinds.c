/* SPDX-License-Identifier: MIT */
/* How each kind of value is written, as JSON Schema. Patterns keep to what every engine of regular
 * expressions knows. Plain scalars reach a schema as numbers and booleans, so a text of ours may be
 * any of these; a pattern looks at texts alone. */
#include "schema_parts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TYPES(types) "'type': [" types "]"
#define ANY_TEXT "'string', 'number', 'boolean'"
#define PATTERN(pattern, message) \
    "'pattern': '^" pattern "$', 'patternErrorMessage': '" message "'"

#define NAME_PATTERN \
    PATTERN("[^\\\\x00-\\\\x1f\\\\x7f-\\\\x9f]+", "a name: not empty, without control characters")
#define NAME TYPES(ANY_TEXT) ", " NAME_PATTERN
#define NAMES(least) TYPES(ANY_TEXT ", 'array'") ", " NAME_PATTERN ", 'items': {" NAME "}" least

#define DAYS "0[1-9]|[12][0-9]"
#define MONTH_DAY_OF(february) \
    "(?:(?:0[13578]|1[02])-(?:" DAYS "|3[01])|(?:0[469]|11)-(?:" DAYS "|30)|02-(?:" february "))"
#define MONTH_DAY MONTH_DAY_OF(DAYS)
#define LEAP_YEAR \
    "(?:19(?:7[26]|8[048]|9[26])|20(?:[02468][048]|[13579][26])|" \
    "21(?:0[48]|[2468][048]|[13579][26]))"
#define YEAR "(?:19[7-9][0-9]|2[01][0-9]{2})"
#define DATE "(?:" YEAR "-" MONTH_DAY_OF("0[1-9]|1[0-9]|2[0-8]") "|" LEAP_YEAR "-02-29)"
#define DATE_PATTERN PATTERN(DATE, "a date from 1970-01-01 to 2199-12-31")

#define HOUR "(?:[01][0-9]|2[0-3])"
#define BEFORE_MIDNIGHT HOUR ":[0-5][0-9](?::[0-5][0-9])?"
#define TIME "(?:" BEFORE_MIDNIGHT "|24:00(?::00)?)"
#define INSTANT \
    DATE "[Tt ]" HOUR ":(?:[0-5][0-9](?::[0-5][0-9](?:[.][0-9]+)?)?|59:60(?:[.][0-9]+)?)" \
    "(?:[Zz]|[+-]" HOUR ":[0-5][0-9])?"

#define INSTANT_PATTERN PATTERN(INSTANT, "an instant such as 2026-08-01T14:00")

#define B "[ \\\\t]*"
#define SPAN B BEFORE_MIDNIGHT B "-" B TIME B
#define HOURS SPAN "(?:," SPAN ")*"
#define HOURS_MESSAGE "intervals such as 09:00-12:00, 13:00-17:00, or closed"
#define DAY "(?:mon|tue|wed|thu|fri|sat|sun)"
#define DAY_PART B DAY B "(?:-" B DAY B ")?"
#define WEEK_KEY "(?:daily|" DAY_PART "(?:," DAY_PART ")*)"
#define DAY_HOURS \
    TYPES("'string', 'array'") ", " PATTERN("(?:closed|" HOURS ")", HOURS_MESSAGE) \
    ", 'minItems': 1, 'items': {'type': 'string', " PATTERN(HOURS, HOURS_MESSAGE) "}"

#define OFFSET_DAYS " *(?:[0-2]?[0-9]{1,2}|3[0-5][0-9]|36[0-6])"
#define OFFSET "(?: *[+-]" OFFSET_DAYS ")?"
#define OFFSET_OF_DATE "(?:(?: *[+]| +-)" OFFSET_DAYS ")?"
#define MONTH "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
#define YEARLY \
    " *(?:" MONTH_DAY "|(?:1st|2nd|3rd|4th|5th|last) +" DAY " +of +" MONTH OFFSET "|easter" OFFSET \
    "|" DAY " +(?:on +or +)?(?:before|after) +" MONTH_DAY OFFSET_OF_DATE ") *"
#define YEARLY_PATTERN \
    PATTERN(YEARLY, "a day of the year: 12-25, 4th thu of nov, last mon of may, easter + 1 or " \
                    "wed before 11-23")

#define SHORT "(?:[0-9]+h(?:[0-9]+m)?(?:[0-9]+s)?|[0-9]+m(?:[0-9]+s)?|[0-9]+s)"
#define LONG "(?:[0-9]+w?d|" SHORT ")"
#define LONG_MESSAGE \
    "a duration: 90s, 30m, 1h30m, 5wd (working days) or 3d (calendar days)"

#define NUMBER(least, most, pattern, message) \
    TYPES("'string', 'integer'") ", 'minimum': " least ", 'maximum': " most ", " \
    PATTERN(pattern, message)
#define UP_TO_INT32_MAX \
    "(?:[0-9]{1,9}|1[0-9]{9}|20[0-9]{8}|21[0-3][0-9]{7}|214[0-6][0-9]{6}|2147[0-3][0-9]{5}|" \
    "21474[0-7][0-9]{4}|214748[0-2][0-9]{3}|2147483[0-5][0-9]{2}|21474836[0-3][0-9]|" \
    "214748364[0-7])"

#define PATH_CHARACTER "[^/:\\\\\\\\\\\\x00-\\\\x1f\\\\x7f]"
#define PATH_NO_DOT "[^/:.\\\\\\\\\\\\x00-\\\\x1f\\\\x7f]"
#define PATH_PART \
    "(?:" PATH_NO_DOT PATH_CHARACTER "*|[.](?:" PATH_NO_DOT PATH_CHARACTER "*)?|[.]{2}" \
    PATH_CHARACTER "+)"
#define PATH_PATTERN \
    PATTERN(PATH_PART "(?:/" PATH_PART ")*", \
            "a path from the folder of this file on, with slashes and without ..")

#define REF(name) "'allOf': [{'$ref': '#/definitions/" name "'}]"
#define MAP_OF(name) "'type': 'object', " REF(name)
#define LIST_OF(item, least) "'type': 'array', 'items': {" item "}" least
#define LEAST_ONE ", 'minItems': 1"
#define OWN "'patternProperties': {'^x-': {'description': 'a key of your own: not read'}}"
#define BY_NAME(item) \
    "'type': 'object', 'propertyNames': {'pattern': " \
    "'^(?:x-|[^\\\\x00-\\\\x1f\\\\x7f-\\\\x9f]+$)'}, " OWN ", 'additionalProperties': {" item "}"

#define CONDITION MAP_OF("condition")
#define CONDITION_VALUE \
    TYPES(ANY_TEXT ", 'array', 'object'") ", 'minItems': 1, 'items': {" TYPES(ANY_TEXT) "}, " \
    REF("test_of_a_value")
#define TRIGGER \
    TYPES(ANY_TEXT ", 'array', 'object'") ", " NAME_PATTERN ", 'minItems': 1, 'items': {" NAME \
    "}, " REF("trigger")
#define PROMISE(reference) \
    TYPES("'string', 'object'") ", " PATTERN("(?:none|" LONG ")", "none, or " LONG_MESSAGE) ", " \
    REF(reference)

#define CLOCK \
    PATTERN("(?:none|running|paused|met|missed|cancelled|exempt|" INSTANT ")", \
            "an instant such as 2026-11-20T18:50, none, running, paused, met, missed, cancelled " \
            "or exempt") ", 'minProperties': 1, " REF("expected_clock")
#define EVENT \
    PATTERN(" *(?:started|paused|resumed|retargeted|reopened|extended|cancelled|exempted|" \
            "warning|breach|breach_retracted|escalation|met|missed)(?: .*)?", \
            "a type of event, and a metric behind it: breach first_response") ", " \
    REF("expected_event")
#define EVENTS(least) \
    TYPES("'string', 'array', 'object'") ", " EVENT ", 'items': {" TYPES("'string', 'object'") \
    ", " EVENT "}" least

static const char *const kinds[VALUE_KIND_COUNT] = {
    [VALUE_VERSION] = "'enum': [1, '1']",
    [VALUE_TEXT] = TYPES(ANY_TEXT),
    [VALUE_NOTE] = TYPES(ANY_TEXT),
    [VALUE_NAME] = NAME,
    [VALUE_ZONE] = TYPES(ANY_TEXT),
    [VALUE_FLAG] = "'enum': [true, false, 'true', 'false']",
    [VALUE_DATE] = "'type': 'string', " DATE_PATTERN,
    [VALUE_TIME] = "'type': 'string', " PATTERN(TIME, "a time of day such as 09:00"),
    [VALUE_INSTANT] = "'type': 'string', " INSTANT_PATTERN,
    [VALUE_YEARLY] = "'type': 'string', " YEARLY_PATTERN,
    [VALUE_MONTH_DAY] = "'type': 'string', " PATTERN(MONTH_DAY, "month and day, such as 06-01"),
    [VALUE_DAY_TO] = "'type': 'string'",
    [VALUE_YEAR] = NUMBER("1970", "2199", "0*" YEAR, "a year from 1970 to 2199"),
    [VALUE_DECIMAL] = TYPES("'string', 'number'") ", " PATTERN("[+-]?[0-9]+(?:[.][0-9]+)?",
                      "a decimal number"),
    [VALUE_TIERS] = NUMBER("-1000", "1000", "-?0*(?:1000|[1-9][0-9]{0,2})",
                    "how many tiers: 1 raises, -1 lowers") ", 'not': {'enum': [0]}",
    [VALUE_LEVEL] = NUMBER("-2147483647", "2147483647", "-?0*" UP_TO_INT32_MAX, "a whole number"),
    [VALUE_TIMES] = NUMBER("1", "10000", "0*(?:10000|[1-9][0-9]{0,3})",
                    "a whole number from 1 to 10000"),
    [VALUE_DURATION] = "'type': 'string', " PATTERN(SHORT, "a duration: 90s, 30m or 1h30m"),
    [VALUE_INTERVAL] = "'type': 'string', " PATTERN(SHORT, "a duration: 90s, 30m or 1h30m")
                       ", 'allOf': [{'pattern': '[1-9]'}]",
    [VALUE_LIMIT] = "'type': 'string', " PATTERN("(?:[0-9]+wd|" SHORT ")",
                    "a duration: 90s, 30m, 1h30m or 5wd (working days)"),
    [VALUE_WITHIN] = "'type': 'string', " PATTERN(LONG, LONG_MESSAGE),
    [VALUE_DUE] = "'type': 'string', " PATTERN("(?:same_time|close|" TIME ")",
                  "same_time, close, or a time of day"),
    [VALUE_AT] = "'type': 'string', " PATTERN("(?:due|0*(?:10000|[0-9]{1,4})%|" SHORT
                 " +(?:before|after))", "50%, 30m before, due, 1h after or 120%"),
    [VALUE_CALENDAR_NAME] = NAME,
    [VALUE_ATTRIBUTE] = NAME,
    [VALUE_RATE] = "'type': 'string', "
                   PATTERN("0*(?:100(?:[.]0+)?|[1-9]?[0-9](?:[.][0-9]{1,4}0*)?)%",
                   "a rate such as 95%: more than 0%, at most 100%, up to four decimals")
                   ", 'allOf': [{'pattern': '[1-9]'}]",
    [VALUE_PERCENT] = "'type': 'string', " PATTERN("0*(?:10000|[0-9]{1,4})%", "such as 50%"),
    [VALUE_CYCLE] = NUMBER("1", "2147483647", "0*[1-9][0-9]*", "a whole number from 1 on"),
    [VALUE_DEADLINE] = "'type': 'string', " PATTERN("(?:none|" INSTANT ")",
                       "an instant such as 2026-11-20T18:50, or none"),
    [VALUE_REMAINING] = "'type': 'string', " PATTERN("-?" SHORT,
                        "a duration such as 30m, or -30m for half an hour too late"),
    [VALUE_NAMES] = NAMES(LEAST_ONE),
    [VALUE_NAMES_OR_NONE] = NAMES(""),
    [VALUE_PATHS] = "'type': ['string', 'array'], " PATH_PATTERN ", 'items': {'type': 'string', "
                    PATH_PATTERN "}",
    [VALUE_SEVERITIES] = LIST_OF(NAME, LEAST_ONE ", 'uniqueItems': true"),
    [VALUE_YEARS] = LIST_OF(NUMBER("1970", "2199", "0*" YEAR, "a year from 1970 to 2199"), ""),
    [VALUE_DAY_HOURS] = DAY_HOURS,
    [VALUE_WEEK] = TYPES("'string', 'object'") ", " PATTERN("always",
                   "days with intervals, or always") ", " REF("week"),
    [VALUE_CALENDAR_REF] = TYPES(ANY_TEXT ", 'object'") ", " NAME_PATTERN ", "
                           REF("table_of_calendars"),
    [VALUE_HOLIDAYS] = BY_NAME(MAP_OF("holiday_list")),
    [VALUE_CLOSED] = LIST_OF(TYPES("'string', 'object'") ", " DATE_PATTERN ", "
                     REF("closed_day"), ""),
    [VALUE_WORKDAYS] = LIST_OF(TYPES("'string', 'object'") ", " DATE_PATTERN ", "
                       REF("make_up_day"), ""),
    [VALUE_CALENDARS] = BY_NAME(MAP_OF("calendar")) ", 'properties': {'24x7': false}",
    [VALUE_SPECIAL] = LIST_OF(MAP_OF("special_day"), ""),
    [VALUE_SEASONS] = LIST_OF(MAP_OF("season"), ", 'maxItems': 366"),
    [VALUE_CLASSIFY] = BY_NAME(TYPES("'array', 'object'") LEAST_ONE ", 'items': {"
                       MAP_OF("row") "}, " REF("derivation"))
                       ", 'properties': {'severity': {" TYPES("'array', 'object'") LEAST_ONE
                       ", 'items': {" MAP_OF("severity_row") "}, " REF("derivation") "}}",
    [VALUE_MATRIX] = MAP_OF("matrix"),
    [VALUE_AXIS] = "'type': 'object', 'minProperties': 1, 'maxProperties': 1, 'propertyNames': {"
                   NAME_PATTERN "}, 'additionalProperties': {"
                   NAMES(LEAST_ONE ", 'uniqueItems': true") "}",
    [VALUE_CELLS] = LIST_OF(LIST_OF(TYPES(ANY_TEXT), ""), ""),
    [VALUE_IS] = TYPES(ANY_TEXT ", 'object'") ", " REF("copy"),
    [VALUE_CONDITION] = CONDITION,
    [VALUE_NOT] = CONDITION_VALUE,
    [VALUE_METRICS] = BY_NAME(MAP_OF("metric"))
                      ", 'properties': {'when': false, 'calendar': false, 'name': false}",
    [VALUE_TRIGGER] = TRIGGER,
    [VALUE_PAUSE] = TYPES("'array', 'object'") ", 'items': {" MAP_OF("pause") "}, " REF("pause"),
    [VALUE_TARGETS] = LIST_OF(MAP_OF("target_row"), LEAST_ONE),
    [VALUE_AGREEMENTS] = LIST_OF(MAP_OF("agreement"), LEAST_ONE),
    [VALUE_ESCALATIONS] = LIST_OF(MAP_OF("escalation"), ""),
    [VALUE_STEPS] = LIST_OF(MAP_OF("step"), LEAST_ONE),
    [VALUE_GOALS] = LIST_OF(MAP_OF("goal"), ""),
    [VALUE_TESTS] = LIST_OF(MAP_OF("test"), ""),
    [VALUE_THEN] = LIST_OF(MAP_OF("step_of_a_test"), ""),
    [VALUE_CHANGES] = "'type': 'object', 'propertyNames': {" NAME_PATTERN
                      "}, 'additionalProperties': {" TYPES(ANY_TEXT ", 'object'") ", "
                      REF("attribute_taken_away") "}",
    [VALUE_EXPECT] = "'type': 'object', 'minProperties': 1, " REF("expected"),
    [VALUE_EXPECTED_VALUES] = "'type': 'object', 'additionalProperties': {"
                              TYPES(ANY_TEXT ", 'object'") ", " REF("expected_value") "}",
    [VALUE_EXPECTED_CLOCKS] = "'type': 'object', 'additionalProperties': {" TYPES("'string', "
                              "'array', 'object'") ", " CLOCK ", 'minItems': 1, 'items': {"
                              TYPES("'string', 'object'") ", " CLOCK "}}",
    [VALUE_EVENTS] = EVENTS(LEAST_ONE),
    [VALUE_EVENTS_OR_NONE] = EVENTS(""),
};

/* Values of the lines of a table, by its use. */
static const char *const lines[] = {
    [TABLE_OF_VALUES] = NAME,
    [TABLE_OF_CALENDARS] = NAME,
    [TABLE_OF_TARGETS] = PROMISE("target"),
};

const char *const plain_structures[][2] = {
    {"condition",
     "{'title': 'A condition', 'description': 'all of it must hold', 'propertyNames': {"
     NAME_PATTERN "}, 'properties': {"
     "'all': {'description': 'all of these hold', " LIST_OF(CONDITION, LEAST_ONE) "}, "
     "'any': {'description': 'one of these holds', " LIST_OF(CONDITION, LEAST_ONE) "}, "
     "'not': {'description': 'this does not hold', " CONDITION "}, "
     "'opened_in': {'description': 'a calendar that was open when the incident was opened', "
     NAME "}, "
     "'opened_outside': {'description': 'a calendar that was closed when it was opened', " NAME
     "}, "
     "'attribute': {'description': 'attributes that bear a word of the language', "
     "'type': 'object', 'minProperties': 1, 'propertyNames': {" NAME_PATTERN
     "}, 'additionalProperties': {" CONDITION_VALUE "}}}, "
     "'additionalProperties': {'description': 'an attribute and its value, a list of values, or "
     "min, max, prefix, contains, exists, not', " CONDITION_VALUE "}}"},
    {"week",
     "{'title': 'Weekly hours', 'description': 'days and their intervals', 'patternProperties': {"
     "'^" WEEK_KEY "$': {'description': 'intervals of these days: 09:00-12:00, 13:00-17:00', "
     DAY_HOURS "}, '^x-': {'description': 'a key of your own: not read'}}, "
     "'additionalProperties': false}"},
    {"target_value", "{" PROMISE("target_or_table") "}"},
    {"expected_anything", "{" TYPES(ANY_TEXT ", 'array', 'object'") ", 'minItems': 1, "
     "'minProperties': 1, 'items': {" TYPES("'string', 'object'") ", " REF("expected_either")
     "}, " REF("expected_either") "}"},
    {"name", "{" NAME "}"},
    {"date", "{'type': 'string', " DATE_PATTERN "}"},
    {"yearly_day", "{'type': 'string', " YEARLY_PATTERN "}"},
    {"instant", "{'type': 'string', " INSTANT_PATTERN "}"},
    {NULL, NULL},
};

json_t *part(const char *text)
{
    json_error_t error;
    char *json = strdup(text);
    if (json == NULL)
        exit(1);
    for (char *at = json; *at != '\0'; at++)
        if (*at == '\'')
            *at = '"';
    json_t *value = json_loads(json, JSON_DECODE_ANY, &error);
    if (value == NULL) {
        fprintf(stderr, "write_schema: %s at %d in %s\n", error.text, error.position, json);
        exit(1);
    }
    free(json);
    return value;
}

static json_t *in_braces(const char *members)
{
    size_t length = strlen(members) + 3;
    char *text = malloc(length);
    if (text == NULL)
        exit(1);
    snprintf(text, length, "{%s}", members);
    json_t *value = part(text);
    free(text);
    return value;
}

static json_t *one_of_words(const char *const *words)
{
    json_t *list = json_array();
    for (size_t i = 0; words[i] != NULL; i++)
        json_array_append_new(list, json_string(words[i]));
    return json_pack("{s:o}", "enum", list);
}

json_t *part_of_kind(enum value_kind kind, enum table_use use)
{
    const char *const *words = value_words(kind);
    switch (kind) {
    case VALUE_BY_VALUE:
        return json_pack("{s:s, s:i, s:o}", "type", "object", "minProperties", 1,
                         "additionalProperties", in_braces(lines[use]));
    case VALUE_BY_VALUE_OR:
        return in_braces(lines[use]);
    case VALUE_SEASON_WEEK:
        return part_of_kind(VALUE_WEEK, use);
    case VALUE_KINDS:
        return json_pack("{s:[s,s], s:i, s:o, s:{s:s}, s:o}", "type", "string", "array",
                         "minItems", 1, "items", one_of_words(words), "if", "type", "string",
                         "then", one_of_words(words));
    case VALUE_REOPEN:
        return json_pack("{s:[s,s], s:{s:{s:s}}, s:o, s:[o]}", "type", "string", "object", "if",
                         "not", "type", "object", "then", one_of_words(words), "allOf",
                         part("{'$ref': '#/definitions/reopen'}"));
    default:
        break;
    }
    if (words != NULL)
        return one_of_words(words);
    return kinds[kind] != NULL ? in_braces(kinds[kind]) : NULL;
}
