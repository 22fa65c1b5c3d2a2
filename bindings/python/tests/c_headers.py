# SPDX-License-Identifier: MIT
"""What a C program that is compiled from the installed headers says of libsla.

Names come from the text of the headers; every size, offset, number and type is the C compiler's
answer. A prototype that was cut into wrong pieces does not compile.
"""

import pathlib
import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from typing import Dict, List

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[3] / "tests" / "abi"))
import layout  # noqa: E402

# Macros that stand for no number.
NO_NUMBERS = re.compile(r"SLA_(API|BEGIN_DECLS|END_DECLS|VERSION_\w+|\w+_H)$")

# What a value is: i and u are signed and unsigned numbers, p is any pointer, s a struct.
PROGRAM = """\
#include <sla/sla.h>
#include <stdio.h>

#define KIND(x) _Generic((x), signed char: "i", short: "i", int: "i", long: "i", long long: "i", \\
    unsigned char: "u", unsigned short: "u", unsigned: "u", unsigned long: "u", \\
    unsigned long long: "u", char: "c", float: "f", double: "f", sla_text: "s", default: "p")
#define FIELD(S, f) printf("field %s.%s %zu %zu %s\\n", #S, #f, offsetof(S, f), \\
    sizeof((S *)0)->f, KIND(((S *)0)->f))
#define ARRAY(S, f, T) if (!__builtin_types_compatible_p(__typeof__(((S *)0)->f), T)) \\
    printf("wrong %s.%s is no %s\\n", #S, #f, #T)
#define NUMBER(n) if (n > 0) printf("number %s %llu\\n", #n, (unsigned long long)n); \\
    else printf("number %s %lld\\n", #n, (long long)n)
#define TYPE(f, T) printf("type %s %zu %s %d\\n", f, sizeof(T), KIND(*(T *)0), \\
    __builtin_types_compatible_p(T, const char *))
#define PROTOTYPE(f, ...) _Static_assert(__builtin_types_compatible_p( \\
    __typeof__(&f), __VA_ARGS__), #f)

int main(void)
{
@STATEMENTS@    return 0;
}
"""


@dataclass
class Function:
    """A function's types as the headers write them: result first."""

    name: str
    result: str
    arguments: List[str]

    def pointer(self) -> str:
        return f"{self.result} (*)({', '.join(self.arguments) or 'void'})"


class Headers:
    """The headers in one folder (its `sla/` has them), and a compiler."""

    def __init__(self, folder: pathlib.Path, compiler: List[str]) -> None:
        self.files = sorted((folder / "sla").glob("*.h"))
        self.compiler = [*compiler, "-std=gnu11", f"-I{folder}"]
        self.structs: Dict[str, List[str]] = {
            struct: [field for _, field in fields]
            for struct, fields in layout.public_structs(self.files).items()}

    def _run(self, *options: str, text: str) -> str:
        return subprocess.run([*self.compiler, *options, "-x", "c", "-"], input=text, text=True,
                              check=True, stdout=subprocess.PIPE).stdout

    def numbers(self) -> List[str]:
        """The macros that stand for numbers."""
        text = self._run("-E", "-dM", text="#include <sla/sla.h>\n")
        names = re.findall(r"^#define (SLA_\w+) +\S", text, re.M)
        return [name for name in names if not NO_NUMBERS.match(name)]

    def functions(self) -> List[Function]:
        """The declarations, as the preprocessor leaves them."""
        text = self._run("-E", "-P", "-DSLA_API=SLA_API", text=self._without_export())
        found = []
        for match in re.finditer(r"\bSLA_API\s+([^;()]*?)\b(sla_\w+)\s*\(([^;]*)\)\s*;", text):
            result, name, arguments = match.groups()
            found.append(Function(name, result.strip(), [
                unnamed(argument) for argument in arguments.split(",")
                if argument.strip() != "void"]))
        return found

    @staticmethod
    def _without_export() -> str:
        """With export.h's own marks, so that SLA_API is left to be seen."""
        return ("#define SLA_EXPORT_H\n#define SLA_BEGIN_DECLS\n#define SLA_END_DECLS\n"
                "#include <sla/sla.h>\n")

    def answers(self, statements: List[str]) -> List[List[str]]:
        """The words that the statements print, line by line."""
        program = PROGRAM.replace("@STATEMENTS@",
                                  "".join(f"    {line};\n" for line in statements))
        with tempfile.TemporaryDirectory() as scratch:
            binary = pathlib.Path(scratch, "ask")
            self._run("-w", "-o", str(binary), text=program)
            printed = subprocess.run([str(binary)], check=True, text=True,
                                     stdout=subprocess.PIPE).stdout
        return [line.split() for line in printed.splitlines()]


def unnamed(argument: str) -> str:
    """An argument's type without its name: "const sla_text *name" is "const sla_text *"."""
    argument = " ".join(argument.split())
    return re.sub(r"\s*\b\w+(\[\w*\])?$", lambda found: " *" if found.group(1) else "", argument)
