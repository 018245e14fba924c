"""Figures of the notebook on the cost of inference: roofline, tokens, frames, hours."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analysis.economics.serving.fits import Fits
from analysis.economics.serving.hour_answers import CLAIMED
from analysis.economics.serving.user_hours import Hours
from analysis.report import numbers, palette
from analysis.report.charts.specification import Drawing
from analysis.report.drawing import TALL, end_labels, units

if TYPE_CHECKING:
    from matplotlib.axes import Axes

PHASES = {"decode": palette.BLUE, "prefill": palette.VERMILLION, "diffusion": palette.GREEN}
SHAPES = {"dense": "o", "sparse": "^"}


def roofline(fits: Fits) -> Drawing:
    """Predicted over measured time of every timing, by measured time."""
    import matplotlib.pyplot as plt

    rows = fits.errors()
    fig, ax = plt.subplots(figsize=TALL)
    for phase, colour in PHASES.items():
        for kind, marker in SHAPES.items():
            part = rows[(rows["phase"] == phase) & (rows["kind"] == kind)]
            if len(part):
                label = f"{phase}, {kind}"
                points = (part["measured_ms"], part["ratio"])
                ax.plot(*points, marker, color=colour, alpha=0.75, label=label)
    ax.axhline(1, color=palette.MUTED, linewidth=0.8)
    ax.set_xscale("log")
    ax.set_xlabel("Measured time of a pass, ms, log scale")
    ax.set_title("Predicted over measured time")
    ax.legend(loc="upper left", ncols=2, fontsize=9)
    ax.set_ylim(0.6, 1.6)
    low, high = rows["ratio"].min(), rows["ratio"].max()
    words = (
        f"Predicted over measured time of {len(rows)} forward passes on one H100, from {low:.2f}"
        f" to {high:.2f}; dense models lie close to one, the sparse one departs when it reads"
        " prompts."
    )
    return Drawing(fig, words, rows)


def token_costs(table: pd.DataFrame, context: int = 8192) -> Drawing | None:
    """USD per million tokens by batch, one line a model, with intervals."""
    import matplotlib.pyplot as plt

    rows = table[table["context_tokens"] == context]
    if rows.empty:
        return None
    fig, ax = plt.subplots(figsize=TALL)
    for (name, part), colour in zip(
        rows.groupby("model", sort=False), palette.SERIES, strict=False
    ):
        ax.plot(part["batch_wished"], part["usd_per_million_tokens"], color=colour, label=name)
        ax.fill_between(part["batch_wished"], part["low"], part["high"], color=colour, alpha=0.1)
    ax.set_xscale("log")
    ax.set_yscale("log")
    ax.set_xticks(rows["batch_wished"].unique(), [str(b) for b in rows["batch_wished"].unique()])
    units(ax.yaxis, "USD")
    ax.set_xlabel("Sequences decoded together, as wished")
    ax.set_title("USD per million tokens written, log scale")
    end_labels(ax)
    ends = rows.groupby("model", sort=False)["usd_per_million_tokens"].agg(["first", "last"])
    words = f"Cost of a million tokens at {context} tokens of context falls with the batch: " + (
        "; ".join(
            f"{name} from {numbers.quantity(row['first'], 'USD')} for one sequence to"
            f" {numbers.quantity(row['last'], 'USD')} for the largest batch"
            for name, row in ends.iterrows()
        )
    )
    return Drawing(fig, f"{words}.", rows)


def frame_ratios(measured: pd.DataFrame, modelled: pd.DataFrame) -> Drawing:
    """Clip over as many images by size, one line a generator; the timed clips as points."""
    import matplotlib.pyplot as plt

    sizes = [name for name in modelled.columns if name.endswith("p")]
    fig, ax = plt.subplots(figsize=TALL)
    places = np.arange(len(sizes))
    for row, colour in zip(modelled.to_dict("records"), palette.SERIES, strict=False):
        ax.plot(places, [row[s] for s in sizes], color=colour, label=row["model"])
    timed = [sizes.index(size) for size in measured["size"]]
    ax.plot(timed, measured["ratio"], "o", color=palette.INK, markersize=7)
    for bound in (0.33, 0.5, 2.0):
        ax.axhline(bound, color=palette.MUTED, linewidth=0.8, linestyle=":")
    ax.set_yscale("log")
    ax.set_xticks(places, sizes)
    units(ax.yaxis, "factor")
    ax.set_title("Compute of a clip over as many images, log scale")
    end_labels(ax)
    flat = modelled[sizes].to_numpy()
    words = (
        f"Compute of a clip over that of as many images, from {flat.min():.2f} to"
        f" {flat.max():.2f} among {len(modelled)} open generators and {len(sizes)} sizes; it rises"
        f" with the size. The timed clips give"
        f" {' and '.join(f'{r:.2f}' for r in measured['ratio'])}."
    )
    return Drawing(fig, words, modelled)


def minute_costs(table: pd.DataFrame, stated: tuple[float, float]) -> Drawing:
    """USD of a minute of 1080p video by generator and setting, beside the article's range."""
    import matplotlib.pyplot as plt

    rows = table[table["size"] == "1080p"].sort_values("usd_per_minute").reset_index(drop=True)
    fig, ax = plt.subplots(figsize=(5.0, 1.2 + 0.3 * len(rows)))
    ax.axvspan(*stated, color=palette.MUTED, alpha=0.18, linewidth=0)
    few = rows["setting"] == "few steps"
    colours = [palette.BLUE if is_few else palette.VERMILLION for is_few in few]
    ax.hlines(rows.index, rows["low"], rows["high"], colors=colours)
    ax.scatter(rows["usd_per_minute"], rows.index, c=colours, s=22)
    ax.set_yticks(rows.index, rows["model"] + ", " + rows["setting"])
    ax.set_xscale("log")
    units(ax.xaxis, "USD")
    ax.grid(axis="x")
    ax.set_title("USD per minute of 1080p video, log scale")
    cheap, dear = rows.iloc[0], rows.iloc[-1]
    words = (
        f"Cost of a minute of 1080p video, from {numbers.quantity(cheap['usd_per_minute'], 'USD')}"
        f" ({cheap['model']}, {cheap['setting']}) to"
        f" {numbers.quantity(dear['usd_per_minute'], 'USD')} ({dear['model']}, {dear['setting']});"
        f" the article's range of {stated[0]:g} to {stated[1]:g} dollars is shaded."
    )
    return Drawing(fig, words, rows)


