#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Every c, yaml, sh and python block of the pages is compiled or run.

What may stand behind a block's language:
  c            with main(): compiled, linked and run; without: compiled behind <sla/sla.h>
  yaml         compiled as a policy, and its tests are run; "# fragment: NAME" as the first line
               puts it into fragments/NAME.yaml, "# error: SLA-231" says that it must be refused
               with that code
  sh           run by sh -eu in an empty folder
  sh ci        commands that CI runs itself: they must exist
  python       run behind the python blocks before it on its page, as in one session; needs=NAME:
               only where that module is installed; raises=NAME: must end with that exception
  file=NAME    the block is kept as that file for the later blocks of its page
  same-as=PATH the block is that file of the tree, but for the line that tells editors its schema
  text answers questions and answers about the last policy before it (of=NAME: another one of the
               page), written as tests/support/questions.py says
  text scenario  updates and the events that they must bring, of the same policy (of=NAME too),
               written as tests/support/scenario.h says behind "--- log short"; a weekday may
               stand before a date, and must be that date's
  text output  what the block before it prints; a line "..." stands for any lines
  text output-of=PATH  what that program of the tree prints, run with this build
  text         (json, csv) anything else

usage: run_docs.py BUILD SANITIZERS COMPILE_POLICY SCENARIO_RUN COMPILER...
"""

import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

import answers
import blocks
import scenarios
import session

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
ZONES = ROOT / "tests" / "data" / "zoneinfo"
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "doc").rglob("*.md")),
         ROOT / "bindings" / "python" / "README.md"]
UNTESTED = object()  # the output of a block that could not be run here


class Fault(Exception):
    """A block that does not do what its page says."""


class Runner:
    """Runs the blocks of one page in a folder of its own."""

    def __init__(self, scratch, build, sanitizers, programs, compiler):
        self.scratch = scratch
        self.compile_policy, self.scenario_run = (
            pathlib.Path(program).resolve() for program in programs)
        # by its path: our own `cc` below comes first on the PATH
        self.compiler = [shutil.which(compiler[0]) or compiler[0], *compiler[1:]]
        if sanitizers != "none":
            self.compiler.append(f"-fsanitize={sanitizers}")
        self.build = pathlib.Path(build)
        # `cc` in a page is the compiler of this build, and sla-check is the built one.
        own = scratch / ".bin"
        own.mkdir()
        script = own / "cc"
        script.write_text("#!/bin/sh\nexec " + " ".join(self.compiler) + ' "$@"\n',
                          encoding="utf-8")
        script.chmod(0o755)
        (own / "libsla.pc").write_text(
            "Name: libsla\nDescription: as built\nVersion: 0\n"
            f"Cflags: -I{ROOT / 'include'} -I{self.build / 'include'}\n"
            f"Libs: -L{self.build / 'lib'} -lsla\n", encoding="utf-8")
        path = [str(own), str(self.build / "examples" / "sla-check"), os.environ["PATH"]]
        self.environment = dict(os.environ, PATH=os.pathsep.join(path), LC_ALL="C.UTF-8",
                                LD_LIBRARY_PATH=str(self.build / "lib"), SOURCE=str(ROOT),
                                PKG_CONFIG_PATH=str(own))
        self.output = None
        self.sanitizers = sanitizers
        self.session = session.Session(ROOT, self.build, ZONES)

    def call(self, command, status=0, stdin="", **environment):
        result = subprocess.run([str(word) for word in command], cwd=self.scratch, text=True,
                                env={**self.environment, **environment}, capture_output=True,
                                check=False, input=stdin, timeout=60)
        if result.returncode != status:
            raise Fault(f"{pathlib.Path(command[0]).name} ended with {result.returncode}\n"
                        f"{result.stdout}{result.stderr}")
        return result.stdout

    def run(self, block):
        same = block.option("same-as")
        if same and without_modeline((ROOT / same).read_text(encoding="utf-8")) != block.text:
            raise Fault(f"differs from {same}")
        name = block.option("file")
        if name:
            (self.scratch / name).write_text(block.text, encoding="utf-8")
        action = {"c": self.run_c, "yaml": self.run_yaml, "sh": self.run_sh,
                  "python": self.run_python, "text": self.run_text, "json": self.nothing,
                  "csv": self.nothing}.get(block.language)
        if action is None:
            raise Fault(f"a block in {block.language or 'no language'}: nobody would test it")
        action(block)

    def nothing(self, block):
        self.output = None

    def run_c(self, block):
        source = self.scratch / "block.c"
        flags = ["-std=c11", "-Wall", "-Wextra", "-Werror", f"-I{ROOT / 'include'}",
                 f"-I{self.build / 'include'}"]
        if "int main(" not in block.text:
            source.write_text("#include <sla/sla.h>\n" + block.text, encoding="utf-8")
            # what others include need not use all that it has (clang asks for that)
            self.call([*self.compiler, *flags, "-Wno-unused-function", "-fsyntax-only", source])
            self.output = None
            return
        source.write_text(block.text, encoding="utf-8")
        self.call([*self.compiler, *flags, "-o", "block", source, f"-L{self.build / 'lib'}",
                   "-lsla"])
        self.output = self.call([self.scratch / "block"])

    def run_yaml(self, block):
        text, key = block.text, block.first_line()
        if key.startswith("# fragment: "):
            around = HERE / "fragments" / (key.removeprefix("# fragment: ").strip() + ".yaml")
            text = put_into(around.read_text(encoding="utf-8"), text)
        policy = self.scratch / "block.yaml"
        if key.startswith("# error: "):
            policy = self.scratch / "refused.yaml"
        policy.write_text(text, encoding="utf-8")
        if key.startswith("# error: "):
            code = key.removeprefix("# error: ").strip()
            if f"[{code}]" not in self.call([self.compile_policy, policy], status=1):
                raise Fault(f"is not refused with {code}")
        else:
            self.call([self.compile_policy, policy])
            if re.search(r"^tests:", text, re.M):
                self.call(["sla-check", "test", policy])
        self.output = None

    def run_sh(self, block):
        if "ci" in block.words:
            for line in block.text.splitlines():
                program = line.split("#")[0].split()
                if program and not os.access(ROOT / program[0], os.X_OK):
                    raise Fault(f"{program[0]} is not a program of the tree")
            self.output = None
            return
        self.output = self.call(["sh", "-eu", "-c", block.text])

    def run_python(self, block):
        needs = [word.partition("=")[2] for word in block.words if word.startswith("needs=")]
        # a library with sanitizers cannot be loaded by a program without
        if self.sanitizers != "none" or not self.session.has(needs):
            self.output = UNTESTED
            return
        self.output = self.session.run(self.call, block.text, block.option("raises"))

    def run_text(self, block):
        program = block.option("output-of")
        if program:
            self.environment["BUILD"] = str(self.build)
            self.output = self.call([ROOT / program])
            block.words.append("output")
        if "answers" in block.words:
            wrong = answers.faults(lambda command, stdin: self.call(
                command, stdin=stdin, TZDIR=str(ZONES)), block.option("of") or "block.yaml",
                block.text)
            if wrong:
                raise Fault("\n".join(wrong))
        if "scenario" in block.words:
            wrong = scenarios.fault(lambda path: self.call(
                [self.scenario_run, "--print", ZONES, path]), self.scratch,
                block.option("of") or "block.yaml", block.text)
            if wrong:
                raise Fault(wrong)
        if "output" in block.words:
            if self.output is None:
                raise Fault("the block before it prints nothing")
            if self.output is not UNTESTED and not blocks.matches(block.text, self.output):
                raise Fault(f"the block before it prints\n{self.output}")
        self.output = None


def without_modeline(text):
    """A page need not show what only an editor looks at."""
    first, _, rest = text.partition("\n")
    return rest if first.startswith("# yaml-language-server:") else text


def put_into(around, fragment):
    """Puts a fragment in place of the line "# here", as deep as that line stands."""
    lines = []
    for line in around.splitlines():
        if line.strip() == "# here":
            depth = line[: len(line) - len(line.lstrip())]
            lines += [depth + piece if piece else piece for piece in fragment.splitlines()]
        else:
            lines.append(line)
    return "\n".join(lines) + "\n"


def main():
    build, sanitizers, compile_policy, scenario_run, *compiler = sys.argv[1:]
    number = 0
    for page in PAGES:
        shown = page.relative_to(ROOT)
        text = page.read_text(encoding="utf-8")
        dead = [f"line {line}: {target}" for line, target in blocks.links_of(text)
                if not (page.parent / target).exists()]
        number += 1
        for fault in dead:
            print(f"# {shown}: no such file: {fault}")
        print(f"{'not ok' if dead else 'ok'} {number} - {shown} links")
        with tempfile.TemporaryDirectory() as folder:
            runner = Runner(pathlib.Path(folder), build, sanitizers, (compile_policy, scenario_run),
                            compiler)
            for block in blocks.blocks_of(text):
                number += 1
                try:
                    runner.run(block)
                    good = True
                except (Fault, OSError, subprocess.TimeoutExpired) as fault:
                    good = False
                    for line in str(fault).splitlines()[:40]:
                        print(f"# {line}")
                print(f"{'ok' if good else 'not ok'} {number} - "
                      f"{shown} line {block.line} {block.language}")
                sys.stdout.flush()
    print(f"1..{number}")


main()
