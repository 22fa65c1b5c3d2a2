# SPDX-License-Identifier: MIT
"""Carets stand under exactly what is meant, whatever characters are before and in it: each policy
has its fault between « and », which are taken out before it is checked."""

import json
import unicodedata

from tool_case import ToolCase

import tap_unittest

COMBINED = "cafe\u0301"  # é as two characters, which take one column
FAMILY = "\U0001F468\u200D\U0001F469"  # two wide characters and a joiner that cannot be seen

# (code, policy); the line of the fault ends where the text ends.
MARKED = [
    ("SLA-101", "sla: «二»"),
    ("SLA-102", "sla: 1\nx-说明: 好\nseverities: «紧急»"),
    ("SLA-104", "sla: 1\nclassify: {地区: [{is: 城市}], «地区»: [{is: 远郊}]}"),
    ("SLA-107", 'sla: 1\nseverities: [紧急, «""», 一般]'),
    ("SLA-108", "sla: 1\nx-备注: 无\nroll_deadlines: «是的»"),
    ("SLA-109", "sla: 1\nmetrics: {修复: {start: 打开, stop: 解决, reopen: «继续计时»}}"),
    ("SLA-110", "sla: 1\nescalations: [{steps: [{notify: 主管, at: 1h after, repeat: 1h, "
                "times: «三次»}]}]"),
    ("SLA-111", "sla: 1\ntargets: [{name: 城市, resolution: «八小时»}]"),
    ("SLA-112", "sla: 1\ntargets: [{name: 城市, resolution: {within: 8h, grace: «1d»}}]"),
    ("SLA-113", "sla: 1\nholidays: {法定假日: {closed: [«2026年10月1日»]}}"),
    ("SLA-114", "sla: 1\ntargets: [{name: 乡村, resolution: {within: 1wd, cutoff: «下午四点»}}]"),
    ("SLA-116", "sla: 1\nseverities: [紧急, 一般, «紧急»]"),
    ("SLA-231", "sla: 1\ntargets: [{name: 城市, «响应时间»: 1h}]"),
    ("SLA-231", "sla: 1\n«级别»: [紧急]"),
    ("SLA-232", "sla: 1\ncalendars: {工作时间: {hours: always}}\ncalendar: «上班时间»"),
    ("SLA-233", "sla: 1\ncalendars: {办公室: {hours: always, holidays: [«法定假日»]}}"),
    ("SLA-234", "sla: 1\nmetrics: {修复: {start: 打开, stop: 解决}}\n"
                "escalations: [{metrics: [修复, «响应»], steps: [{at: due}]}]"),
    ("SLA-235", "sla: 1\nseverities: [紧急, 一般]\n"
                "targets: [{when: {severity: «特急»}, resolution: 4h}]"),
    ("SLA-236", "sla: 1\nname: 值班\ntimezone: «亚洲/上海»"),
    ("SLA-238", "sla: 1\ntargets: [{resolution: 8h}]\n"
                "escalations: [{agreements: [«黄金»], steps: [{at: due}]}]"),
    ("SLA-301", "sla: 1\ncalendars: {办公室: {hours: {«星期一»: '09:00-17:00'}}}"),
    ("SLA-302", "sla: 1\ncalendars: {办公室: {hours: {mon-fri: '09:00-17:00', «fri»: closed}}}"),
    ("SLA-304", "sla: 1\ncalendars: {办公室: {hours: {mon-fri: «'09：00-17：00'»}}}"),
    ("SLA-307", "sla: 1\ncalendars: {办公室: {hours: «全天»}}"),
    ("SLA-308", "sla: 1\ncalendars: {«办公室»: {holidays: []}}"),
    ("SLA-309", "sla: 1\nholidays: {国庆: {closed: [{name: 黄金周, date: 2026-10-07, "
                "to: «2026-10-01»}]}}"),
    ("SLA-313", "sla: 1\nholidays: {春节: {closed: [{name: 除夕, yearly: «正月初一»}]}}"),
    ("SLA-314", "sla: 1\ncalendars: {白班: {extends: «白班»}}"),
    ("SLA-316", "sla: 1\nholidays: {元旦: {closed: [{yearly: 01-01, observed: «顺延»}]}}"),
    ("SLA-334", "sla: 1\ncalendars: {夜班: {none_of: «夜班»}}"),
    ("SLA-401", "sla: 1\nclassify: {地区: [{when: «{城市: 深圳}», is: 城区}]}"),
    ("SLA-403", "sla: 1\nclassify: {地区: [{is: 城区}, {when: {客户: 重要}, «raise»: 1}]}"),
    ("SLA-405", "sla: 1\nclassify: {优先级: {matrix: {rows: «{影响: [高], 人数: [多]}», "
                "columns: {紧急度: [高]}, values: [[一]]}}}"),
    ("SLA-406", "sla: 1\nclassify: {优先级: {matrix: {rows: {影响: [高, 低]}, "
                "columns: {紧急度: [高, 低]}, values: [[一, 二], «[三]»]}}}"),
    ("SLA-408", "sla: 1\ntargets: [{when: {人数: {min: «一百»}}, resolution: 4h}]"),
    ("SLA-409", "sla: 1\ntargets: [{when: {人数: {min: «9», max: 3}}, resolution: 4h}]"),
    ("SLA-601", "sla: 1\ncalendars: {办公室: {hours: {mon: '09:00-17:00'}}}\n"
                "targets: [{name: 城市, resolution: «8h»}]"),
    ("SLA-701", "sla: 1\nescalations: [{steps: [{notify: [主管, 部门], at: «一半»}]}]"),
    ("SLA-703", "sla: 1\nescalations: [{steps: [{notify: 主管, at: due, «late»: skip}]}]"),
    # Beyond Chinese.
    ("SLA-232", "sla: 1\nx-a: " + COMBINED + "\ncalendars: {" + COMBINED + ": {hours: always}}\n"
                "targets: [{name: " + COMBINED + ", resolution: {within: 1h, calendar: «cafe»}}]"),
    ("SLA-232", "sla: 1\ntargets: [{name: " + COMBINED * 3 + ", calendar: «" + COMBINED + "s», "
                "resolution: 1h}]"),
    ("SLA-231", "sla: 1\ntargets: [{name: 🔥🔥, «🚒⏰»: 1h}]"),
    ("SLA-231", "sla: 1\ntargets: [{name: " + FAMILY + ", «急»: 1h}]"),
    ("SLA-231", "sla: 1\ntargets: [{name: ⚡✅❌⭐, «y»: 1h}]"),
    ("SLA-231", "sla: 1\ntargets: [{name: 서울, «도쿄»: 1h}]"),
    ("SLA-231", "sla: 1\ntargets: [{name: ｓｌａ, «ｒｅｓｏｌｕｔｉｏｎ»: 1h}]"),
    ("SLA-231", "sla: 1\ntargets: [{name: สวัสดี, «नमस्ते»: 1h}]"),
    ("SLA-231", "sla: 1\ntargets:\t[{name:\t城市,\t«nmae»: 1h}]"),
]


