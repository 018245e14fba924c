"""Figures as the sample notebooks show them; numbers are made up."""

from __future__ import annotations

import matplotlib
import numpy as np
import pandas as pd

from analysis.report import figures

matplotlib.use("agg")


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