def orders(hours: Hours, level: float) -> Drawing:
    """Orders of magnitude of an hour of video and of an agent over an hour of chat."""
    import matplotlib.pyplot as plt

    fig, axes = plt.subplots(2, 1, figsize=TALL, sharex=True)
    words = []
    for ax, kind, colour in zip(axes, ("agent", "video"), palette.SERIES, strict=False):
        words.append(_spread(ax, hours.orders(kind), kind, colour, level))
    axes[-1].set_xlabel("Orders of magnitude over an hour of chat")
    rows = pd.DataFrame({kind: _row(hours.orders(kind), level) for kind in ("agent", "video")})
    return Drawing(fig, " ".join(words), rows.T.rename_axis("hour_of").reset_index())


def _row(values: np.ndarray, level: float) -> dict[str, float]:
    low, middle, high = np.quantile(values, [(1 - level) / 2, 0.5, (1 + level) / 2])
    return {"median": float(middle), "low": float(low), "high": float(high)}


def _spread(ax: Axes, values: np.ndarray, kind: str, colour: str, level: float) -> str:
    found = _row(values, level)
    ax.axvspan(*CLAIMED, color=palette.MUTED, alpha=0.18, linewidth=0)
    ax.hist(values, bins=60, color=colour, alpha=0.8)
    ax.axvline(found["median"], color=palette.INK, linewidth=1)
    for end in (found["low"], found["high"]):
        ax.axvline(end, color=palette.INK, linewidth=0.8, linestyle=":")
    ax.set_yticks([])
    ax.set_title(f"Hour of {'generated video' if kind == 'video' else 'an agent'}, draws")
    return (
        f"{kind.capitalize()}: median {found['median']:.1f} orders over chat, {level:.0%} of draws"
        f" from {found['low']:.1f} to {found['high']:.1f}; the claimed range is shaded."
    )
