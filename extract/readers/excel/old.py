"""Reads one .xls file from standard input and writes its cells to standard output: a process of its own.

The library lays a sheet out whole; in the old format nothing but the library can tell how large a damaged
file pretends to be, and running out of memory ends the process.
"""

from __future__ import annotations

import io
import resource
import subprocess
import sys

import msgspec

from extract.readers.excel.cells import BrokenWorkbook, SheetCells, read_cells

MEMORY = 1 << 30
"""Bytes of memory that the process may use."""
SECONDS = 60
"""Seconds that it may take."""

_LOCKED, _BROKEN = 3, 4


def read_old_workbook(data: bytes) -> list[SheetCells]:
    """Return the cells of an .xls file; raises BrokenWorkbook."""
    command = [sys.executable, "-m", __name__]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=SECONDS, check=False)  # noqa: S603 -- this module itself
    except subprocess.TimeoutExpired as error:
        raise BrokenWorkbook(f"it takes more than {SECONDS} s") from error
    if done.returncode:
        what = {_LOCKED: "a password protects it", _BROKEN: done.stderr.decode("utf-8", "replace").strip()}
        raise BrokenWorkbook(what.get(done.returncode, "it is damaged"), locked=done.returncode == _LOCKED)
    return msgspec.json.decode(done.stdout, type=list[SheetCells])


def main() -> int:
    """Read, write, and return the exit code."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    try:
        sheets = read_cells(io.BytesIO(sys.stdin.buffer.read()))
    except BrokenWorkbook as error:
        sys.stderr.write(str(error))
        return _LOCKED if error.locked else _BROKEN
    sys.stdout.buffer.write(msgspec.json.encode(sheets))
    return 0


if __name__ == "__main__":
    sys.exit(main())
