"""The other defensible choices behind each recorded number of the audit."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import pandas as pd

from analysis.claims.answer import attempt
from analysis.economics.audit import against_facts as against
from analysis.economics.audit import arithmetic, counts, market
from analysis.economics.audit.facts import Facts, whole_months
from analysis.economics.audit.sensitivity import Choice, recorded, value
from analysis.economics.audit.text import (
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

FROZEN_WITHOUT = ("veo-2.0", "veo-3.0-fast", "gen3a_turbo")
"""Listings of the month that were typed in after the rules were frozen."""
DEVELOPERS = {"gen": "Runway", "sora": "OpenAI", "veo": "Google"}
"""Developer of a video model, by how its name begins."""
SUBSIDIES = ("us_chips_act", "eu_chips_act")
B200 = "NVIDIA B200"
FACTORS = (("half", 0.5), ("twice", 2.0))
"""Published training compute and cost are good to about this."""


def choices(
    article: Article, facts: Facts, accelerators: pd.DataFrame, as_of: date
) -> Iterator[Choice]:
    """All choices; those that the data known by ``as_of`` do not allow are left out."""
    groups: list[Callable[[], list[Choice]]] = [
        lambda: _training_cost(facts),
        lambda: _stars(facts),
        lambda: _compute(article, facts, "c25", "gpt35", CHAT),
        lambda: _compute(article, facts, "c28", "gpt4", GPT4),
        lambda: _video(article, facts),
        lambda: _on_market(facts, as_of),
        lambda: _acts(facts),
        lambda: _policies(facts),
        lambda: _outlier(article),
        lambda: _rows(article),
        lambda: _frames(article),
        lambda: _readings(article),
        lambda: _cluster(article, facts, accelerators),
        lambda: _ages(article, facts),
    ]
    for group in groups:
        try:
            yield from group()
        except InputError:
            continue


def _training_cost(facts: Facts) -> list[Choice]:
    found = []
    for accounting, known in against.training_costs(facts).items():
        topic = f"training_cost_{accounting.removesuffix('_rental')}"
        for fact in [f for f in facts.all if f.topic == topic and f.subject == GPT4]:
            label = f"{fact.statement} ({fact.known_from:%B %Y})"
            head = fact.value == known.estimate
            found.append(Choice("c05", accounting, label, fact.value, head))
            if head:
                found += [
                    Choice("c05", accounting, f"this figure {words} as large", fact.value * factor)
                    for words, factor in FACTORS
                ]
    return found


def _stars(facts: Facts) -> list[Choice]:
    head = against.stars(facts).estimate
    return [
        Choice(
            "c23",
            "stars",
            f"count of {fact.day:%B %Y}, grade {fact.grade}",
            fact.value,
            fact.value == head,
        )
        for fact in facts.about("github_stars")
    ]


def _compute(article: Article, facts: Facts, claim: str, name: str, row: str) -> list[Choice]:
    stated = article.cell(row, COMPUTE).low
    known = facts.about("training_compute")
    own = facts.about("training_compute", subject=row)[-1].value
    nearest = min(known, key=lambda fact: against.apart(stated, fact.value))
    others = {f"published figure {words} as large": own * factor for words, factor in FACTORS}
    if nearest.subject != row:
        others[f"published figure of {nearest.subject}"] = nearest.value
    found = against.compute_apart(article, facts, row)
    return [
        recorded(claim, name, f"published figure of {row}", found),
        *(Choice(claim, name, label, against.apart(stated, x)) for label, x in others.items()),
    ]


def _video(article: Article, facts: Facts) -> list[Choice]:
    stated = article.cell(VIDEO, PRICE)
    prices = {fact.subject: fact.value for fact in against.video_listings(facts)}
    by_developer = [
        [price for model, price in prices.items() if model.startswith(name)] for name in DEVELOPERS
    ]
    samples = {
        "listings known when the rule was frozen": [
            price for model, price in prices.items() if model not in FROZEN_WITHOUT
        ],
        "median of each developer, then of these": [against.middle(x) for x in by_developer if x],
        "listings of all days": [f.value for f in facts.all if f.topic == "video_list_price"],
        "mean of the listings": [sum(prices.values()) / len(prices)],
        "analyst's estimate of Sora 2's cost": [
            f.value for f in facts.all if f.topic == "video_cost"
        ],
    }
    found = against.video_price(article, facts)
    return [
        recorded("c32", "median_price", "median of all listings", found),
        *(
            Choice("c32", "median_price", label, stated.distance(against.middle(sample)))
            for label, sample in samples.items()
            if sample
        ),
    ]


def _on_market(facts: Facts, as_of: date) -> list[Choice]:
    head = against.months_on_market(facts, as_of)
    used = str((head.detail or {}).get("facts"))
    days = [f for f in facts.all if f.subject == B200 and f.name != used and f.day <= LAST_DAY]
    return [
        recorded("c43", "months_available", "first offer graded A or B", head),
        *(
            Choice(
                "c43",
                "months_available",
                f"{fact.topic.replace('_', ' ')} of {fact.day:%B %Y}, grade {fact.grade}",
                whole_months(fact.day, LAST_DAY),
            )
            for fact in days
        ),
    ]


def _acts(facts: Facts) -> list[Choice]:
    acts = facts.about("energy_act")
    direct = [fact for fact in acts if fact.subject != "United States"]
    primary = [fact for fact in acts if fact.grade == "A"]
    return [
        recorded("c76", "acts", "all acts", counts.energy_acts(facts)),
        Choice("c76", "acts", "without orders on connection to the grid", len(direct)),
        Choice("c76", "acts", "grade A alone", len(primary)),
    ]


def _policies(facts: Facts) -> list[Choice]:
    found = facts.about("compute_policy")
    chips = [fact for fact in found if fact.name not in SUBSIDIES]
    primary = [fact for fact in found if fact.grade == "A"]
    return [
        recorded("c92", "measures", "all measures", counts.compute_policies(facts)),
        Choice("c92", "measures", "without subsidies for making chips", len(chips)),
        Choice("c92", "measures", "grade A alone", len(primary)),
    ]


def _outlier(article: Article) -> list[Choice]:
    one, two = (arithmetic.chip_outlier(article, name) for name in arithmetic.YEARS)
    sums = next(s for s in article.segments() if s.unit != arithmetic.RATE)
    highest = max(s.after for s in article.segments() if s.unit == arithmetic.RATE)
    ratio = sums.after / sums.before
    steady = (1 + 4 * ratio) ** 0.5 / 2 - 1.5  # g with (1 + g) + (1 + g)^2 = ratio
    later = (ratio / 2) ** (1 / 1.5) - 1  # the mean of both years lies a year and a half on
    return [
        recorded("c72", "one_year", "the sum is one year", one),
        recorded("c72", "two_years", "half the sum against 2023", two),
        Choice("c72", "two_years", "steady growth that gives the sum", 100 * steady - highest),
        Choice("c72", "two_years", "half the sum, a year and a half on", 100 * later - highest),
    ]


def _rows(article: Article) -> list[Choice]:
    compute, price = arithmetic.ratios(article)
    pairs, low, high = arithmetic.pairs(article), *arithmetic.ORDERS
    middles = sum(low <= pair.times.middle <= high for pair in pairs)
    touching = sum(pair.times.high >= low and pair.times.low <= high for pair in pairs)
    return [
        recorded("c37", "own_rows", "as printed", arithmetic.growth_apart(article)),
        Choice("c37", "own_rows", "open price cell at twice", against.apart(compute, 2 * price)),
        recorded("x02", "gap", "as printed", arithmetic.orders_apart(article)),
        recorded("x03", "pairs_inside", "whole range", arithmetic.ranges_inside(article)),
        Choice("x03", "pairs_inside", "middle of the range", middles / len(pairs)),
        Choice("x03", "pairs_inside", "any part of the range", touching / len(pairs)),
    ]


def _frames(article: Article) -> list[Choice]:
    found = [recorded("x05", "ratio", "2 to 5 s, $2 to $4", arithmetic.frame_argument(article))]
    for seconds, hour in (((2, 5), (4, 8)), ((5, 10), (2, 4)), ((1, 3), (2, 4)), ((5, 20), (4, 8))):
        apart = value(arithmetic.frame_argument(article, Span(*seconds), Span(*hour)))
        label = f"{seconds[0]} to {seconds[1]} s, ${hour[0]} to ${hour[1]}"
        found.append(Choice("x05", "ratio", label, apart))
    return found


def _readings(article: Article) -> list[Choice]:
    trainers, left_open = arithmetic.frontier_trainers, arithmetic.left_open
    wide = value(left_open(article, "wide"))
    return [
        Choice("x10", "named", "all readings", attempt(trainers, article).estimate, True),
        *(
            Choice("x10", "named", f"{reading} reading", value(trainers(article, reading)))
            for reading in READINGS
        ),
        recorded("x12", "contradictions", "plain reading", left_open(article)),
        Choice("x12", "contradictions", "wide reading", wide),
    ]


def _cluster(article: Article, facts: Facts, accelerators: pd.DataFrame) -> list[Choice]:
    head = market.cluster_share(article, facts, accelerators)
    options: dict[str, dict[str, float]] = {
        f"price of {fact.value:,.0f} USD, grade {fact.grade}": {"price": fact.value}
        for fact in facts.about("gpu_price")
        if fact.name not in (market.SERVER_PRICE, "h100_release_price")
    }
    options |= {f"{u:.0%} of the peak rate": {"utilisation": u} for u in (0.3, 0.5)}
    options |= {f"{days:g} days": {"days": days} for days in (60.0, 120.0, 180.0)}
    found = [recorded("x08", "gpt4_in_90_days", "an eighth of a server, 40%, 90 days", head)]
    for label, option in options.items():
        share = value(market.cluster_share(article, facts, accelerators, **option))
        found.append(Choice("x08", "gpt4_in_90_days", label, share))
    return found


def _ages(article: Article, facts: Facts) -> list[Choice]:
    dated = market.ages(article, facts)
    turned = market.ages(article, facts, market.DATED[::-1])
    named = [age.months for age in dated]
    everything = article.items("named_as_current", "wide")
    unversioned = len(everything) - len(article.items("named_as_current"))
    samples = {
        "announcement before release": [age.months for age in turned],
        "names without a version count as new": [*named, *[0] * unversioned],
        "chips alone": [age.months for age in dated if _is_chip(age.thing)],
        "models and software alone": [age.months for age in dated if not _is_chip(age.thing)],
        "the youngest thing alone": [min(named)],
    }
    found = market.median_age(article, facts)
    return [
        recorded("x13", "median_age", "release, else announcement", found),
        *(
            Choice("x13", "median_age", label, against.middle(ages))
            for label, ages in samples.items()
            if ages
        ),
    ]


def _is_chip(thing: str) -> bool:
    return thing.split()[0] in ("NVIDIA", "AMD") or "TPU" in thing
