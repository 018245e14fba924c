"""The start page of JupyterLab: questions, claims and predictions, each with a link to its place.

Links are relative to a folder beside ``notebooks/``: the page lies in ``docs/``, and `make lab`
opens a copy in ``reports/`` that has just run.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from markupsafe import Markup

from analysis import paths
from analysis.claims import outlook, summary
from analysis.claims.verdicts import VERDICTS
from analysis.report import numbers, predictions_board
from analysis.run import document

Row = Mapping[str, Any]
_TABLE = Markup("<table><caption>{}</caption><thead><tr>{}</tr></thead><tbody>{}</tbody></table>")


def questions() -> None:
    """Shows each notebook: its question, with a link, and the verdicts on what it tests."""
    _show(questions_html(summary.latest_table()))


def claims() -> None:
    """Shows each claim by notebook, with its verdict and a link to the cell that records it."""
    _show(claims_html(summary.latest_table()))


def predictions() -> None:
    """Shows each prediction with its probability, and a link to the cell that states it."""
    _show(predictions_html(outlook.latest_rows()))


def questions_html(verdicts: Iterable[Row]) -> Markup:
    """One row a notebook of the collection, in reading order."""
    by_notebook = _grouped(verdicts)
    rows = [
        (link(name, title), name, tally(by_notebook.get(name, ())))
        for name, title in titles().items()
    ]
    return table("Questions, in reading order", ("question", "notebook", "verdicts"), rows)


def claims_html(verdicts: Iterable[Row]) -> Markup:
    """One fold a notebook, with a table of its claims."""
    names = titles()
    folds = (
        Markup("<details><summary>{}: {}</summary>{}</details>").format(
            name, _several(len(rows), "claim"), _claims_of(names.get(name, name), rows)
        )
        for name, rows in sorted(_grouped(verdicts).items())
    )
    return Markup("").join(folds)


def predictions_html(rows: Iterable[Row]) -> Markup:
    """One row a prediction, with the probability of each reading by each end of the window."""
    readings: dict[str, list[Row]] = {}
    for row in rows:
        readings.setdefault(row["id"], []).append(row)
    found = [
        (_place(each[0], name), each[0]["says"], "; ".join(map(_chance, each)))
        for name, each in readings.items()
    ]
    return table("Predictions of the article", ("prediction", "says", "probability"), found)


def titles() -> dict[str, str]:
    """The question of each notebook, by name, in reading order."""
    files = sorted(paths.notebooks().glob("[0-9]*.ipynb"))
    return {file.stem: document.title(document.read(file), file.stem) for file in files}


def link(notebook: str, text: str, cell: str | None = None) -> Markup:
    """A link that JupyterLab opens in a tab, at the cell if one is named."""
    place = f"#cell-id={cell}" if cell else ""
    return Markup('<a href="../notebooks/{}.ipynb{}">{}</a>').format(notebook, place, text)


def tally(rows: Iterable[Row]) -> str:
    """``2 supported, 1 undecided``, in the order of the scoreboard."""
    counted = Counter(row["verdict"] for row in rows)
    return ", ".join(f"{counted[name]} {name}" for name in VERDICTS if counted[name]) or "–"


def table(caption: str, heads: Iterable[str], rows: Iterable[Iterable[object]]) -> Markup:
    """A table whose first column heads its rows; texts are escaped, links stay."""
    head = Markup("").join(Markup('<th scope="col">{}</th>').format(text) for text in heads)
    body = Markup("\n").join(_line(*cells) for cells in rows)
    return _TABLE.format(caption, head, body)


def _claims_of(question: str, rows: Iterable[Row]) -> Markup:
    found = [
        (
            _place(row, row["id"]),
            row["says"],
            Markup('<span class="verdict">{}</span>').format(row["verdict"]),
            numbers.estimate(row["estimate"], row["low"], row["high"], row["unit"] or ""),
        )
        for row in rows
    ]
    return table(question, ("claim", "says", "verdict", "estimate"), found)


def _chance(row: Row) -> str:
    said = predictions_board.written(row["probability"])
    shown = row["status"] if row["probability"] is None else f"{said}, {row['status']}"
    return f"{row['rule']} by {row['window_end']}: {shown}"


def _place(row: Row, text: str) -> Markup:
    return link(row["notebook"], text, row["cell"]) if row["notebook"] else Markup.escape(text)


def _line(first: object, *others: object) -> Markup:
    cells = Markup("").join(Markup("<td>{}</td>").format(value) for value in others)
    return Markup('<tr><th scope="row">{}</th>{}</tr>').format(first, cells)


def _grouped(verdicts: Iterable[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in verdicts:
        found.setdefault(row["notebook"] or "without a notebook", []).append(row)
    return found


def _several(number: int, name: str) -> str:
    return f"{number} {name}{'' if number == 1 else 's'}"


def _show(html: Markup) -> None:
    from IPython.display import display

    text = Markup(html).striptags()
    display({"text/html": f'<div class="reckon">{html}</div>', "text/plain": text}, raw=True)
