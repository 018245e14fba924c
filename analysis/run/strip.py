"""A notebook as it is committed: no outputs but the kept ones, and nothing of one run or machine.

``python -m analysis.run.strip`` is git's clean filter, from standard input to standard output
(`make setup-git`); with the names of files it strips those where they lie, as before a commit.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

TAG = "keep_output"
_RAN = 1
"""The count of every cell with a kept output: nbval takes one without a count for never run."""
_EXPONENT = 1e21
"""From here on JavaScript writes whole numbers with an exponent."""
_CELL_NOISE = frozenset(
    {"collapsed", "execution", "ExecuteTime", "jupyter", "papermill", "scrolled", "trusted"}
)
_NOTEBOOK_NOISE = frozenset({"papermill", "signature", "widgets"})
Json = dict[str, Any]


def stripped(notebook: Json) -> Json:
    """The notebook without what a run or a person's JupyterLab leaves in it."""
    metadata = {k: v for k, v in notebook["metadata"].items() if k not in _NOTEBOOK_NOISE}
    if "language_info" in metadata:
        metadata["language_info"] = {"name": metadata["language_info"].get("name", "python")}
    if metadata.get("kernelspec", {}).get("name") == "python3":
        metadata["kernelspec"] |= {"display_name": "Python 3", "language": "python"}
    cells = [_cell(cell) for cell in notebook["cells"]]
    return {**notebook, "cells": cells, "metadata": metadata}


def stored(notebook: Json) -> str:
    """The text that is committed: stripped, a line of source a line, keys sorted."""
    return json.dumps(stripped(notebook), indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def main(files: Sequence[str]) -> int:
    """Strips the files, or standard input; 1 where a file was changed, as hooks say it."""
    if not files:
        sys.stdout.buffer.write(_stripped_bytes(sys.stdin.buffer.read()))
        return 0
    changed = False
    for path in map(Path, files):
        before = path.read_bytes()
        after = _stripped_bytes(before)
        if after != before:
            path.write_bytes(after)
            changed = True
    return int(changed)


def _stripped_bytes(content: bytes) -> bytes:
    """What is no notebook, such as one with marks of a conflict, stays as it is."""
    try:
        return stored(json.loads(content)).encode()
    except (ValueError, KeyError, TypeError, AttributeError):
        return content


def _cell(cell: Json) -> Json:
    metadata = {k: v for k, v in cell["metadata"].items() if k not in _CELL_NOISE}
    result = {**cell, "metadata": metadata, "source": _lines(cell["source"])}
    if cell["cell_type"] == "code":
        kept = cell["outputs"] if TAG in metadata.get("tags", ()) else []
        result |= {"execution_count": _RAN if kept else None, "outputs": list(map(_output, kept))}
    return result


def _output(output: Json) -> Json:
    result = dict(output)
    if "execution_count" in result:
        result["execution_count"] = _RAN
    if "text" in result:
        result["text"] = _lines(result["text"])
    if "data" in result:
        result["data"] = {
            kind: _as_a_browser(value) if kind.endswith("json") else _lines(value)
            for kind, value in result["data"].items()
        }
    return result


def _as_a_browser(value: Any) -> Any:
    """Whole numbers without a fraction, as JavaScript writes them: ``1.0`` is 1."""
    if isinstance(value, dict):
        return {key: _as_a_browser(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_as_a_browser(item) for item in value]
    whole = isinstance(value, float) and abs(value) < _EXPONENT and value.is_integer()
    return int(value) if whole else value


def _lines(text: str | list[str]) -> list[str]:
    return "".join(text).splitlines(keepends=True)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
