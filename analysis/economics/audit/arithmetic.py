"""The article against itself: arithmetic on its own numbers and lists, nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from math import log10

from analysis.claims.answer import Answer
from analysis.claims.digits import plain
from analysis.economics.audit.facts import listed
from analysis.economics.audit.text import (
    AGENT,
    CHAT,
    COMPUTE,
    GPT4,
    LAST_DAY,
    PRICE,
    READINGS,
    VIDEO,
    Article,
    Span,
)
from analysis.errors import InputError

SECONDS_PER_FRAME, DOLLARS_PER_GPU_HOUR = Span(2, 5), Span(2, 4)
"""What the frozen rule of x05 takes for the text's multiple seconds on a high-end GPU."""
ORDERS = (10, 100)
"""One to two orders of magnitude, in times."""
RATE = "percent per year"


def frame_count(article: Article) -> Answer:
    """Stated frames less length times frame rate, absolute (c18, x01)."""
    stated = article.number("video_frames").low
    length, rate = article.number("video_length").low, article.number("video_frame_rate").low
    reason = f"{length:g} s at {rate:g} frames a second are {length * rate:,.0f} frames, as stated"
    return _exact(abs(stated - length * rate), 3, "stated frames less length times rate", reason)


def ratios(article: Article) -> tuple[float, float]:
    """Second text row of table 1 over the first: training compute, inference price."""
    compute = article.cell(GPT4, COMPUTE).low / article.cell(CHAT, COMPUTE).low
    return compute, article.cell(GPT4, PRICE).low / article.cell(CHAT, PRICE).low


def growth_apart(article: Article) -> Answer:
    """Ratio of the two row ratios, larger over smaller (c37)."""
    compute, price = ratios(article)
    apart = max(compute / price, price / compute)
    return _exact(apart, 4, "ratio of the two row ratios", _grown(compute, price))


def orders_apart(article: Article) -> Answer:
    """The same as |log10 compute ratio - log10 price ratio| (x02)."""
    compute, price = ratios(article)
    gap = abs(log10(compute) - log10(price))
    return _exact(gap, 4, "difference of log10 of the two row ratios", _grown(compute, price))


def _grown(compute: float, price: float) -> str:
    return (
        f"between its two text rows the table's compute grows {plain(compute, 3)} times and its"
        f" price {plain(price, 3)} times"
    )


@dataclass(frozen=True)
class Pair:
    """An advanced row of table 1 over a text row, in times."""

    row: str
    text_row: str
    times: Span

    @property
    def inside(self) -> bool:
        """Whether the whole range lies within one to two orders of magnitude."""
        return self.times.low >= ORDERS[0] and self.times.high <= ORDERS[1]


def pairs(article: Article) -> list[Pair]:
    """Each advanced row of table 1 over each text row, numbers at face value."""
    found = []
    for advanced in (VIDEO, AGENT):
        for text in (CHAT, GPT4):
            top, base = article.cell(advanced, PRICE), article.cell(text, PRICE)
            found.append(Pair(advanced, text, Span(top.low / base.high, top.high / base.low)))
    return found


def ranges_inside(article: Article) -> Answer:
    """Share of the four pairs whose whole range lies within 10 to 100 times (x03)."""
    found = pairs(article)
    count = sum(pair.inside for pair in found)
    worst = min(found, key=lambda pair: pair.times.low)
    reason = (
        f"{count} of {len(found)} pairs fit; the row {worst.row} costs {plain(worst.times.low, 2)}"
        f" to {plain(worst.times.high, 2)} times the {worst.text_row} row, in another unit"
    )
    return _exact(count / len(found), len(found), "row ranges over text rows, as printed", reason)


def frame_argument(
    article: Article, seconds: Span = SECONDS_PER_FRAME, hour: Span = DOLLARS_PER_GPU_HOUR
) -> Answer:
    """Middle of the table's price of a minute over that of the text's argument (x05).

    The argument is frames x seconds per frame x USD per GPU-hour / 3600.
    """
    frames, table = article.number("video_frames").low, article.cell(VIDEO, PRICE)
    text = Span(*(frames * s * h / 3600 for s, h in zip(_ends(seconds), _ends(hour), strict=True)))
    apart = max(table.middle / text.middle, text.middle / table.middle)
    reason = (
        f"frame by frame a minute would cost ${text.low:,.2f} to ${text.high:,.2f}, and the table"
        f" says ${table.low:,.2f} to ${table.high:,.2f}"
    )
    return _exact(apart, 2, "geometric middles, larger over smaller", reason)


