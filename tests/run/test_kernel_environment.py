from __future__ import annotations

import sys
from pathlib import Path

import pytest

from analysis.run import environment


def test_what_is_personal_stays_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MPLBACKEND", "agg")
    monkeypatch.setenv("PYTHONSTARTUP", "mine.py")
    monkeypatch.setenv("RECKON_EVIDENCE", "/old")
    variables = environment.for_kernel(tmp_path, None)
    assert variables["MPLBACKEND"] == "module://matplotlib_inline.backend_inline"
    assert variables["PYTHONHASHSEED"] == "0"
    assert variables["OPENBLAS_NUM_THREADS"] == "1"
    assert "PYTHONSTARTUP" not in variables and "RECKON_EVIDENCE" not in variables
    assert environment.for_kernel(tmp_path, tmp_path)["RECKON_EVIDENCE"] == str(tmp_path)


def test_the_packages_of_the_lock_are_the_installed_ones() -> None:
    found = environment.packages()
    assert {"papermill", "pandas", "ipykernel"} <= set(found)
    assert environment.parts()["Python"] == ".".join(map(str, sys.version_info[:3]))


def test_names_compare_as_indexes_do() -> None:
    assert environment.normal("Foo.Bar_baz") == "foo-bar-baz"
