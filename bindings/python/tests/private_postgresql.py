# SPDX-License-Identifier: MIT
"""A PostgreSQL server for one test: its own data, its own socket, no port. MISSING says why there
can be none: PostgreSQL or a driver for Python is not installed."""

import os
import pathlib
import shutil
import subprocess
import tempfile
import time


def find_driver():
    for name in ("psycopg", "psycopg2"):
        try:
            return __import__(name)
        except ImportError:
            pass
    return None


def find_program(name):
    """Debian keeps the server's programs where only its own scripts look."""
    for folder in [*os.environ.get("PATH", "").split(os.pathsep),
                   *map(str, sorted(pathlib.Path("/usr/lib/postgresql").glob("*/bin")))]:
        path = pathlib.Path(folder, name)
        if os.access(path, os.X_OK):
            return str(path.resolve())
    return None


DRIVER, INITDB, POSTGRES = find_driver(), find_program("initdb"), find_program("postgres")
MISSING = ("PostgreSQL is not installed" if not (INITDB and POSTGRES) else
           "neither psycopg nor psycopg2 is installed" if DRIVER is None else "")


class Server:
    """Started when made. As root it runs as nobody, since PostgreSQL refuses root."""

    def __init__(self):
        self.folder = tempfile.mkdtemp(prefix="sla")
        self.process = None
        other = {}
        if os.geteuid() == 0:
            other = {"user": "nobody", "group": "nogroup", "extra_groups": []}
            shutil.chown(self.folder, "nobody", "nogroup")
            os.chmod(self.folder, 0o755)
        data = os.path.join(self.folder, "data")
        try:
            subprocess.run([INITDB, "-D", data, "-U", "sla", "-A", "trust", "-E", "UTF8",
                            "--locale=C", "--no-sync"], check=True, stdout=subprocess.DEVNULL,
                           stderr=subprocess.PIPE, cwd=self.folder, **other)
            with open(os.path.join(self.folder, "log"), "wb") as log:
                self.process = subprocess.Popen(
                    [POSTGRES, "-D", data, "-k", self.folder, "-c", "listen_addresses=",
                     "-c", "fsync=off"], stdout=log, stderr=log, cwd=self.folder, **other)
            self.wait()
        except BaseException:
            self.close()
            raise

    def connect(self):
        return DRIVER.connect(f"host={self.folder} user=sla dbname=postgres")

    def wait(self):
        deadline = time.monotonic() + 30
        while True:
            try:
                self.connect().close()
                return
            except DRIVER.OperationalError:
                if time.monotonic() > deadline or self.process.poll() is not None:
                    raise
                time.sleep(0.05)

    def close(self):
        if self.process is not None:
            self.process.terminate()
            self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)
