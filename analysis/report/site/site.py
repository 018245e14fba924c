"""A run as a site of static pages: a front page, a page a notebook, and the numbers as JSON."""

from __future__ import annotations

import shutil
from itertools import pairwise

from markupsafe import Markup

from analysis.report import verdict_dates
from analysis.report.site import background as collection
from analysis.report.site import (
    changes_page,
    citation,
    claim_page,
    data_page,
    feed,
    headline,
    machine,
    notebook_page,
    pages,
    reopen,
    scoreboard,
)
from analysis.report.site.background import Background
from analysis.report.site.parts import Parts
from analysis.run.runset import NotebookResult, RunSet

SCRIPT = "filter.js"


def build(
    run: RunSet,
    background: Background | None = None,
    parts: Parts | None = None,
) -> None:
    """Writes the site into ``run.folder``: the same run gives the same bytes.

    Files: ``index.html``, ``<notebook>.html`` for each, ``claims/<id>.html`` for each,
    ``data/<table>.html`` for each table with its rows, ``changes.html`` and ``feed.xml`` with all
    changes of verdicts, the numbers as JSON with schemas, citations.

    Args:
        run: what to show.
        background: what there is to say beside the run; that of the collection by default.
        parts: makes what takes long; anew each time by default.
    """
    around, made = background or collection.of(run), parts or Parts()
    neighbours = dict(_neighbours(run.notebooks))
    for result in run.notebooks:
        page = _notebook(run, result, *neighbours[result.name], made, around.repository)
        pages.write(run.folder / f"{result.name}.html", page)
    changed = changes_page.days(run, around)
    pages.write(run.folder / changes_page.PAGE, changes_page.page(run, around, changed))
    pages.write(run.folder / feed.FILE, feed.text(run, changed))
    latest = changes_page.latest(changed, run.as_of)
    pages.write(run.folder / "index.html", _front(run, around, made, latest))
    shutil.copyfile(pages.TEMPLATES / SCRIPT, run.folder / SCRIPT)
    claim_page.build(run, around)
    data_page.build(run, around, made.table)
    machine.build(run, around)


def _front(run: RunSet, background: Background, parts: Parts, changed: str) -> str:
    past = verdict_dates.by_claim(background.past)
    since = {
        str(row["id"]): verdict_dates.since(past.get(str(row["id"]), ()), row, run.as_of)
        for row in run.verdicts
    }
    sections = scoreboard.sections(run.verdicts, since)
    return pages.render(
        "index.html.j2",
        scripted=True,
        title=pages.SITE,
        run=run,
        article=headline.ARTICLE,
        answers=headline.answers(run.verdicts),
        figure=parts.figure(run.verdicts),
        meanings=scoreboard.VERDICTS,
        counts=scoreboard.counts(str(row["verdict"]) for row in run.verdicts),
        kinds=sorted({str(row["kind"]).replace("_", " ") for row in run.verdicts}),
        sections=sections,
        changed=changed,
        predictions=background.outlook,
        tables=run.tables,
        citation=citation.text(run.as_of, run.code_commit),
    )


def _notebook(
    run: RunSet,
    result: NotebookResult,
    before: NotebookResult | None,
    after: NotebookResult | None,
    parts: Parts,
    repository: str,
) -> str:
    if result.path.is_file():
        shown = parts.body(result)
    else:
        shown = notebook_page.Body(Markup("{}").format(result.title), Markup(""), [])
    return pages.render(
        "notebook.html.j2",
        title=f"{shown.title.striptags()} · {pages.SITE}",
        run=run,
        result=result,
        body=shown,
        ways=reopen.ways(run, result, repository),
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
