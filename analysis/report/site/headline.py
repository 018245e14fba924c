"""The answers of the front page, written from the verdicts of the run."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from analysis.claims.family import MAX_Q
from analysis.claims.readings import MIN_AGREE_SHARE
from analysis.report import numbers
from analysis.report.site import scoreboard

ARTICLE = (
    "“The Great AI Compute Reckoning” (April 2026) says that the costs of artificial intelligence "
    "have stopped falling and now rise with every step in ability, that running models has become "
    "the heaviest burden, and that those who own the hardware gain while everyone else pays."
)


@dataclass(frozen=True)
class Question:
    """What a reader comes with: the quantity that answers it, and what the article claims."""

    text: str
    claim: str
    estimand: str
    measured: str
    claimed: str


@dataclass(frozen=True)
class Answer:
    """One question with its answer in a word and in numbers, and the verdict on the claim."""

    question: str
    short: str
    told: str
    claimed: str
    verdict: str
    why: str
    claim: str

    @property
    def judged(self) -> str:
        """The verdict on the claim, with what is missing for another one."""
        why = f": {self.why}" if self.why else ""
        return f"The article’s claim that {self.claimed} is {self.verdict}{why}."


QUESTIONS = (
    Question(
        "Did prices rise?",
        "c84",
        "matched",
        "Over two years the list price of an unchanged model",
        "API prices are rising",
    ),
    Question(
        "Does it cost more to train the largest models?",
        "c38",
        "growth",
        "The cost of training them",
        "training costs have grown by orders of magnitude",
    ),
    Question(
        "Does the same ability cost more than before?",
        "c24",
        "fixed_capability",
        "The cheapest price of what GPT-4 could do in March 2023",
        "efficiency brings only small gains",
    ),
    Question(
        "Does the best model cost more to run?",
        "c04",
        "frontier_price",
        "The list price of running it",
        "the cost curve has turned around",
    ),
    Question(
        "Do new models of equal ability start dearer?",
        "c01",
        "hedonic",
        "Their launch price",
        "AI gets dearer and no longer cheaper",
    ),
)
# Where every declared source has the same direction: what that says to a question, by whether the
# rule of the claim is decided. Where it is not, something speaks against, and is told.
_SHORT = {
    ("fell", True): "No.",
    ("fell", False): "Mostly not.",
    ("grew", True): "Yes.",
    ("grew", False): "Mostly yes.",
}
UNCLEAR = "Not clear."
_INTERVAL = " interval "
SOURCES = {
    "cottier2024": "for the 45 models of a study of 2024",
    "epoch2026": "in Epoch AI's data of 2026",
    "price_lists": "on price lists",
    "router": "on OpenRouter",
}


def answers(verdicts: Iterable[Mapping[str, Any]]) -> list[Answer]:
    """The answer to each question that has an estimate."""
    rows = {str(row["id"]): row for row in verdicts}
    return [
        _answer(question, rows[question.claim], sources)
        for question in QUESTIONS
        if any(map(_measured, sources := _sources(rows.get(question.claim, {}), question.estimand)))
    ]


def _answer(
    question: Question, row: Mapping[str, Any], sources: Sequence[Mapping[str, Any]]
) -> Answer:
    verdict = str(row["verdict"])
    return Answer(
        question=question.text,
        short=short(sources, decided=verdict in ("supported", "contradicted")),
        told=f"{question.measured} {changes([one for one in sources if _measured(one)])}.",
        claimed=question.claimed,
        verdict=verdict,
        why=_missing(row) if verdict == "undecided" else "",
        claim=question.claim,
    )


def short(sources: Sequence[Mapping[str, Any]], *, decided: bool) -> str:
    """The answer in a word; it takes a direction only where every declared source has the same."""
    directions = {_direction(source) if _measured(source) else "" for source in sources}
    return _SHORT.get((directions.pop(), decided), UNCLEAR) if len(directions) == 1 else UNCLEAR


def _sources(row: Mapping[str, Any], estimand: str | None = None) -> list[Mapping[str, Any]]:
    """What the declared sources of one quantity say, or of all, those without an estimate too."""
    return [
        source
        for found in row.get("estimands", ())
        if estimand in (None, found["id"])
        for source in found["sources"]
    ]


def _measured(source: Mapping[str, Any]) -> bool:
    return source["estimate"] is not None


def changes(sources: Sequence[Mapping[str, Any]]) -> str:
    """Yearly factors of one quantity on each source, as a verb phrase.

    A fall is told as a loss, ``"fell 92 % a year on price lists (95 % interval 21 % to 99 %)"``;
    a factor whose interval holds 1 is neither rise nor fall: ``"shows no clear rise or fall: 0.8
    times the year before's on price lists (95 % interval 0.3 to 1.9)"``. The level of the
    intervals is said once where it is the same.
    """
    clear = [source for source in sources if _direction(source)]
    unclear = [source for source in sources if not _direction(source)]
    told = " and ".join(f"{_direction(s)} {_size(s)} a year {_where(s)}" for s in clear)
    times = " and ".join(f"{_size(s)} times the year before's {_where(s)}" for s in unclear)
    if not told:
        return _level_once(f"shows no clear rise or fall: {times}")
    more = f"; elsewhere the interval includes no change: {times}" if times else ""
    return _level_once(told + more)


def _level_once(text: str) -> str:
    first, found, rest = text.partition(_INTERVAL)
    level = first.rpartition("(")[2] + found
    return first + found + rest.replace(level, "") if found else text


def _direction(row: Mapping[str, Any]) -> str:
    low, high = row["low"], row["high"]
    if high is not None and max(row["estimate"], high) < 1:
        return "fell"
    return "grew" if low is not None and min(row["estimate"], low) > 1 else ""


def _size(row: Mapping[str, Any]) -> str:
    return _written(row)[0]


def _where(row: Mapping[str, Any]) -> str:
    place, span = SOURCES.get(row["source"], f"on {row['source']}"), _written(row)[1]
    return f"{place} ({numbers.share(row['level'])}{_INTERVAL}{span})" if span else place


def _written(row: Mapping[str, Any]) -> tuple[str, str]:
    """An estimate and its interval: a loss for a fall, a factor otherwise."""
    value, low, high = row["estimate"], row["low"], row["high"]
    if _direction(row) == "fell":
        return numbers.parts(1 - value, 1 - high, None if low is None else 1 - low, "share")
    factor, span = numbers.parts(value, low, high, "factor")
    return (factor if _direction(row) else factor.removesuffix("×")), span


def _missing(row: Mapping[str, Any]) -> str:
    """What keeps a claim undecided: the first condition of its rule that is not met."""
    sources = _sources(row)
    shares = [one["agree_share"] for one in sources if one["agree_share"] is not None]
    if not all(map(_measured, sources)):
        return "a declared source has no estimate"
    if not all(one["direction"] for one in sources):
        return "not every interval lies wholly on one side of the rule's limit"
    if shares and min(shares) < MIN_AGREE_SHARE:
        return f"only {numbers.share(min(shares))} of alternative measurements agree"
    if row["q"] is not None and row["q"] > MAX_Q:
        return f"its q of {row['q']:.2g}, adjusted for the other hypotheses, is too high"
    return "its page says why"


def tally(rows: Iterable[Mapping[str, Any]]) -> str:
    """How many statements were put to the test, and what became of them."""
    counts = scoreboard.counts(str(row["verdict"]) for row in rows)
    total, waiting = sum(counts.values()), counts[scoreboard.UNTESTED]
    closed = counts["untestable"]
    tried = total - waiting - closed
    if not tried:
        return f"None of the {total} statements has been put to the test yet."
    parts = [
        f"{counts[verdict]} {verdict}"
        for verdict in ("supported", "contradicted", "mixed", "undecided")
        if counts[verdict]
    ]
    have = "has" if tried == 1 else "have"
    start = f"Of {total} statements, {tried} {have} been put to the test: {_listed(parts)}."
    return f"{start[:-1]}; {closed} cannot be tested with public data." if closed else start


def _listed(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
