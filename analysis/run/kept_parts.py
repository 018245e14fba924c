"""Parts of pages that are kept with what they show, so that only what is new is made."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, replace
from datetime import date
from functools import cache as once
from pathlib import Path
from typing import Any

from markupsafe import Markup

from analysis.files import write_atomic
from analysis.report.charts import forest
from analysis.report.site import data_page
from analysis.report.site.background import Background
from analysis.report.site.data_page import Piece, Shown
from analysis.report.site.markdown import Heading
from analysis.report.site.notebook_page import Body
from analysis.report.site.parts import Parts
from analysis.run import assemble, entry, environment, imports, syntax
from analysis.run.environment import digest, digest_of
from analysis.run.runset import NotebookResult

_FILE = "page.json"


class KeptParts(Parts):
    """Gives out what was kept where it is what would be made; for the tables of the collection."""

    def body(self, result: NotebookResult) -> Body:
        """Kept with the notebook's result, if that is in the cache."""
        place, key = entry.folder() / result.key, _body_key(result)
        if result.key and (kept := _read_body(place / _FILE, key)) is not None:
            return kept
        made = super().body(result)
        if result.key and place.is_dir():
            _write_body(place / _FILE, key, made)
        return made

    def table(self, background: Background, name: str, as_of: date) -> Piece:
        """Kept by the rows known on the day."""
        from analysis import tables

        key = _key("table", [name, tables.fingerprint(name, as_of), as_of.isoformat()])
        if (files := entry.read(key)) is not None:
            return _piece(files)
        made = super().table(background, name, as_of)
        entry.write(key, _files(made))
        return made

    def figure(self, verdicts: Iterable[Mapping[str, Any]]) -> Markup:
        """Kept by the numbers in it."""
        rows = list(verdicts)
        key = _key("figure", forest.data(rows).to_csv(index=False))
        if (files := entry.read(key)) is not None:
            return Markup(files["figure.html"].decode())
        import matplotlib

        matplotlib.use("agg")  # no window, which only the main thread may open
        made = super().figure(rows)
        entry.write(key, {"figure.html": made.encode()})
        return made


@once
def made_with(module: str) -> str:
    """Hash of a module, of all it reaches, and of the installed packages.

    The code is that of this process, even if its files are edited meanwhile.
    """
    reached = imports.closure([syntax.look(f"import {module}")])
    code = {name: digest(path.read_bytes()) for name, path in reached.items()}
    return digest_of([code, environment.parts()])


@once
def pages_made_with() -> str:
    """The same of pages, with their templates and the ledger."""
    return digest_of([assemble.report_files(), environment.parts()])


def _key(kind: str, content: object) -> str:
    module = {"table": data_page, "figure": forest}[kind].__name__
    return f"{kind}-{digest_of([content, made_with(module)])[:20]}"


def _files(made: Piece) -> dict[str, bytes]:
    about = {"provenance": made.provenance, "columns": [asdict(one) for one in made.columns]}
    return {
        "about.json": json.dumps(about).encode(),
        "rows.csv": made.csv,
        "rows.parquet": made.parquet,
    }


def _piece(files: Mapping[str, bytes]) -> Piece:
    about = json.loads(files["about.json"])
    columns = [Shown(**one | {"spark": Markup(one["spark"])}) for one in about["columns"]]
    return Piece(about["provenance"], columns, files["rows.csv"], files["rows.parquet"])


def _body_key(result: NotebookResult) -> str:
    shown = [result.name, result.title, result.status, result.error]
    return digest_of([*shown, digest(result.path.read_bytes()), pages_made_with()])


def _read_body(path: Path, key: str) -> Body | None:
    try:
        known = json.loads(path.read_text(encoding="utf-8"))
        if known["key"] != key or known["sha256"] != digest_of(known["body"]):
            return None
        found = Body(**known["body"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
    headings = [Heading(**heading) for heading in known["body"]["headings"]]
    return replace(
        found, title=Markup(found.title), content=Markup(found.content), headings=headings
    )


def _write_body(path: Path, key: str, made: Body) -> None:
    plain = asdict(made) | {"title": str(made.title), "content": str(made.content)}
    text = json.dumps({"key": key, "sha256": digest_of(plain), "body": plain})
    with contextlib.suppress(OSError):  # the page is made, kept or not
        write_atomic(path, text.encode())
