"""The ``reckon`` command, stopped at a named point of what it does to the disk.

usage: python staged.py EVENT PATTERN NUMBER WHAT MARK [RECKON ARGUMENT]...

The interpreter announces each file operation before it does it (an audit event). At the NUMBER-th
EVENT whose arguments match PATTERN, this process writes MARK and then, by WHAT, dies as in a power
cut (``die``), waits until a signal comes or MARK is removed (``wait``), or goes on (``go``).
Nothing of the command is replaced.
"""

from __future__ import annotations

import os
import re
import signal
import sys
import time
from pathlib import Path


def stop_at(event: str, pattern: str, number: int, what: str, mark: Path) -> None:
    seen = 0

    def hook(name: str, arguments: tuple[object, ...]) -> None:
        nonlocal seen
        if name != event or not re.search(pattern, " ".join(map(str, arguments))):
            return
        seen += 1
        if seen != number:
            return
        mark.write_text(str(os.getpid()))
        if what == "die":
            os.kill(os.getpid(), signal.SIGKILL)
        while what == "wait" and mark.exists():
            time.sleep(0.02)

    sys.addaudithook(hook)


if __name__ == "__main__":
    event, pattern, number, what, mark, *arguments = sys.argv[1:]
    stop_at(event, pattern, int(number), what, Path(mark))
    sys.argv = ["reckon", *arguments]
    from analysis.cli import main

    main()
