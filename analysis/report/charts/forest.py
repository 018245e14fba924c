"""The main finding in one figure: what got cheaper and what got dearer, a year."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

import pandas as pd
from markupsafe import Markup

from analysis.errors import InputError
from analysis.report import figures, numbers, palette, svg

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

UNIT = "factor per year"
# From what the frontier costs to what a given ability costs: (claim, estimand, what is measured).
ROWS = (
    ("c03", "frontier", "Training compute of the largest runs"),
    ("c38", "growth", "Training cost of the largest runs"),
    ("c04", "frontier_price", "Price of running the best model"),
    ("c99", "launch_price", "Launch price of leading models"),
    ("c84", "matched", "List price of the same model"),
    ("c24", "same_model", "Cheapest price of the same open model"),
    ("c01", "hedonic", "Launch price at equal ability"),
    ("c24", "fixed_capability", "Cheapest price at GPT-4's ability"),
)
SOURCES = {
    "cottier2024": "45 models of Cottier et al. 2024",
    "epoch2026": "Epoch AI, July 2026",
    "price_lists": "price lists in released packages",
    "router": "OpenRouter catalogue",
}
_COLOURS = {
    "cottier2024": palette.GREEN,
    "epoch2026": palette.PURPLE,
    "price_lists": palette.BLUE,
    "router": palette.VERMILLION,
}
CAPTION = "Yearly change of costs and prices, with 95 % intervals"


def data(verdicts: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
    """What the figure shows, a row for each quantity and source.

    ``verdicts`` are rows of ``analysis.claims.verdicts.table``; quantities without an estimate
    are left out. Columns: quantity, claim, source, growth and interval as factors per year, n.
    """
    return pd.DataFrame(list(_rows({str(row["id"]): row for row in verdicts})))


def _rows(verdicts: Mapping[str, Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    for claim, wanted, label in ROWS:
        for estimand in verdicts.get(claim, {}).get("estimands", ()):
            for found in estimand["sources"] if estimand["id"] == wanted else ():
                if found["estimate"] is not None and found["unit"] == UNIT:
                    yield {
                        "quantity": label,
                        "claim": claim,
                        "source": SOURCES.get(found["source"], found["source"]),
                        "key": found["source"],
                        "growth_factor_per_year": found["estimate"],
                        "low": found["low"],
                        "high": found["high"],
                        "n": found["n"],
                    }


def draw(frame: pd.DataFrame) -> Figure:
    """One line a quantity, one mark a source, on a logarithmic axis around no change.

    Raises:
        InputError: when nothing has an estimate.
    """
    if frame.empty:
        raise InputError("frame", "has no estimate to draw; run the notebooks first")
    import matplotlib.pyplot as plt

    figures.style()
    quantities = list(dict.fromkeys(frame["quantity"]))
    fig, ax = plt.subplots(figsize=(5.0, 0.62 * len(quantities) + 1.3))
    ax.axvline(1, color=palette.INK, linewidth=1)
    for place, quantity in enumerate(quantities):
        _quantity(ax, len(quantities) - 1 - place, frame[frame["quantity"] == quantity])
    _dress(ax, len(quantities))
    _legend(ax, frame)
    return fig


def _quantity(ax: Axes, height: int, rows: pd.DataFrame) -> None:
    """The name of a quantity above its marks, the sources one under the other."""
    ax.text(0, height + 0.18, rows["quantity"].iloc[0], transform=ax.get_yaxis_transform())
    for offset, (_, row) in enumerate(rows.iterrows()):
        level, colour = height - 0.05 - 0.24 * offset, _COLOURS.get(row.key, palette.GREY)
        ends = [row.low if pd.notna(row.low) else 1e-3, row.high if pd.notna(row.high) else 1e3]
        ax.plot(ends, [level, level], color=colour, linewidth=2, solid_capstyle="butt")
        ax.plot(row.growth_factor_per_year, level, "o", color=colour)


def _dress(ax: Axes, rows: int) -> None:
    from matplotlib.ticker import LogLocator

    ax.set_xscale("log")
    ax.xaxis.set_major_locator(LogLocator(subs=(1, 3)))
    ax.set_ylim(-0.6, rows - 0.1)
    ax.set_yticks([])
    ax.spines["left"].set_visible(False)
    ax.grid(axis="x")
    ax.set_xlabel("cheaper  ←  factor per year, logarithmic  →  dearer")
    ax.text(1, 1.01, "no change", transform=ax.get_xaxis_transform(), ha="center", fontsize=9)
    figures.units(ax.xaxis, UNIT)


def _legend(ax: Axes, frame: pd.DataFrame) -> None:
    from matplotlib.lines import Line2D

    named = frame.drop_duplicates("key")[["key", "source"]].itertuples(index=False)
    marks = [
        Line2D([], [], marker="o", color=_COLOURS.get(key, palette.GREY), label=source)
        for key, source in named
    ]
    ax.legend(
        handles=marks, loc="lower left", bbox_to_anchor=(0, 1.0), ncols=1, frameon=False,
        borderaxespad=0, handlelength=1.4, fontsize=9,
    )  # fmt: skip


def describe(frame: pd.DataFrame) -> str:
    """The figure in words, every number in it computed."""
    parts = [
        f"{row.quantity} ({row.source}): "
        f"{numbers.estimate(row.growth_factor_per_year, row.low, row.high, UNIT)}"
        for _, row in frame.iterrows()
    ]
    return f"Dots with intervals on a logarithmic axis around no change. {'; '.join(parts)}."


def page(verdicts: Iterable[Mapping[str, Any]]) -> Markup:
    """The figure with its data as part of a page; nothing where no row has an estimate."""
    import matplotlib.pyplot as plt

    frame = data(verdicts)
    if frame.empty:
        return Markup("")
    fig = draw(frame)
    shown = frame.drop(columns="key")
    text = figures.figure_html(
        fig,
        caption=CAPTION,
        alt=describe(frame),
        data=shown,
        sources=list(frame["source"].unique()),
    )
    plt.close(fig)
    return text


def show(verdicts: Iterable[Mapping[str, Any]]) -> None:
    """Displays the figure in a notebook."""
    from IPython.display import display

    rows = list(verdicts)
    display({"text/html": str(page(rows)), "text/plain": describe(data(rows))}, raw=True)


def standalone(verdicts: Iterable[Mapping[str, Any]]) -> str:
    """The figure as an SVG file of its own, legible on a light and on a dark page."""
    import matplotlib.pyplot as plt

    frame = data(verdicts)
    fig = draw(frame)
    drawing = svg.inline(fig, key="summary", title=CAPTION, description=describe(frame))
    plt.close(fig)
    paper = "<style>svg{color:#222}@media(prefers-color-scheme:dark){svg{color:#eee}}</style>"
    start = drawing.index(">") + 1
    return drawing[: start - 1] + ' xmlns="http://www.w3.org/2000/svg">' + paper + drawing[start:]
