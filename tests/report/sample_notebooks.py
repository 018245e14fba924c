"""Two executed notebooks: one that ended well, one with a cell that failed."""

from __future__ import annotations

from typing import Any

import nbformat
import pandas as pd
from sample_figures import growth_figure, price_figure

from analysis.report import html_table

EVIDENCE = "application/vnd.reckon.evidence+json"
CARD = """<section class="reckon-card" id="evidence-c38-growth-cottier2024" aria-label="Evidence for
claim c38" style="border:1px solid #7a8190;padding:.6em"><p style='margin:0'><strong>c38</strong>
Training costs have grown by orders of magnitude</p><p style='margin:.4em 0 0'><strong>2.4 factor
per year (95 % interval 2.1 to 2.8)</strong>: supports the claim; the 95 % interval 2.1 to 2.8
factor per year lies above 1.9307 (n = 45).</p><dl style="display:grid"><dt style="opacity:.8">
Rule</dt><dd style="margin:0">Supported when the interval lies above a factor of ten in 3.5 years.
</dd><dt>Method</dt><dd>Regression of log cost on time, HC3 standard errors</dd><dt>Specifications
that agree</dt><dd>96 % of 24</dd></dl></section>"""


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
