"""The published facts that the article is held against, as they were known on a day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from analysis.claims.answer import Answer
from analysis.claims.digits import plain
from analysis.economics.audit.text import LAST_DAY
from analysis.errors import InputError

TOPICS = (
    *("announcement", "attribution", "compute_policy", "energy_act", "exclusive_licence"),
    *("frame_by_frame", "github_stars", "gpu_price", "investment", "mixture_of_experts"),
    *("openai_list_price", "public_offer", "release", "training_compute"),
    *("training_cost_acquisition", "training_cost_amortised", "training_cost_cloud"),
    *("tuned_llama_hosting", "video_cost", "video_generator_on_sale", "video_list_price"),
)
"""Topics of dated facts that the audit asks for."""
ADDRESSED = ("arxiv.org", "github.com")
"""Sites that say little without the rest of the address."""


@dataclass(frozen=True)
class Fact:
    """One dated fact; ``dated_back`` if a later vintage says that it was known by then."""

    name: str
    topic: str
    subject: str
    statement: str
    value: float
    unit: str
    grade: str
    source: str
    day: date
    known_from: date
    dated_back: bool

    @property
    def cited(self) -> str:
        """Its first source, short: a site, or a paper or repository by its address."""
        first = self.source.split(";")[0].split(" (")[0]
        address = first.removeprefix("https://").removeprefix("http://").removeprefix("www.")
        if address == first or address.startswith(ADDRESSED):
            return address.rstrip("/")
        return address.split("/")[0]


class Facts:
    """The dated facts that were known on a day."""

    def __init__(self, frame: pd.DataFrame) -> None:
        pseudo = bool(frame.attrs.get("pseudo_vintage", False))
        self.all = tuple(
            Fact(
                row["fact"], row["topic"], row["subject"], row["statement"], float(row["value"]),
                row["unit"], row["grade"], row["source"], row["refers_to"].date(),
                row["known_from"].date(), pseudo and row["known_basis"] == "reconstructed",
            )
            for row in frame.to_dict("records")
        )  # fmt: skip

    def about(self, topic: str, *, subject: str | None = None) -> list[Fact]:
        """Facts of a topic that refer to a day up to the article's last, oldest first.

        Raises:
            InputError: none was known.
        """
        found = [
            fact
            for fact in self.all
            if fact.topic == topic and fact.day <= LAST_DAY and subject in (None, fact.subject)
        ]
        if not found:
            what = topic.replace("_", " ") + (f" of {subject}" if subject else "")
            raise InputError("dated facts", f"none on {what} was known by then")
        return sorted(found, key=lambda fact: (fact.day, fact.name))


def weighty(facts: Sequence[Fact]) -> list[Fact]:
    """Without grade C, which decides nothing alone, unless there is nothing else."""
    return [fact for fact in facts if fact.grade != "C"] or list(facts)


def preferred(facts: Sequence[Fact]) -> Fact:
    """The fact with the best grade; of these the one published last, then about the latest day."""
    best = min(fact.grade for fact in facts)
    return max(
        (fact for fact in facts if fact.grade == best), key=lambda fact: (fact.known_from, fact.day)
    )


def answer(
    estimate: float,
    facts: Sequence[Fact],
    method: str,
    reason: str,
    *,
    n: int | None = None,
    pseudo_vintage: bool = False,
) -> Answer:
    """An exact answer that rests on ``facts``; its grade is the weakest of theirs."""
    detail = {
        "facts": ", ".join(fact.name for fact in facts),
        "dated_back": pseudo_vintage or any(fact.dated_back for fact in facts),
    }
    count = len(facts) if n is None else n
    grade = max((fact.grade for fact in facts), default="A")
    return Answer(
        float(estimate), None, count, method=method, reason=reason, grade=grade, detail=detail
    )


def evidence(found: Answer, as_of: date) -> dict[str, Any]:
    """What ``ledger.record`` takes of an answer besides claim, unit, estimand and source."""
    return {
        "estimate": found.estimate,
        "interval": found.interval,
        "n": found.n,
        "as_of": as_of,
        "pseudo_vintage": bool(found.detail and found.detail.get("dated_back")),
        **found.rest,
    }


def facts_by_grade(facts: Facts) -> pd.DataFrame:
    """How many facts of the topics asked here are known, by grade."""
    asked = [fact for fact in facts.all if fact.topic in TOPICS]
    topics = sorted({fact.topic for fact in asked})
    return pd.DataFrame(
        [
            {"topic": topic.replace("_", " ")}
            | {grade: sum(f.topic == topic and f.grade == grade for f in asked) for grade in "ABC"}
            for topic in topics
        ],
        columns=["topic", *"ABC"],
    )


def months(first: date, last: date) -> int:
    """Calendar months from the month of ``first`` to the month of ``last``."""
    return (last.year - first.year) * 12 + last.month - first.month


def whole_months(first: date, last: date) -> int:
    """Months that have fully passed from ``first`` to ``last``."""
    return months(first, last) - (last.day < first.day)


def dollars(value: float) -> str:
    """``$78.6 million``, ``$13 billion``, ``$0.60``."""
    return f"${plain(value, 3)}" if value >= 1000 else f"${value:,.2f}"


def listed(names: Iterable[str]) -> str:
    """``A, B and C``."""
    *head, last = names
    return f"{', '.join(head)} and {last}" if head else last
