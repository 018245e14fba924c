"""A small run as the runner would hand it over: one good notebook, one that failed, one killed.

Numbers are made up. Every text field of the verdicts can be replaced by a hostile string.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import matplotlib
import nbformat
import numpy as np
import pandas as pd

from analysis.claims.model import Claim
from analysis.report import figures, html_table
from analysis.report.site.background import Background, Extract
from analysis.run.runset import NotebookResult, RunSet
from analysis.schemas import Column

matplotlib.use("agg")
AS_OF = date(2026, 11, 23)
EVIDENCE = "application/vnd.reckon.evidence+json"

CARD = """<section class="reckon-card" id="evidence-c38-growth-cottier2024" aria-label="Evidence for
claim c38" style="border:1px solid #7a8190;padding:.6em"><p style='margin:0'><strong>c38</strong>
Training costs have grown by orders of magnitude</p><p style='margin:.4em 0 0'><strong>2.4 factor
per year (95 % interval 2.1 to 2.8)</strong>: supports the claim; the 95 % interval 2.1 to 2.8
factor per year lies above 1.9307 (n = 45).</p><dl style="display:grid"><dt style="opacity:.8">
Rule</dt><dd style="margin:0">Supported when the interval lies above a factor of ten in 3.5 years.
</dd><dt>Method</dt><dd>Regression of log cost on time, HC3 standard errors</dd><dt>Specifications
that agree</dt><dd>96 % of 24</dd></dl></section>"""


def growth_figure() -> str:
    """Training cost by release date with a fitted line, as a notebook would show it."""
    import matplotlib.pyplot as plt

    figures.style()
    years = np.arange(2016, 2026.1, 0.25)
    noise = np.sin(np.arange(years.size) * 2.4)
    cost = 3e4 * 2.4 ** (years - 2016) * np.exp(0.8 * noise)
    fit = 3e4 * 2.4 ** (years - 2016)
    fig, ax = plt.subplots()
    ax.semilogy(years, cost, "o", color=figures.palette.GREY, alpha=0.8)
    ax.semilogy(years, fit, label="2.4× a year")
    ax.fill_between(years, fit * 0.5, fit * 2, alpha=0.2, linewidth=0)
    ax.set_title("Cost of the final training run, 2023 US dollars")
    figures.units(ax.yaxis, "USD")
    figures.end_labels(ax)
    data = pd.DataFrame({"year": years, "cost_usd_2023": cost, "fit_usd_2023": fit})
    page = figures.figure_html(
        fig,
        caption="Training the largest models costs 2.4 times as much each year.",
        alt="Scatter of 41 models on a log axis from $30,000 in 2016 to about $200M in 2026; "
        "the fitted line rises by a factor of 2.4 each year.",
        data=data,
        sources=["Epoch AI", "Cottier et al. 2024"],
    )
    plt.close(fig)
    return str(page)


def price_figure() -> str:
    """Three falling price series, named at their ends."""
    import matplotlib.pyplot as plt

    figures.style()
    months = pd.date_range("2023-06-01", "2026-10-01", freq="MS")
    steps = np.arange(months.size)
    frame = pd.DataFrame(
        {
            "month": months,
            "GPT-3.5 level": 20 * 0.90**steps,
            "GPT-4 level": 30 * 0.93**steps,
            "frontier": 60 * 0.995**steps,
        }
    )
    fig, ax = plt.subplots()
    for name in frame.columns[1:]:
        ax.plot(frame["month"], frame[name], label=name)
    ax.set_yscale("log")
    ax.set_title("Lowest price, US dollars per million output tokens")
    figures.end_labels(ax)
    page = figures.figure_html(
        fig,
        caption="A fixed ability gets cheaper; the frontier hardly does.",
        alt="Three lines from mid 2023 to late 2026: two fixed ability levels fall by more than "
        "ten times, the price of the best model falls only slightly.",
        data=frame,
        sources="LiteLLM price lists",
    )
    plt.close(fig)
    return str(page)


def _html(html: str, text: str = "text") -> nbformat.NotebookNode:
    return nbformat.v4.new_output("display_data", {"text/html": html, "text/plain": text})


def _code(cell: str, source: str, *outputs: Any, ran: bool = True) -> nbformat.NotebookNode:
    count = 1 if ran else None
    return nbformat.v4.new_code_cell(source, id=cell, outputs=list(outputs), execution_count=count)


def _text(cell: str, source: str) -> nbformat.NotebookNode:
    return nbformat.v4.new_markdown_cell(source, id=cell)


GOOD_INTRO = r"""# How fast does the cost of training grow?

