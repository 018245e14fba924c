"""The article's predictions: how, when and by which document each of them resolves."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, model_validator

from analysis import paths
from analysis.claims import frozen, store
from analysis.claims.model import Amendment, Finite, Frozen, Grade, Name, Share, Text
from analysis.errors import ClaimError, UnknownNameError

RuleName = Literal["strict", "lenient"]
Outcome = Literal["happened", "did not happen", "annulled"]


class Rules(Frozen):
    """The two readings, in the words of the claim's frozen rule."""

    strict: Text
    lenient: Text | None = None


class Count(Frozen):
    """Events that met a rule in some months before the window began."""

    events: int = Field(ge=0)
    months: Annotated[Finite, Field(gt=0)]
    grade: Grade


class BaseRate(Frozen):
    """What a forecaster would say who knows the reference class and never looks again."""

    reference_class: Text
    strict: Count | None = None
    lenient: Count | None = None


class Resolution(Frozen):
    """How one rule with one end of the window resolved; ``date`` is the day it became known."""

    rule: RuleName
    window_end: date
    date: date
    outcome: Outcome
    source: Text


class Prediction(Frozen):
    """One prediction of the article."""

    id: Name
    claim: Name
    says: Text
    rules: Rules
    window_start: date
    window_ends: tuple[date, ...] = Field(min_length=1)
    source_of_truth: Text
    announced: Text
    reversed: Text
    annulled: Text
    stated_probability: tuple[Share, ...] = Field(min_length=1)
    base_rate: BaseRate
    frozen_on: date
    amendments: tuple[Amendment, ...] = ()
    resolved: tuple[Resolution, ...] = ()

    @property
    def rule_names(self) -> list[RuleName]:
        """The readings it has."""
        return ["strict"] if self.rules.lenient is None else ["strict", "lenient"]

    @property
    def windows(self) -> list[tuple[RuleName, date]]:
        """Every reading with every end of the window: one forecast each."""
        return [(rule, end) for rule in self.rule_names for end in self.window_ends]

    def rule_text(self, rule: RuleName) -> str:
        """What has to happen under a reading."""
        return (self.rules.lenient if rule == "lenient" else None) or self.rules.strict

    def resolution(self, rule: str, window_end: date, by: date) -> Resolution | None:
        """How it had resolved by a day, if it had."""
        for known in self.resolved:
            if (known.rule, known.window_end) == (rule, window_end) and known.date <= by:
                return known
        return None

    @model_validator(mode="after")
    def _consistent(self) -> Prediction:
        ends = self.window_ends
        if list(ends) != sorted(set(ends)) or ends[0] <= self.window_start:
            raise ValueError("window_ends: must follow on the start and on each other")
        resolved = [(known.rule, known.window_end) for known in self.resolved]
        if len(set(resolved)) < len(resolved) or not set(resolved) <= set(self.windows):
            raise ValueError("resolved: one entry at most for each rule and end that it has")
        return self


def predictions() -> dict[str, Prediction]:
    """All predictions of ``data/predictions.yaml`` by id.

    Raises:
        ClaimError: when the file is missing or not well formed.
    """
    path = paths.data() / "predictions.yaml"
    if not path.exists():
        raise ClaimError(f"{path}: the predictions are not there")
    return store.read_by_id(path, Prediction, "prediction")


def declared() -> bool:
    """Whether there is a file of predictions."""
    return (paths.data() / "predictions.yaml").exists()


def find(name: str) -> Prediction:
    """The prediction called ``name``.

    Raises:
        UnknownNameError: with the nearest id that exists.
    """
    known = predictions()
    if name not in known:
        raise UnknownNameError("prediction", name, known)
    return known[name]


def rule_hash(prediction: Prediction) -> str:
    """SHA-256 of all that decides how a prediction resolves and what it is scored against.

    The paraphrase may be improved, and resolutions are added, freely.
    """
    return frozen.digest(
        prediction.model_dump(mode="json", exclude={"says", "amendments", "resolved"})
    )


def check(known: Mapping[str, Prediction] | None = None, path: Path | None = None) -> None:
    """Holds the rules against ``data/predictions.lock`` and against the claims.

    Raises:
        ClaimError: as ``frozen.Lock.check``, or naming where a prediction and its claim disagree.
    """
    lock = _lock(known, path)
    lock.check()
    problems = disagreements(lock.entries)
    if problems:
        raise ClaimError("predictions and claims disagree:\n" + "\n".join(problems))


def freeze(known: Mapping[str, Prediction] | None = None, path: Path | None = None) -> Path:
    """Freezes new rules and fitting amendments; raises as ``frozen.Lock.write``."""
    return _lock(known, path).write()


def _lock(known: Mapping[str, Prediction] | None, path: Path | None) -> frozen.Lock[Prediction]:
    entries = predictions() if known is None else known
    return frozen.Lock(entries, path or paths.data() / "predictions.lock", rule_hash)


def disagreements(known: Mapping[str, Prediction]) -> list[str]:
    """Where a prediction does not say what the frozen rule of its claim says, one line each.

    Readings are the words of that rule, its days are in it, and the last day is the claim's.
    """
    ledger, found = store.claims(), []
    for prediction in known.values():
        claim = ledger.get(prediction.claim)
        if claim is None or claim.kind != "prediction":
            found.append(f"{prediction.id}: {prediction.claim} is no prediction of the ledger")
            continue
        rule = _plain(claim.rule)
        for name in prediction.rule_names:
            if _plain(prediction.rule_text(name)) not in rule:
                found.append(f"{prediction.id}: the {name} rule is not in the words of the claim")
        if claim.window_end != prediction.window_ends[-1]:
            found.append(f"{prediction.id}: the claim's window ends on {claim.window_end}")
    return found


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()
