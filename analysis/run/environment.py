"""The environment of kernels, and the environment that a cached result depends on."""

from __future__ import annotations

import hashlib
import json
import os
import re
import sys
from functools import cache
from pathlib import Path

import analysis
from analysis import paths

_THREADS = ("OMP", "OPENBLAS", "MKL", "NUMEXPR", "VECLIB_MAXIMUM")
_PERSONAL = ("PYTHONSTARTUP", "PYTHONWARNINGS", "PYTHONINSPECT", "RECKON_EVIDENCE")


def for_kernel(folder: Path, evidence: Path | None) -> dict[str, str]:
    """Environment variables of a kernel that shall give the same bytes each time.

    Personal start-up files stay out, figures are inline whatever the caller's backend is, sums run
    on one thread, and ``analysis`` is the copy that this process runs.
    """
    kept = {key: value for key, value in os.environ.items() if key not in _PERSONAL}
    package = str(Path(analysis.__file__).resolve().parent.parent)
    search = [package, *filter(None, [os.environ.get("PYTHONPATH")])]
    fixed = {
        "RECKON_ROOT": str(paths.root()),
        "PYTHONPATH": os.pathsep.join(search),
        "PYTHONHASHSEED": "0",
        "PYDEVD_DISABLE_FILE_VALIDATION": "1",
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
        "IPYTHONDIR": str(folder / "ipython"),
        "TZ": "UTC",
    }
    threads = {f"{name}_NUM_THREADS": "1" for name in _THREADS}
    return kept | threads | fixed | ({"RECKON_EVIDENCE": str(evidence)} if evidence else {})


@cache
def packages() -> dict[str, str]:
    """Installed versions of the packages that ``locks/runtime.txt`` pins."""
    lock = paths.root() / "locks" / "runtime.txt"
    text = lock.read_text(encoding="utf-8") if lock.exists() else ""
    pinned = {normal(name) for name in re.findall(r"^([A-Za-z0-9._-]+)==", text, re.MULTILINE)}
    found = _installed()
    return {name: found[name] for name in sorted(pinned & found.keys())}


def _installed() -> dict[str, str]:
    """Versions by name, from the names of folders: reading what is in them takes a second."""
    found: dict[str, str] = {}
    for folder in filter(os.path.isdir, sys.path):
        for path in sorted(Path(folder).glob("*.dist-info")):
            name, _, version = path.stem.partition("-")
            found.setdefault(normal(name), version)
    return found


def normal(name: str) -> str:
    """A package's name as indexes compare it (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def parts() -> dict[str, str]:
    """What a result depends on besides notebook, modules and data: Python and the lock."""
    lock = paths.root() / "locks" / "runtime.txt"
    versions = "\n".join(f"{name} {version}" for name, version in packages().items())
    return {
        "Python": ".".join(map(str, sys.version_info[:3])),
        "locks/runtime.txt": digest(lock.read_bytes()) if lock.exists() else "absent",
        "installed packages": digest(versions.encode()),
    }


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def digest_of(plain: object) -> str:
    """Hash of JSON types, whatever the order of their keys."""
    return digest(json.dumps(plain, sort_keys=True).encode())
