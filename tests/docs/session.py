# SPDX-License-Identifier: MIT
"""The python blocks of a page: each goes on where the one before it ended."""

import subprocess
import sys

MARK = "---- what follows is the block's"
# A block that the page shows to fail prints the exception as Python would, on one line.
CATCHING = """
try:
    exec(compile({text!r}, "the block", "exec"))
except {error} as error:
    print(f"{{type(error).__name__}}: {{error}}")
else:
    raise SystemExit("the block does not raise {error}")
"""


class Session:
    """Begins anew for every block, with all blocks before it but those that fail."""

    def __init__(self, root, build, zones):
        venv = root / "build" / "python-venv" / "bin" / "python3"
        self.python = str(venv) if venv.exists() else sys.executable
        self.environment = {"SLA_LIBRARY": str(build / "lib" / "libsla.so.0"),
                            "PYTHONPATH": str(root / "bindings" / "python"),
                            "PYTHONTZPATH": str(zones), "PYTHONDONTWRITEBYTECODE": "1",
                            "PYTHONUTF8": "1"}
        self.before = ""

    def has(self, modules):
        """Are all of them installed?"""
        return all(subprocess.run([self.python, "-c", f"import {module}"], check=False,
                                  capture_output=True).returncode == 0 for module in modules)

    def run(self, call, text, raises):
        """What the block prints. `call` runs a command and gives its output."""
        block = CATCHING.format(text=text, error=raises) if raises else text
        printed = call([self.python, "-c", f"{self.before}\nprint({MARK!r})\n{block}"],
                       **self.environment)
        if not raises:
            self.before += text
        return printed.partition(MARK + "\n")[2]
