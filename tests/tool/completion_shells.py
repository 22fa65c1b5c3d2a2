# SPDX-License-Identifier: MIT
"""Asks the shells themselves what they would offer for a line: the real completion files, in real
shells, with the built program on their path."""

import os
import pathlib
import pty
import shlex
import shutil
import subprocess
import time
import unittest

FILES = pathlib.Path(__file__).resolve().parents[2] / "examples" / "sla-check" / "completion"
PATIENCE = 30  # seconds; a shell starts in less than one


class Bash:
    name = "bash"

    def offers(self, words, folder, environment):
        script = (f"source {shlex.quote(str(FILES / 'sla-check.bash'))}\n"
                  f"COMP_WORDS=({' '.join(shlex.quote(word) for word in words)})\n"
                  f"COMP_CWORD={len(words) - 1}\n_sla_check\n"
                  'printf "%s\\n" "${COMPREPLY[@]}"\n')
        done = subprocess.run(["bash", "--norc", "--noprofile", "-c", script], cwd=folder,
                              env=environment, text=True, capture_output=True, check=True,
                              stdin=subprocess.DEVNULL, timeout=PATIENCE)
        # compopt complains outside of a completion; nothing else may be said
        return [line for line in done.stdout.splitlines() if line], done.stderr


class Fish:
    name = "fish"

    def offers(self, words, folder, environment):
        line = " ".join(word.replace(" ", "\\ ") for word in words)
        script = f"source {FILES / 'sla-check.fish'}; complete -C {shlex.quote(line)}"
        done = subprocess.run(["fish", "--no-config", "-c", script], cwd=folder, text=True,
                              env={**environment, "HOME": str(folder)}, capture_output=True,
                              check=True, stdin=subprocess.DEVNULL, timeout=PATIENCE)
        return [item.split("\t")[0] for item in done.stdout.splitlines()], done.stderr


ZSH = """\
unsetopt beep; PROMPT=; RPROMPT=
fpath=({files} $fpath)
autoload -U compinit
compinit -u -D
compadd()
{{
    local -a found
    if [[ " $* " != *" -"[OAD]" "* ]]; then
        builtin compadd -O found "$@"
        print -rl -- $found >>offers
    fi
    builtin compadd "$@"
}}
_ask()
{{
    _main_complete
    : >done
}}
zle -C ask complete-word _ask
bindkey '^I' ask
: >ready
"""


class Zsh:
    """zsh completes nothing without a line editor, so it gets a terminal and a TAB."""

    name = "zsh"

    def wait_for(self, path, master):
        until = time.monotonic() + PATIENCE
        while not path.exists():
            if time.monotonic() > until:
                raise TimeoutError(f"zsh: no {path.name}")
            try:
                os.read(master, 65536)
            except (BlockingIOError, OSError):
                pass
            time.sleep(0.01)

    def offers(self, words, folder, environment):
        folder = pathlib.Path(folder)
        (folder / "setup.zsh").write_text(ZSH.format(files=shlex.quote(str(FILES))),
                                          encoding="utf-8")
        for name in ("offers", "done", "ready"):
            (folder / name).unlink(missing_ok=True)
        try:
            master, slave = pty.openpty()
        except OSError as error:  # a bare chroot has none
            raise unittest.SkipTest(f"no terminal: {error}") from error
        os.set_blocking(master, False)
        shell = subprocess.Popen(["zsh", "-f", "-i"], cwd=folder, stdin=slave, stdout=slave,
                                 stderr=slave, start_new_session=True,
                                 env={**environment, "HOME": str(folder), "TERM": "xterm"})
        os.close(slave)
        try:
            os.write(master, b"source ./setup.zsh\n")
            self.wait_for(folder / "ready", master)
            line = " ".join(word.replace(" ", "\\ ") for word in words)
            os.write(master, line.encode() + b"\t")
            self.wait_for(folder / "done", master)
        finally:
            shell.kill()
            shell.wait()
            os.close(master)
        found = folder / "offers"
        lines = found.read_text(encoding="utf-8").splitlines() if found.exists() else []
        return [item.strip() for item in lines if item], ""


SHELLS = [shell for shell in (Bash(), Zsh(), Fish()) if shutil.which(shell.name)]
MISSING = [shell.name for shell in (Bash(), Zsh(), Fish()) if not shutil.which(shell.name)]