def _ends(span: Span) -> tuple[float, float]:
    return span.low, span.high


def slowing_rows(article: Article) -> Answer:
    """Rows of table 3 with growth in both periods, lower in the second (x06)."""
    table = article.segments()
    slower = [row for row in table if row.unit == RATE and row.after < row.before]
    sums = [row.name for row in table if row.unit != RATE]
    reason = f"{len(slower)} of {len(table)} rows; {listed(sums)} has sums and no growth"
    return _exact(len(slower), len(table), "rows with two rates, the second lower", reason)


def months_ahead(article: Article) -> Answer:
    """Months from the article's month to the end of the projected period (x07)."""
    end = int(article.number("projected_period").high)
    ahead = (end - LAST_DAY.year) * 12 + 12 - LAST_DAY.month
    reason = f"the heading projects to the end of {end}, and the text is of {LAST_DAY:%B %Y}"
    return _exact(ahead, 1, "December of the last projected year less the article's month", reason)


def giants_apart(article: Article) -> Answer:
    """Firms in only one of the two lists of infrastructure giants (x09)."""
    lead, players = set(article.items("giants_in_lead")), set(article.items("giants_in_players"))
    odd = sorted(lead ^ players)
    reason = f"only one of the lists has {listed(odd)}" if odd else "the lists agree"
    return _exact(len(odd), len(lead | players), "firms in one list and not in the other", reason)


def frontier_trainers(article: Article, reading: str | None = None) -> Answer:
    """Organisations that the text presents as trainers of leading models (x10).

    The frozen rule does not say which reading counts, so that without ``reading`` the plain one
    answers for all of them, and only where they all lie on one side of the number allowed.

    Raises:
        InputError: they do not.
    """
    allowed = article.number("frontier_trainers_allowed")
    counts = {name: len(article.items("frontier_trainer", name)) for name in READINGS}
    if reading is None and len({count <= allowed.high for count in counts.values()}) > 1:
        readings = listed(f"{count} in a {name} reading" for name, count in counts.items())
        raise InputError(
            "frontier trainers named",
            f"{readings}, on both sides of the {allowed.high:g} that the text allows, and the rule"
            " does not say which reading counts",
        )
    named = article.items("frontier_trainer", reading or "plain")
    reason = f"it names {listed(named)}, and allows {allowed.low:g} to {allowed.high:g}"
    method = "organisations said to develop, or to compete on, leading models"
    return _exact(len(named), len(named), method, reason)


def prediction_span(article: Article) -> Answer:
    """Stated months of prediction 3 (x11)."""
    stated, span = article.number("prediction_span").low, article.number("announced_span")
    reason = (
        f"prediction 3 gives {stated:g} months under a heading of {span.low:g} to {span.high:g}"
    )
    return _exact(stated, 2, "months as stated", reason)


def left_open(article: Article, reading: str = "plain") -> Answer:
    """Assertions of a lasting cost curve that an open question leaves undecided (x12)."""
    found = article.items("asserted_as_lasting", reading)
    reason = "higher costs are asserted as lasting, and open question 1 asks whether they will last"
    return _exact(len(found), len(found), "assertions that the text also calls open", reason)


def experts_price(article: Article, reading: str) -> Answer:
    """Price of the mixture-of-experts row over the dense row, raw or per_compute (x14)."""
    compute, price = ratios(article)
    if reading == "raw":
        reason = f"the mixture-of-experts row costs {plain(price, 3)} times the dense row"
        return _exact(price, 2, "second row over first, as printed", reason)
    method = "price ratio over the ratio of training compute"
    reason = f"per FLOP of training it costs {plain(price / compute, 3)} times the dense row"
    return _exact(price / compute, 4, method, reason)


YEARS = {"one_year": 1, "two_years": 2}
"""Readings of the second sum of table 3, in years."""


def chip_outlier(article: Article, reading: str) -> Answer:
    """Growth of chip funding less the highest other projected growth, in points (c72)."""
    table = article.segments()
    highest = max(row.after for row in table if row.unit == RATE)
    sums = next(row for row in table if row.unit != RATE)
    growth = 100 * (sums.after / YEARS[reading] / sums.before - 1)
    reason = (
        f"read as {reading.replace('_', ' ')} the sums grow {plain(growth, 3)} percent a year,"
        f" against {highest:g} percent in the fastest other row"
    )
    method = "growth of the sums less the highest rate"
    return _exact(growth - highest, len(table), method, reason)


def _exact(estimate: float, n: int, method: str, reason: str) -> Answer:
    return Answer(float(estimate), None, n, method=method, reason=reason)
