/* SPDX-License-Identifier: MIT */
/* The colours of the SVG picture of a calendar, and others where the reader prefers a dark screen.
   Nothing is fetched: the file looks the same without a network. */
#include "calendar_svg_key.h"

#include <stdio.h>

static const char sheet[] =
    "text{font-family:system-ui,-apple-system,'Segoe UI',Roboto,'Noto Sans','Noto Sans CJK SC',"
    "sans-serif;font-size:11px;fill:#1f2933}\n"
    ".heading{font-size:22px;font-weight:700}\n"
    ".month{font-size:13px;font-weight:600}\n"
    ".name{font-size:12px;fill-opacity:.8}\n"
    ".soft{fill:#52606d}\n"
    ".hour,.total,.date{fill:#7b8794;font-size:10px;text-anchor:end}\n"
    ".date{text-anchor:middle}\n"
    ".grid{stroke:#1f2933;stroke-opacity:.14;fill:none}\n"
    ".paper{fill:#ffffff}\n"
    ".ground{fill:#f2f4f7}\n"
    ".free{fill:#e4e7eb}\n"
    ".open{fill:#2f9e63;fill-opacity:.9}\n"
    ".mark{fill:#dd9a00}\n"
    ".skipped,.repeated{fill:#f0b429;fill-opacity:.55}\n"
    ".nodate{fill:#f0b429}\n"
    ".holiday .ground{fill:#fbd5d5}\n"
    ".holiday .open{fill:#d64545}\n"
    ".workday .ground{fill:#cdeef7}\n"
    ".workday .open{fill:#1283a6}\n"
    ".special .ground{fill:#eedcf7}\n"
    ".special .open{fill:#8a3fa8}\n"
    ".closure .ground{fill:#fbe6c2}\n"
    ".exception .ground{fill:#dcdcf7}\n"
    ".exception .open{fill:#4c51bf}\n"
    ".provisional .open{fill-opacity:.45}\n"
    "@media (prefers-color-scheme:dark){\n"
    "text{fill:#e4e7eb}\n"
    ".soft{fill:#9aa5b1}\n"
    ".paper{fill:#15191e}\n"
    ".ground{fill:#20262d}\n"
    ".free{fill:#2b323a}\n"
    ".grid{stroke:#ffffff}\n"
    ".open{fill:#3fb87a}\n"
    ".holiday .ground{fill:#62282c}\n"
    ".holiday .open{fill:#ef6a6a}\n"
    ".workday .ground{fill:#123a47}\n"
    ".workday .open{fill:#40b4d6}\n"
    ".special .ground{fill:#3a2246}\n"
    ".special .open{fill:#b877d3}\n"
    ".closure .ground{fill:#47361a}\n"
    ".exception .ground{fill:#2a2c55}\n"
    ".exception .open{fill:#8f94f0}\n"
    "}\n";

void svg_style(void)
{
    printf("<style>\n%s</style>\n", sheet);
}