def width(text):
    """Columns of a text on a terminal; a tab stands for itself."""
    columns = 0
    for character in text:
        if unicodedata.category(character) in ("Mn", "Me", "Cf"):
            continue
        columns += 2 if unicodedata.east_asian_width(character) in "WF" else 1
    return columns


def below(text):
    """What stands in the line of the caret below a text: blanks, and tabs below tabs."""
    return "".join("\t" if c == "\t" else " " * width(c) for c in text)


class Carets(ToolCase):
    def test_caret_is_under_the_exact_columns(self):
        self.assertGreater(len({code for code, _ in MARKED}), 35)
        for code, marked in MARKED:
            with self.subTest(code=code, policy=marked):
                before, _, rest = marked.partition("«")
                token, _, after = rest.partition("»")
                self.write("p.yaml", before + token + after + "\n")
                line = before.count("\n") + 1
                start = before.rpartition("\n")[2]
                column = len(start) + 1
                out, _ = self.run_tool("check", "p.yaml", "--format", "json", status=1)
                (fault,) = json.loads(out)
                self.assertEqual(
                    (fault["code"], fault["line"], fault["column"], fault["end_line"],
                     fault["end_column"]), (code, line, column, line, column + len(token)))
                out, _ = self.run_tool("p.yaml", status=1)
                lines = out.splitlines()
                self.assertTrue(lines[0].startswith(f"p.yaml:{line}:{column}: error: "), lines[0])
                self.assertEqual(lines[1], start + token + after)
                self.assertEqual(lines[2], below(start) + "^" + "~" * (width(token) - 1))

    def test_of_a_long_line_the_part_around_the_fault_is_shown(self):
        rows = ", ".join(f"{{when: {{城市: 第{i}城}}, resolution: 8h}}" for i in range(200))
        self.write("p.yaml", "sla: 1\ntargets: [" + rows + ", {resolution: 8 h}, " + rows + "]\n")
        out, _ = self.run_tool("p.yaml", status=1)
        first, line, caret = out.splitlines()[:3]
        self.assertIn('"8 h" is not a duration', first)
        self.assertTrue(line.startswith("...") and line.endswith("..."), line)
        self.assertLessEqual(width(line), 166)
        at = line.index("8 h}")
        self.assertEqual(caret, below(line[:at]) + "^~~")


if __name__ == "__main__":
    tap_unittest.main()
