"""A run as a site of static pages: a front page, a page a notebook, and the numbers as JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

from markupsafe import Markup

from analysis import tables
from analysis.report import forest, headline, notebook_page, pages, scoreboard
from analysis.run.runset import NotebookResult, RunSet

Provenance = Callable[[str, date], Mapping[str, Any]]


def build(
    run: RunSet,
    provenance: Provenance = tables.provenance,
    body: Callable[[NotebookResult], notebook_page.Body] = notebook_page.body,
) -> None:
    """Writes the site into ``run.folder``: the same run gives the same bytes.

    Files: ``index.html``, ``<notebook>.html`` for each, ``evidence.json``,
    ``forecasts.json``, ``claims.json``.
    ``provenance`` tells of a table and a day where its rows come from, ``body`` what a notebook
    shows.
    """
    names = [result.name for result in run.notebooks]
    neighbours = dict(_neighbours(run.notebooks))
    for result in run.notebooks:
        page = _notebook(run, result, *neighbours[result.name], body)
        _write(run.folder / f"{result.name}.html", page)
    sections = scoreboard.sections(run.verdicts, names)
    index = pages.render(
        "index.html.j2",
        title=pages.SITE,
        run=run,
        article=headline.ARTICLE,
        sentences=headline.sentences(run.verdicts),
        figure=forest.page(run.verdicts),
        meanings=scoreboard.VERDICTS,
        counts=scoreboard.counts(str(row["verdict"]) for row in run.verdicts),
        sections=sections,
        tables=[provenance(name, run.as_of) for name in run.tables],
    )
    _write(run.folder / "index.html", index)
    _write(run.folder / "evidence.json", _json(run.evidence))
    _write(run.folder / "forecasts.json", _json(run.forecasts))
    _write(run.folder / "claims.json", _json(run.verdicts))


def _notebook(
    run: RunSet,
    result: NotebookResult,
    before: NotebookResult | None,
    after: NotebookResult | None,
    body: Callable[[NotebookResult], notebook_page.Body],
) -> str:
    if result.path.is_file():
        shown = body(result)
    else:
        shown = notebook_page.Body(Markup("{}").format(result.title), Markup(""), [])
    return pages.render(
        "notebook.html.j2",
        title=f"{shown.title.striptags()} · {pages.SITE}",
        run=run,
        result=result,
        body=shown,
        before=before,
        after=after,
    )


def _neighbours(
    results: list[NotebookResult],
) -> list[tuple[str, tuple[NotebookResult | None, NotebookResult | None]]]:
    row = [None, *results, None]
    pairs = list(pairwise(row))
    return [
        (result.name, (left[0], right[1]))
        for result, left, right in zip(results, pairs, pairs[1:], strict=False)
    ]


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")
