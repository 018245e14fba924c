"""What the stated cluster buys, and how old the things are that the article names."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from analysis.claims.answer import Answer
from analysis.claims.digits import plain
from analysis.economics.audit.against_facts import middle
from analysis.economics.audit.facts import (
    Fact,
    Facts,
    answer,
    dollars,
    months,
    preferred,
)
from analysis.economics.audit.text import GPT4, LAST_DAY, Article
from analysis.errors import InputError

UTILISATION, RUN_DAYS = 0.40, 90.0
"""Share of the peak rate, and length of the run, that the frozen rule of x08 takes."""
SERVER_PRICE = "h100_price_2023_05"
CHIP = "NVIDIA H100 SXM5 80GB"
DATED = ("release", "announcement")


def cluster_share(
    article: Article,
    facts: Facts,
    accelerators: pd.DataFrame,
    *,
    price: float | None = None,
    utilisation: float = UTILISATION,
    days: float = RUN_DAYS,
) -> Answer:
    """Share of GPT-4's training compute that the stated sum delivers in a run (x08).

    budget / chip price x peak 16-bit FLOP/s x utilisation x seconds / GPT-4's FLOP; the chip
    price in USD is an eighth of a server's, unless another is given.
    """
    budget = article.number("cluster_cost").low
    paid = next(fact for fact in facts.about("gpu_price") if fact.name == SERVER_PRICE)
    needed = preferred(facts.about("training_compute", subject=GPT4))
    rate = _peak(accelerators)
    chips = budget / (price or paid.value)
    done = chips * rate * utilisation * days * 86_400
    reason = (
        f"{dollars(budget)} buys {chips:,.0f} H100 at {dollars(paid.value)} (SemiAnalysis, May"
        f" 2023), which in {days:g} days deliver {plain(done, 3)} of the {plain(needed.value)} FLOP"
        f" of GPT-4 ({needed.cited})"
    )
    method = f"budget over chip price, peak 16-bit rate at {utilisation:.0%}, {days:g} days"
    dated = bool(accelerators.attrs.get("pseudo_vintage"))
    return answer(done / needed.value, [paid, needed], method, reason, n=4, pseudo_vintage=dated)


def _peak(accelerators: pd.DataFrame) -> float:
    chips = accelerators.loc[accelerators["accelerator"] == CHIP, "fp16_flop_per_s"]
    if not len(chips):
        raise InputError("accelerators", f"the rate of {CHIP} was not known by then")
    return float(chips.iloc[0])


@dataclass(frozen=True)
class Age:
    """How long before the article a thing that it names had come."""

    thing: str
    fact: Fact

    @property
    def months(self) -> int:
        return months(self.fact.day, LAST_DAY)


def ages(article: Article, facts: Facts, kinds: tuple[str, ...] = DATED) -> list[Age]:
    """Things the text treats as current, oldest first.

    A thing is dated by the first of ``kinds`` that is known of it: release, else announcement.
    """
    found = []
    for thing in article.items("named_as_current"):
        for kind in kinds:
            days = [f for f in facts.all if f.subject == thing and f.topic == kind]
            if days:
                found.append(Age(thing, min(days, key=lambda fact: fact.day)))
                break
    if not found:
        raise InputError("dated facts", "no day of a thing that the text names was known by then")
    return sorted(found, key=lambda age: (age.fact.day, age.thing))


def median_age(article: Article, facts: Facts) -> Answer:
    """Median age in months of the dated things that the text treats as current (x13)."""
    found = ages(article, facts)
    oldest, newest = found[0], found[-1]
    reason = (
        f"from {newest.thing} ({_month(newest)}) to {oldest.thing} ({_month(oldest)}); names"
        " without a version are left out"
    )
    method = "months from release, else announcement, to April 2026; median"
    days = [age.fact for age in found]
    return answer(middle([age.months for age in found]), days, method, reason)


def _month(age: Age) -> str:
    return f"{age.fact.day:%B %Y}"
