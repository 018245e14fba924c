"""What notebooks call: style, show, table."""

from __future__ import annotations

import matplotlib as mpl
import matplotlib.pyplot as plt
import pandas as pd
import pytest
from bs4 import BeautifulSoup
from matplotlib.figure import Figure

from analysis.errors import InputError
from analysis.report import figures, html_table, palette

ALT = "A line that rises from 1 in 2020 to 9 in 2022."
DATA = pd.DataFrame({"year": [2020, 2021, 2022], "cost_usd": [1.0, 4.0, 9.0]})


@pytest.fixture
def fig() -> Figure:
    figures.style()
    figure, ax = plt.subplots()
    ax.plot(DATA["year"], DATA["cost_usd"], label="cost")
    yield figure
    plt.close(figure)


def _page(fig: Figure, **changes: object) -> BeautifulSoup:
    given = {"caption": "Cost rises.", "alt": ALT, "data": DATA} | changes
    return BeautifulSoup(figures.figure_html(fig, **given), "html.parser")


def test_figure_has_caption_sources_and_data(fig: Figure) -> None:
    page = _page(fig, sources=["Epoch AI", "BLS"])
    assert page.figure["class"] == ["reckon"]
    assert page.figcaption.p.text == "Cost rises."
    assert page.select_one(".sources").text == "Source: Epoch AI; BLS"
    assert page.desc.text == ALT
    cells = [cell.text for cell in page.select("details table tbody tr")[2]]
    assert cells == ["2022", "9"]


@pytest.mark.parametrize(
    "alt",
    ["", "   ", "A chart", "figure1.png in the folder", "No description has been provided",
     "Figure 12", "plot of prices in results/prices.svg", "Alternative text for the figure",
     "Cost rises in each of the years."],
)  # fmt: skip
def test_alt_must_say_what_the_figure_shows(fig: Figure, alt: str) -> None:
    with pytest.raises(InputError, match=r"^alt:"):
        _page(fig, alt=alt, caption="Cost rises in each of the years.")


def test_alt_may_speak_of_things_to_do_and_of_charts(fig: Figure) -> None:
    _page(fig, alt="Chart of what firms have to do: bars from 3 to 40 tasks.")


def test_caption_and_data_are_needed(fig: Figure) -> None:
    with pytest.raises(InputError, match=r"^caption:"):
        _page(fig, caption=" ")
    with pytest.raises(InputError, match=r"^data:"):
        _page(fig, data=DATA.head(0))
    with pytest.raises(InputError, match=r"^data:"):
        _page(fig, data=[1, 2])


def test_a_figure_too_wide_for_a_phone_is_refused() -> None:
    wide = Figure(figsize=(7.0, 3.0))
    with pytest.raises(InputError, match=r"^fig: is 7.0 inches wide"):
        _page(wide)


def test_hostile_texts_are_escaped(fig: Figure) -> None:
    bad = '"><script>alert(1)</script>'
    data = pd.DataFrame({bad: [bad], "n": [1]})
    page = _page(fig, caption=bad, alt=ALT + bad, data=data, sources=bad)
    assert page.script is None
    assert page.figcaption.p.text == bad


def test_long_data_are_cut_with_a_note(fig: Figure) -> None:
    long = pd.DataFrame({"x": range(1234)})
    page = _page(fig, data=long)
    assert len(page.select("tbody tr")) == html_table.LIMIT
    assert page.select_one(".note").text == "The first 400 of 1,234 rows."
    assert "(1,234 rows)" in page.summary.text


def test_dollars_are_not_formulas_and_logs_are_plain() -> None:
    figures.style()
    figure, ax = plt.subplots()
    ax.semilogy([1, 2], [1, 1e5])
    ax.set_title("from $1 to $5")
    text = str(_page(figure))
    plt.close(figure)
    assert "from $1 to $5" in text and "10,000" in text and "mathdefault" not in text


def test_dates_leave_room_for_their_labels() -> None:
    figures.style()
    figure, ax = plt.subplots()
    months = pd.date_range("2023-01-01", periods=40, freq="MS")
    ax.plot(months, range(40))
    figures.figure_html(figure, caption="c", alt=ALT, data=DATA)
    assert 2 <= len(ax.get_xticks()) <= 7
    plt.close(figure)


def test_units_and_end_labels(fig: Figure) -> None:
    ax = fig.axes[0]
    ax.plot([2020, 2022], [1.0, 9.1], label="price")
    ax.plot([2020, 2022], [1.0, 1.0], label="_hidden")
    figures.units(ax.yaxis, "USD")
    figures.end_labels(ax)
    assert ax.yaxis.get_major_formatter()(4.0) == "$4"
    labels = {text.get_text(): text for text in ax.texts}
    assert set(labels) == {"cost", "price"}
    assert labels["price"].xyann[1] - labels["cost"].xyann[1] > 5
    assert labels["cost"].get_color() == palette.SERIES[0]


def test_show_displays_and_closes(fig: Figure, capsys: pytest.CaptureFixture[str]) -> None:
    figures.show(fig, caption="Cost rises.", alt=ALT, data=DATA, sources="Epoch AI")
    assert not plt.fignum_exists(fig.number)
    assert ALT in capsys.readouterr().out


def test_table_shows_a_caption(capsys: pytest.CaptureFixture[str]) -> None:
    figures.table(DATA, caption="Cost by year")
    assert "cost_usd" in capsys.readouterr().out
    with pytest.raises(InputError, match=r"^caption:"):
        figures.table(DATA, caption="")


def test_series_are_told_apart_on_white_and_on_black() -> None:
    assert all(_contrast(color, "#ffffff") >= 4.5 for color in palette.SERIES)
    assert all(_contrast(color, "#14171a") >= 3 for color in palette.SERIES)
    cycle = mpl.rcParamsDefault["axes.prop_cycle"]
    figures.style()
    assert mpl.rcParams["axes.prop_cycle"] != cycle


def _contrast(one: str, other: str) -> float:
    """WCAG 2.2 contrast ratio."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(color: str) -> float:
    parts = [int(color[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
