"""The article against published figures and dates: one number or day at a time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from statistics import median

from analysis.claims.answer import Answer, attempt
from analysis.claims.digits import plain
from analysis.economics.audit.facts import (
    Fact,
    Facts,
    answer,
    dollars,
    listed,
    preferred,
    weighty,
    whole_months,
)
from analysis.economics.audit.text import (
    CHAT,
    COMPUTE,
    GPT4,
    LAST_DAY,
    PRICE,
    VIDEO,
    Article,
)
from analysis.errors import InputError

ACCOUNTINGS = {
    "amortised": "amortised hardware and energy",
    "cloud_rental": "rental from a cloud",
    "acquisition": "purchase of the hardware",
}
"""The estimands of c05, in words."""


def training_cost(facts: Facts, accounting: str) -> Answer:
    """Published cost of training GPT-4, USD, by one of ``ACCOUNTINGS`` (c05)."""
    topic = f"training_cost_{accounting.removesuffix('_rental')}"
    fact = preferred(facts.about(topic, subject=GPT4))
    words = ACCOUNTINGS[accounting]
    reason = (
        f"GPT-4 by {words}: {dollars(fact.value)}, good to a factor of about two ({fact.unit};"
        f" {fact.cited})"
    )
    return answer(fact.value, [fact], f"published figure, {words}", reason)


def training_costs(facts: Facts) -> dict[str, Answer]:
    """``training_cost`` by each accounting."""
    return {accounting: attempt(training_cost, facts, accounting) for accounting in ACCOUNTINGS}


def stars(facts: Facts) -> Answer:
    """Latest count of vLLM's stars graded A or B; a count graded C only without these (c23)."""
    counts = facts.about("github_stars")
    fact, latest = weighty(counts)[-1], counts[-1]
    reason = f"{fact.value:,.0f} stars on {fact.day:%d %B %Y} ({fact.cited})"
    if latest is not fact:
        reason += f"; {latest.value:,.0f} on {latest.day:%d %B %Y} by a source of grade C"
    return answer(fact.value, [fact], "latest dated count", reason)


def compute_apart(article: Article, facts: Facts, row: str) -> Answer:
    """Stated over published training compute of the row's model, larger over smaller (c25, c28)."""
    stated = article.cell(row, COMPUTE).low
    fact = preferred(facts.about("training_compute", subject=row))
    nearest = min(facts.about("training_compute"), key=lambda other: apart(stated, other.value))
    reason = f"stated {plain(stated)} FLOP, published {plain(fact.value)} for {row} ({fact.cited})"
    if nearest.subject != row:
        reason += f"; the cell matches {nearest.subject} with {plain(nearest.value)}"
    method = "stated and published value, larger over smaller"
    return answer(apart(stated, fact.value), [fact], method, reason, n=2)


def apart(one: float, other: float) -> float:
    """Larger over smaller."""
    return max(one / other, other / one)


def video_listings(facts: Facts) -> list[Fact]:
    """List prices of generated video in the month of the article."""
    month = (LAST_DAY.year, LAST_DAY.month)
    found = facts.about("video_list_price")
    of_month = [fact for fact in found if (fact.day.year, fact.day.month) == month]
    if not of_month:
        raise InputError("dated facts", "no list price of the article's month was known by then")
    return of_month


def video_price(article: Article, facts: Facts) -> Answer:
    """1 if the median list price of a minute is in the stated range, else how far off (c32)."""
    stated, found = article.cell(VIDEO, PRICE), video_listings(facts)
    price = middle([fact.value for fact in found])
    reason = (
        f"the median of {len(found)} list prices is {dollars(price)} a minute (LiteLLM price list,"
        f" April 2026), the cell says {dollars(stated.low)} to {dollars(stated.high)}"
    )
    method = "median list price against the nearer end of the range"
    return answer(stated.distance(price), found, method, reason)


def middle(values: Sequence[float]) -> float:
    """Median."""
    return float(median(values))


def investment(facts: Facts) -> Answer:
    """Investment of Microsoft in OpenAI as reported by the article's month, USD (c85)."""
    reported = [fact for fact in facts.about("investment") if fact.known_from <= LAST_DAY]
    fact = preferred(reported)
    total = fact.value * 1e9
    reason = f"{dollars(total)} invested or committed in all ({fact.cited})"
    return answer(total, [fact], "latest total of the best grade", reason)


def months_on_market(facts: Facts, as_of: date) -> Answer:
    """Whole months from the first public offer of a B200 to the article's last day (c43)."""
    try:
        first = weighty(facts.about("public_offer", subject="NVIDIA B200"))[0]
    except InputError:
        if as_of < LAST_DAY:
            raise
        return answer(0, [], "no offer by then", "no public offer is known")
    passed = whole_months(first.day, LAST_DAY)
    reason = f"offered to all from {first.day:%d %B %Y} ({first.cited})"
    return answer(passed, [first], "whole months to 30 April 2026", reason)


def exclusive(facts: Facts, day: date, as_of: date) -> Answer:
    """1 if Microsoft's licence to OpenAI's models was exclusive on ``day``, else 0 (c50)."""
    found = [fact for fact in facts.about("exclusive_licence") if fact.day <= day]
    last = found[-1]
    if as_of < day and last.value:
        raise InputError("as of this day", f"{day:%d %B %Y} still lay ahead")
    state = "exclusive" if last.value else "no longer exclusive"
    reason = f"{state} by the announcement of {last.day:%d %B %Y} ({last.cited})"
    return answer(last.value, [last], "latest dated announcement", reason, n=len(found))


def list_prices_hit(article: Article, facts: Facts) -> Answer:
    """Text rows of table 1 equal, to the cent, to a list price of OpenAI's (x04)."""
    found = facts.about("openai_list_price")
    hits = {
        price: [fact for fact in found if round(100 * fact.value) == round(100 * price)]
        for price in (article.cell(row, PRICE).low for row in (CHAT, GPT4))
    }
    equal = [
        f"{dollars(price)} was the price of {listed(sorted({fact.subject for fact in hit}))}"
        for price, hit in hits.items()
        if hit
    ]
    used = [fact for hit in hits.values() for fact in hit]
    reason = listed(equal) if equal else "neither number is a list price that was known by then"
    method = "stated value equals a list price for output"
    return answer(len(equal), used, method, reason, n=len(found))
