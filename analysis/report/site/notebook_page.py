"""An executed notebook as a page: nbconvert with our own template, then the site's frame."""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import nbformat
from markupsafe import Markup
from nbconvert.exporters import HTMLExporter
from nbconvert.exporters.templateexporter import TemplateExporter
from nbconvert.filters import strip_ansi

from analysis.report.site import formulas, markdown, outputs
from analysis.run import parameter_table
from analysis.run.runset import NotebookResult

EVIDENCE = "application/vnd.reckon.evidence+json"
TEMPLATES = Path(__file__).parent / "templates"
_KINDS = (
    *("text/html", "text/markdown", "image/svg+xml", "image/png", "image/jpeg"),
    *("text/latex", "text/plain"),
)
_BANNER = "papermill-error-cell-tag"
_FIRST_HEADING = re.compile(r'<h1 id="[^"]*">(.*?)</h1>\n?', re.DOTALL)
_FIGURE_KEY = re.compile(r'<figure class="reckon" id="([^"]+)"')


@dataclass(frozen=True)
class Body:
    """What a notebook shows: title and content as HTML, headings, the id of a failed cell."""

    title: Markup
    content: Markup
    headings: list[markdown.Heading]
    failed: str = ""


def body(result: NotebookResult) -> Body:
    """The content of a notebook's page, without the site's frame."""
    notebook = _prepared(result)
    headings = markdown.Headings({cell.id for cell in notebook.cells})
    html, told = _exporter().from_notebook_node(notebook, {"headings": headings})
    found = _FIRST_HEADING.search(html)
    title = Markup(found[1]) if found else Markup("{}").format(result.title or result.name)
    content = html[: found.start()] + html[found.end() :] if found else html
    outline = [entry for entry in told["headings"].found if entry.level in (2, 3)]
    failed = next((c.id for c in notebook.cells if c.metadata.reckon.state == "failed"), "")
    return Body(title, Markup(_unique_figures(content)), outline, failed)


def _prepared(result: NotebookResult) -> nbformat.NotebookNode:
    """The notebook with the error at its cell, the state of each cell, and no banners."""
    notebook = nbformat.read(result.path, as_version=4)
    error = result.error or {}
    blamed = error.get("cell")
    for place, cell in enumerate(notebook.cells):
        state = "failed" if blamed is not None and place == blamed else ""
        if result.status != "ok" and not state and _never_ran(cell):
            state = "skipped"
        cell.metadata["reckon"] = {"state": state, "number": place + 1}
        if not cell.get("id"):
            cell["id"] = f"cell-{place + 1}"
        if cell.cell_type == "code":
            cell.outputs = [output for output in cell.outputs if not _of_parameters(output)]
        if state == "failed" and cell.cell_type == "code":
            cell.outputs = [o for o in cell.outputs if o.output_type != "error"]
            cell.outputs.append(_error_output(error))
    notebook.cells = [c for c in notebook.cells if _BANNER not in c.metadata.get("tags", [])]
    return notebook


def _of_parameters(output: nbformat.NotebookNode) -> bool:
    """The table of parameters: the page has one of its own."""
    return parameter_table.MIME in output.get("data", ())


def _never_ran(cell: nbformat.NotebookNode) -> bool:
    return bool(
        cell.cell_type == "code" and cell.source.strip() and cell.get("execution_count") is None
    )


def _error_output(error: dict[str, Any]) -> nbformat.NotebookNode:
    return nbformat.v4.new_output(
        "error",
        ename=str(error.get("ename", "Error")),
        evalue=str(error.get("evalue", "")),
        traceback=[str(line) for line in error.get("traceback") or []],
    )


def _unique_figures(html: str) -> str:
    """The same figure shown twice gets its ids numbered the second time."""
    pieces = re.split(r'(?=<figure class="reckon" id=")', html)
    seen: dict[str, int] = {}
    for place, piece in enumerate(pieces):
        match = _FIGURE_KEY.match(piece)
        if match:
            seen[match[1]] = number = seen.get(match[1], 0) + 1
            pieces[place] = (
                piece if number == 1 else piece.replace(match[1], f"{match[1]}x{number}")
            )
    return "".join(pieces)


class _Exporter(HTMLExporter):
    """nbconvert's exporter with escaping on, our filters, and no pass over the finished page.

    That pass would write a placeholder wherever a picture has no description, which hides the
    gap from every accessibility check.
    """

    def __init__(self) -> None:
        super().__init__(
            template_name="reckon",
            extra_template_basedirs=[str(TEMPLATES)],
            default_preprocessors=[],
        )

    def from_notebook_node(self, nb: Any, resources: Any = None, **kw: Any) -> Any:
        return TemplateExporter.from_notebook_node(self, nb, resources, **kw)

    def _create_environment(self) -> Any:
        environment = super()._create_environment()
        environment.autoescape = True
        environment.filters |= {
            "claims": _claims,
            "code": markdown.highlight,
            "filter_data_type": _best,
            "latex": lambda tex: formulas.mathml(tex.strip().strip("$"), "block"),
            "picture": lambda parts: _picture(*parts),
            "plain": strip_ansi,
            "prose": _prose,
            "prose_output": lambda source: outputs.safe(str(markdown.to_html(source))),
            "safe_html": outputs.safe,
        }
        return environment


@cache
def _exporter() -> _Exporter:
    """One for all notebooks, since it compiles its templates."""
    return _Exporter()


def _prose(source: str, headings: markdown.Headings) -> Markup:
    html = str(markdown.to_html(source, headings))
    return outputs.safe(html, label="Table", outline=True)


def _best(data: dict[str, Any]) -> list[str]:
    """The richest form of an output that a page can show, if there is one."""
    return [kind for kind in _KINDS if kind in data][:1]


def _claims(cell: nbformat.NotebookNode) -> list[str]:
    """Claims that a cell recorded evidence on, each once."""
    found = [o.data[EVIDENCE]["claim"] for o in cell.outputs if EVIDENCE in o.get("data", {})]
    return list(dict.fromkeys(found))


def _picture(output: Any, cell: Any, kind: str) -> Markup:
    """A picture with the description its author wrote, and with none where none was written."""
    content = output.data[kind]
    if kind == "image/svg+xml":
        content = base64.b64encode(content.encode()).decode()
    alt = output.metadata.get(kind, {}).get("alt") or output.metadata.get("alt")
    alt = alt or cell.metadata.get("alt")
    described = Markup(' alt="{}"').format(alt) if alt else Markup("")
    source = "".join(content.split())
    return Markup('<p class="picture"><img src="data:{};base64,{}"{}></p>').format(
        kind, source, described
    )