The article says that the cost of training has grown *by orders of magnitude*. GPT-4 is put at
$40.7M by one accounting method and at $78.6M by another, so a definition comes first."""
GOOD_METHOD = r"""## Method

Log cost is regressed on the release date,

$$\ln C_i = \alpha + \beta t_i + \varepsilon_i,$$

so that $e^{\beta}$ is the growth factor per year. The code `x = "$a$"` is left alone, and so is
a range from $5 to $10.

| Method | What it counts | GPT-4 |
| --- | --- | ---: |
| Amortised | hardware and energy of the run | $40.7M |
| Rental | hours at cloud prices | $78.6M |
| Acquisition | the whole cluster | $778M |

```python
growth = np.exp(fit.params["t"])  # per year
```
"""


def good_notebook() -> nbformat.NotebookNode:
    frame = pd.DataFrame(
        {"estimator": ["classical", "HC3", "wild bootstrap"], "low": [2.1, 2.05, 2.08],
         "high": [2.78, 2.83, 2.81]}
    )  # fmt: skip
    evidence = {"claim": "c38", "estimand": "growth", "source": "cottier2024", "estimate": 2.4}
    card = nbformat.v4.new_output(
        "display_data", {"text/html": CARD, "text/plain": "c38", EVIDENCE: evidence}
    )
    table = html_table.render(frame, caption="Growth per year by kind of standard error")
    cells = [
        _text("intro", GOOD_INTRO),
        _code("imports", "from analysis import tables\nfrom analysis.report import figures"),
        _code("parameters", 'as_of = "latest"\ntop_k = 10  # models at release'),
        _text("method", GOOD_METHOD),
        _code(
            "growth",
            'fit = trend.growth(\n    runs, "cost_usd_2023"\n)\n\nfigures.show(fig, caption="…")',
            nbformat.v4.new_output("stream", name="stdout", text="45 models\n"),
            _html(growth_figure()),
        ),
        _text("intervals", "### Intervals\n\nThree kinds of standard error agree."),
        _code("intervals-table", "figures.table(frame, caption=caption)", _html(str(table))),
        _code("frame", "frame.head()", _html(frame._repr_html_())),
        _text("evidence", "## What is recorded"),
        _code("record", "ledger.record('c38', fit.growth, fit.interval, unit, n)", card),
        _text("change", "## What would change it\n\nA series with *quantities*."),
    ]
    return nbformat.v4.new_notebook(cells=cells)


def failed_notebook() -> nbformat.NotebookNode:
    cells = [
        _text("top", "# Did prices rise?\n\nPrice of a fixed ability, by month."),
        _code("prices", "figures.show(fig, …)", _html(price_figure())),
        _text("break", "## Breaks"),
        _code("boom", "result = breaks.find(series)"),
        _code("after", "figures.show(result)", ran=False),
    ]
    return nbformat.v4.new_notebook(cells=cells)


TRACEBACK = [
    "Traceback (most recent call last):",
    '  File "breaks.py", line 12, in find',
    "analysis.errors.InputError: series: needs at least 12 months, got 7",
]


def verdicts(wrap: Callable[[str], str] = str) -> list[dict[str, Any]]:
    """Rows as ``analysis.claims.verdicts.table`` makes them; texts go through ``wrap``."""
    lead, deep, risks = "Lead", "Technical Deep Dive", "Risks, Limitations & Open Questions"
    rows = [
        ("c01", lead, "Scale no longer makes AI cheaper", "contradicted", 0.118, 0.08, 0.19,
         "factor per year", "03_inference_price", None),
        ("c05", lead, "GPT-4 cost more than $100M in computing alone", "mixed", 40.7e6, None, None,
         "USD", "02_training_cost", "growth"),
        ("c07", lead, "Running models has become the heaviest burden", "untestable", None, None,
         None, "share", None, None),
        ("c18", deep, "A minute of video has 1,800 frames", "supported", 1800.0, None, None,
         "frames", "01_article_audit", "frames"),
        ("c25", deep, "GPT-3.5 took 3.2e23 operations to train", "contradicted", 2.578e24, None,
         None, "FLOP", "02_training_cost", "growth"),
        ("c38", deep, "Training costs have grown by orders of magnitude", "supported", 2.41, 2.1,
         2.78, "factor per year", "02_training_cost", "record"),
        ("c39", deep, "Video and agents cost one to two orders more than text", "undecided", 14.2,
         3.1, 66.0, "ratio", "03_inference_price", "prices"),
        ("c40", deep, "Serving is the main economic bottleneck", "not yet tested", None, None,
         None, "", None, None),
        ("c70", risks, "Fewer firms can afford the frontier", "not yet tested", None, None, None,
         "", None, None),
    ]  # fmt: skip
    return [_verdict(wrap, *row) for row in rows]


def _verdict(
    wrap: Callable[[str], str],
    claim: str,
    section: str,
    says: str,
    verdict: str,
    estimate: float | None,
    low: float | None,
    high: float | None,
    unit: str,
    notebook: str | None,
    cell: str | None,
) -> dict[str, Any]:
    tested = verdict != "not yet tested"
    interval = low is not None
    return {
        "id": claim,
        "section": wrap(section),
        "place": wrap("First paragraph"),
        "kind": "trend",
        "says": wrap(says),
        "quantity": wrap("growth of cost"),
        "decision": "interval",
        "family": "H4" if claim == "c38" else None,
        "verdict": verdict,
        "estimate": estimate,
        "low": low,
        "high": high,
        "level": 0.95 if interval else None,
        "unit": wrap(unit) if unit else "",
        "n": 45 if interval else (1 if estimate else None),
        "notebook": notebook,
        "cell": cell,
        "rule": wrap("Supported when the interval lies above the threshold on every source."),
        "frozen_on": "2026-11-01",
        "knew": "literature",
        "grade": "B" if tested and estimate else None,
        "agree_share": 0.958 if interval else None,
        "q": 0.0123 if claim == "c38" else None,
        "pseudo_vintage": claim == "c39",
        "amendments": (
            [{"date": "2026-11-12", "reason": wrap("The unit was wrong.")}]
            if claim == "c05" else []
        ),
        "reason": wrap("The 95 % interval lies beyond the threshold (n = 45)."),
        "note": wrap(""),
        "would_change": wrap("A price series with quantities."),
        "as_of": AS_OF.isoformat(),
        "estimands": _estimands(claim, estimate, low, high, unit),
    }  # fmt: skip


def _estimands(
    claim: str, estimate: float | None, low: float | None, high: float | None, unit: str
) -> list[dict[str, Any]]:
    """What the front page tells sentence by sentence, for the two claims that have one."""
    names = {"c38": ("growth", "cottier2024"), "c01": ("hedonic", "price_lists")}
    if claim not in names:
        return []
    estimand, source = names[claim]
    found = {
        "source": source, "estimate": estimate, "low": low, "high": high, "unit": unit, "n": 45,
        "level": 0.95, "direction": None, "clause": "the interval is as shown", "method": "",
        "agree_share": None, "specifications": None, "grade": "B", "p_value": None, "reason": "",
        "pseudo_vintage": False,
        "notebook": "02_training_cost", "cell": "record",
    }  # fmt: skip
    return [
        {"id": estimand, "means": "no change", "supported_if": "low > 1",
         "contradicted_if": "high < 1", "outcome": "supported", "sources": [found]}
    ]  # fmt: skip


def provenance(name: str, as_of: date, wrap: Callable[[str], str] = str) -> dict[str, Any]:
    """As ``analysis.tables.provenance`` tells it."""
    source = {
        "title": wrap("Data on AI models"),
        "producer": wrap("Epoch AI"),
        "licence": wrap("CC BY 4.0"),
        "url": wrap("https://example.org/data"),
        "citation": wrap("Epoch AI (2026)"),
        "vintage": wrap("2024-06-01 to 2026-07-16"),
    }
    correction = {
        "id": wrap("gpt4-cost"),
        "reason": wrap("A unit was off by a thousand."),
        "evidence": wrap("The row's own source"),
    }
    return {
        "table": name,
        "as_of": as_of.isoformat(),
        "observed_through": "2026-07-16",
        "pseudo_vintage": name == "training_runs",
        "sources": [source, source | {"title": wrap("Supplement")}],
        "title": wrap(name.replace("_", " ").capitalize()),
        "description": wrap("What a run cost, by release date."),
        "checks": [wrap("has_40_rows")] if name == "training_costs" else [],
        "rows": 1042,
        "corrections": [correction] if name == "training_costs" else [],
    }


def background(wrap: Callable[[str], str] = str) -> Background:
    """The rest of what a site is made from; texts go through ``wrap``."""
    return Background(
        claims={name: _claim(name, wrap) for name in ("c38", "c40")},
        past=[
            _past("2024-01-31", "c38", "undecided", 1.9, True),
            _past("2026-06-30", "c38", "supported", 2.3, False),
            _past("2026-11-10", "c38", "supported", 2.4, False),
        ],
        outlook=[_forecast("strict", 0.31, wrap), _forecast("lenient", None, wrap)],
        provenance=partial(provenance, wrap=wrap),
        extract=partial(extract, wrap=wrap),
        arrivals=lambda name, as_of: {"2024-02-01": 30, "2026-06-30": 12, "2026-11-01": 3},
    )


def _claim(name: str, wrap: Callable[[str], str]) -> Claim:
    return Claim.model_validate(
        {
            "id": name, "section": "Technical Deep Dive", "kind": "trend", "says": wrap("Says"),
            "tables": ["training_costs", "elsewhere"], "rule": wrap("Rule"), "unit": wrap("USD"),
            "frozen_on": "2026-11-01", "knew": "literature", "decision": "interval",
            "estimands": [{"id": "burden", "sources": ["main"], "supported_if": "low > 0.5",
                           "contradicted_if": "high < 0.5", "means": wrap("0.5 is half")}],
        }
    )  # fmt: skip


def _past(day: str, claim: str, verdict: str, estimate: float, pseudo: bool) -> dict[str, Any]:
    return {
        "as_of": day, "id": claim, "verdict": verdict, "estimate": estimate, "low": None,
        "high": None, "unit": "factor per year", "n": 12, "grade": "B", "agree_share": 1.0,
        "pseudo_vintage": pseudo,
    }  # fmt: skip


def _forecast(rule: str, probability: float | None, wrap: Callable[[str], str]) -> dict[str, Any]:
    known = probability is not None
    return {
        "id": "c70", "rule": rule, "window_end": "2028-04-30", "probability": probability,
        "low": 0.05 if known else None, "high": 0.72 if known else None,
        "level": 0.95 if known else None, "as_of": AS_OF.isoformat(),
        "status": "open" if known else "no probability", "days_left": 524, "n": 3, "grade": "B",
        "reference_class": wrap("deals"), "method": wrap("Poisson"), "reason": wrap(""),
        "pseudo_vintage": False, "says": wrap("Fewer firms can afford the frontier"),
        "rule_text": wrap("A firm leaves"), "source_of_truth": wrap("A filing"),
        "base_rate": 0.2, "article": [], "resolved": None, "scores": [], "notebook": None,
        "cell": None,
    }  # fmt: skip


def extract(name: str, as_of: date, wrap: Callable[[str], str] = str) -> Extract:
    """Forty models, cost rising; the first without a figure."""
    days = [f"{2016 + number // 4}-{number % 4 * 3 + 1:02d}-01" for number in range(40)]
    rows = pd.DataFrame(
        {
            "model": [wrap(f"Model {number}") for number in range(40)],
            "cost_usd": ["", *(f"{3e4 * 1.25**number:.6g}" for number in range(1, 40))],
            "layers": [str(number) for number in range(40)],
            "open_weights": ["true" if number % 2 else "false" for number in range(40)],
            "refers_to": days,
        }
    )
    return Extract(
        rows,
        (
            Column("model", "text", wrap("name of the model")),
            Column("cost_usd", "number", wrap("cost of the run"), "USD", required=False),
            Column("layers", "integer", wrap("layers"), "count"),
            Column("open_weights", "boolean", wrap("whether the weights are open")),
            Column("refers_to", "date", wrap("the day that the row is about")),
        ),
    )


def make(folder: Path, wrap: Callable[[str], str] = str) -> RunSet:
    """The run, with its executed notebooks in ``folder/notebooks``."""
    (folder / "notebooks").mkdir(parents=True)
    good, failed = folder / "notebooks/02_training_cost.ipynb", folder / "notebooks/03.ipynb"
    nbformat.write(good_notebook(), good)
    nbformat.write(failed_notebook(), failed)
    error = {
        "cell": 3,
        "ename": "InputError",
        "evalue": wrap("series: needs at least 12 months, got 7"),
        "traceback": [wrap(line) for line in TRACEBACK],
    }
    record = {"claim": "c38", "cell": "record", "notebook": "02_training_cost", "estimate": 2.41}
    notebooks = [
        NotebookResult(
            "02_training_cost",
            "How fast does the cost of training grow?",
            good,
            "ok",
            evidence=[record],
            parameters={"as_of": "2026-11-23", "top_k": 10, "label": wrap("all")},
            key="9f2c4e1ab0d7",
        ),
        NotebookResult(
            "03_inference_price", "Did prices rise?", failed, "failed", error=error, key="77aa"
        ),
        NotebookResult(
            "99_verdict",
            wrap("The scoreboard"),
            folder / "notebooks/none.ipynb",
            "killed",
            error={"cell": None, "ename": "DeadKernelError", "evalue": wrap("Kernel died"),
                   "traceback": []},
        ),
    ]  # fmt: skip
    return RunSet(
        folder, AS_OF, notebooks, verdicts(wrap), ["training_runs", "training_costs"], "0123abc"
    )
