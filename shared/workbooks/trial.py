"""Opens an old .xls file in a process of its own before it is opened in ours.

The reader of the old binary format can be brought to ask for any amount of memory by a few wrong bytes, which
ends the process it runs in. A damaged upload must end nothing but its own trial.
"""

import subprocess
import sys

from shared.workbooks.refusals import DamagedWorkbook

MEMORY_BYTES = 2 << 30
SECONDS = 60

_TRIAL = """
import io, resource, sys
import python_calamine
limit = int(sys.argv[1])
resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
try:
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(sys.stdin.buffer.read()))
    for name in book.sheet_names:
        book.get_sheet_by_name(name).merged_cell_ranges
except python_calamine.CalamineError:
    pass  # refused in an orderly way, as it will be when it is opened again
"""


def try_apart(content: bytes) -> None:
    """Raise `DamagedWorkbook` if opening `content` ends the process that does it; else return."""
    command = [sys.executable, "-I", "-c", _TRIAL, str(MEMORY_BYTES)]
    try:
        subprocess.run(  # noqa: S603 - our own program, no shell; the content goes in by stdin
            command, input=content, capture_output=True, check=True, timeout=SECONDS
        )
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        raise DamagedWorkbook from error
