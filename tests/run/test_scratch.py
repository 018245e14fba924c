"""Folders of one process: where they lie, and what their sweeping leaves alone."""

from __future__ import annotations

import os
import sys
import tempfile
from multiprocessing.connection import Listener
from pathlib import Path

import pytest

from analysis.run import scratch

LINUX = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="as Linux has it")


def test_leftovers_go_and_owned_folders_stay(tmp_path: Path) -> None:
    with scratch.folder(tmp_path) as owned:
        (tmp_path / f"{scratch.PREFIX}left").mkdir()
        with scratch.folder(tmp_path) as other:
            assert set(tmp_path.iterdir()) == {owned, other}
    assert list(tmp_path.iterdir()) == []


@LINUX
def test_what_is_no_folder_is_neither_waited_for_nor_followed(tmp_path: Path) -> None:
    """Others may write where temporary files go."""
    place, mine = tmp_path / "place", tmp_path / "mine"
    for folder in (place, mine):
        folder.mkdir()
    os.mkfifo(place / f"{scratch.PREFIX}pipe")
    (place / f"{scratch.PREFIX}link").symlink_to(mine)
    scratch.sweep(place)
    assert len(list(place.iterdir())) == 2 and mine.is_dir()


@LINUX
def test_sockets_have_an_address_wherever_temporary_files_go(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    long = tmp_path / ("long" * 20)
    long.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(long))
    with scratch.folder() as folder:
        place = folder / "pymp-12345678" / "listener-12345678"
        place.parent.mkdir()
        with Listener(str(place), "AF_UNIX"):
            assert place.is_socket()
