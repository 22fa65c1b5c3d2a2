#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The layout of every public struct: as committed, and without hidden padding, on each data model.

The layouts are asked from the compiler: a constant array of sizeof and offsetof is compiled, and
read back from a program that ran (the native compiler) or from LLVM's text form (clang for
machines that are not here). Run with --write to renew the tables after a wanted change: fields may
only be added at the end of a struct that has `size`.

usage: layout.py BUILD_INCLUDE [--write] COMPILER...
"""

import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "house"))
from tree import ROOT, Report, code_of, under  # noqa: E402

# One machine for each way in which the struct layouts could differ.
MACHINES = {
    "lp64": "x86_64-linux-gnu",
    "ilp32-aligned": "armv7a-linux-gnueabihf",  # 64-bit fields at multiples of 8
    "ilp32-packed": "i386-linux-gnu",  # 64-bit fields at multiples of 4
    "wasm32": "wasm32-unknown-unknown",
    "llp64": "x86_64-pc-windows-msvc",
}
FIXED = {"sla_text", "sla_allocator", "sla_loader", "sla_attribute", "sla_column", "sla_stretch",
         "sla_diag_place"}  # these never grow, so they need no `size`
PLAIN = {"uint8_t", "int32_t", "uint32_t", "int64_t", "uint64_t", "size_t", "sla_time",
         "sla_duration", "sla_status", "sla_text", "sla_date"}


def public_structs(headers=tuple(under("include", ".h", ".h.in"))):
    """Struct name -> list of (type, field), in the order of the headers."""
    found = {}
    for path in headers:
        for match in re.finditer(r"typedef struct (\w+) \{(.*?)\n\} \1;", code_of(path), re.S):
            found[match.group(1)] = list(fields_of(match.group(2)))
    return found


def fields_of(body):
    for declaration in filter(None, (piece.strip() for piece in body.split(";"))):
        pointer = re.search(r"\(\*(\w+)\)\(", declaration)
        if pointer:
            yield "pointer", pointer.group(1)
            continue
        kind, names = re.match(r"((?:const )?\w+) (.*)$", declaration, re.S).groups()
        for name in names.split(","):
            name = name.strip()
            bare = re.sub(r"[* ]|\[\d+\]", "", name)
            yield ("pointer" if "*" in name else kind), bare


def questions(structs):
    """C expressions, and what they are called in the tables."""
    for struct, fields in structs.items():
        yield f"{struct}", f"sizeof({struct})"
        for _, field in fields:
            yield f"{struct}.{field}", f"offsetof({struct}, {field})"
            yield f"{struct}.{field} size", f"sizeof((({struct} *)0)->{field})"


def source(structs, run):
    values = ",\n    ".join(f"(uint32_t){text}" for _, text in questions(structs))
    text = "#include <sla/sla.h>\n"
    text += "#include <stdio.h>\n" if run else ""
    text += f"extern const uint32_t answers[];\nconst uint32_t answers[] = {{\n    {values}\n}};\n"
    if run:
        text += ("int main(void)\n{\n    for (size_t i = 0; i < sizeof answers / sizeof *answers; "
                 "i++)\n        printf(\"%u\\n\", (unsigned)answers[i]);\n    return 0;\n}\n")
    return text


def ask(structs, command, run):
    """The answers in order; raises CalledProcessError when it cannot be compiled."""
    with tempfile.TemporaryDirectory() as scratch:
        file = pathlib.Path(scratch, "layout.c")
        file.write_text(source(structs, run), encoding="ascii")
        if run:
            program = pathlib.Path(scratch, "layout")
            subprocess.run([*command, "-o", str(program), str(file)], check=True,
                           capture_output=True, text=True)
            return [int(line) for line in subprocess.run(
                [str(program)], check=True, capture_output=True, text=True).stdout.split()]
        llvm = subprocess.run([*command, "-S", "-emit-llvm", "-o", "-", str(file)], check=True,
                              capture_output=True, text=True).stdout
        array = re.search(r"@answers = [^\n]*\[\d+ x i32\] \[([^\]]*)\]", llvm).group(1)
        return [int(number) for number in re.findall(r"i32 (\d+)", array)]


def layout(structs, command, run):
    names = [name for name, _ in questions(structs)]
    return dict(zip(names, ask(structs, command, run), strict=True))


def table(structs, answers):
    lines = []
    for struct, fields in structs.items():
        lines.append(f"{struct} {answers[struct]}")
        lines += [f"{struct}.{field} {answers[f'{struct}.{field}']}" for _, field in fields]
    return "\n".join(lines) + "\n"


def padding(structs, answers):
    for struct, fields in structs.items():
        end = 0
        for _, field in fields:
            at = answers[f"{struct}.{field}"]
            if at != end:
                yield f"{struct}: {at - end} hidden bytes before {field}"
            end = at + answers[f"{struct}.{field} size"]
        if end != answers[struct]:
            yield f"{struct}: {answers[struct] - end} hidden bytes at its end"


def changed(path, now):
    before = path.read_text(encoding="ascii").splitlines() if path.exists() else []
    for old in sorted(set(before) - set(now.splitlines())):
        yield f"{path.name}: was {old.strip()}"
    for new in sorted(set(now.splitlines()) - set(before)):
        yield f"{path.name}: is {new.strip()}"


def unfit_fields(structs):
    for struct, fields in structs.items():
        for kind, field in fields:
            if kind != "pointer" and kind not in PLAIN:
                yield f"{struct}.{field}: {kind} has no fixed width"
        heads = [field for _, field in fields[:2]]
        if struct not in FIXED and heads != ["size", "flags"]:
            yield f"{struct}: does not begin with size and flags"


def main():
    write = "--write" in sys.argv
    build_include, *compiler = [word for word in sys.argv[1:] if word != "--write"]
    options = ["-std=c11", f"-I{ROOT / 'include'}", f"-I{build_include}"]
    structs = public_structs()
    here = pathlib.Path(__file__).parent
    report = Report()
    report.rule("public_structs_were_found", [] if len(structs) > 10 else [f"only {len(structs)}"])
    report.rule("fields_have_fixed_widths_and_size_comes_first", unfit_fields(structs))

    native = layout(structs, [*compiler, *options], run=True)
    report.rule("this_machine_pads_nothing", padding(structs, native))
    for model, machine in MACHINES.items():
        clang = shutil.which("clang")
        if not clang:
            report.skip(f"{model}_is_as_committed", "no clang")
            continue
        command = [clang, f"--target={machine}", "-ffreestanding", "-nostdlibinc", *options]
        answers = layout(structs, command, run=False)
        file = here / f"{model}.txt"
        if write:
            file.write_text(table(structs, answers), encoding="ascii")
        report.rule(f"{model}_is_as_committed", changed(file, table(structs, answers)))
        report.rule(f"{model}_pads_nothing", padding(structs, answers))
        if model == "lp64" and native["sla_text"] == 16:
            report.rule("this_machine_agrees_with_lp64",
                        changed(file, table(structs, native)))
    report.end()


if __name__ == "__main__":
    main()
