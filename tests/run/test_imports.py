from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from analysis import memory
from analysis.run import imports, syntax


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A package in which a → b → c, sub/d → a by a relative import, and e stands alone."""
    files = {
        "__init__.py": "",
        "a.py": "from pkg import b",
        "b.py": "def late():\n    import pkg.c\n",
        "c.py": "import os",
        "e.py": "",
        "sub/__init__.py": "",
        "sub/d.py": "from .. import a\nfrom . import other",
        "sub/other.py": "",
    }
    for name, text in files.items():
        path = tmp_path / "pkg" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
    return tmp_path / "pkg"


@pytest.mark.parametrize(
    ("cell", "reached"),
    [
        ("import pkg.c", {"c.py"}),
        ("from pkg.a import name", {"a.py", "b.py", "c.py"}),
        ("from pkg import e, c", {"e.py", "c.py"}),
        ("from pkg.sub import d", {"sub/d.py", "sub/other.py", "a.py", "b.py", "c.py"}),
        ("import numpy, pkgother", None),
    ],
)
def test_imports_are_followed(package: Path, cell: str, reached: set[str] | None) -> None:
    found = imports.closure([syntax.look(cell, package="pkg")], package=package)
    wanted = set() if reached is None else reached | {"__init__.py"}
    if any(name.startswith("sub/") for name in wanted):
        wanted |= {"sub/__init__.py"}
    assert set(found) == {f"pkg/{name}" for name in wanted}


def test_an_edited_module_is_read_again(package: Path) -> None:
    cell = [syntax.look("import pkg.e", package="pkg")]
    before = imports.closure(cell, package=package)
    (package / "e.py").write_text("import pkg.c  # longer")
    assert set(imports.closure(cell, package=package)) - set(before) == {"pkg/c.py"}


def test_what_was_read_serves_the_next_process(
    package: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A module that is not touched is not read again; one that is, is."""
    monkeypatch.setenv("RECKON_ROOT", str(tmp_path))
    (tmp_path / "reports").mkdir()
    cell = [syntax.look("import pkg.e", package="pkg")]
    imports.closure(cell, package=package)
    file = str(package / "e.py")
    # Told otherwise than the file says, so that it shows who is asked.
    imports._MEMORY.keep(file, list(imports.stamp(file)), [["pkg.c"], [], [], False])
    memory.write()
    code = (
        "import sys; from pathlib import Path; from analysis.run import imports, syntax\n"
        "cell = [syntax.look('import pkg.e', package='pkg')]\n"
        "print(*imports.closure(cell, package=Path(sys.argv[1])))"
    )
    command = [sys.executable, "-c", code, str(package)]
    for touch, reached in ((False, ["pkg/c.py", "pkg/e.py"]), (True, ["pkg/e.py"])):
        if touch:
            os.utime(file, ns=(1, 1))
        found = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
        assert found == ["pkg/__init__.py", *reached]
