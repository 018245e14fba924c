"""What an analysis hands to the ledger: an estimate, or why there is none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from analysis.errors import InputError


@dataclass(frozen=True)
class Answer:
    """One estimate of one estimand on one source.

    ``ledger.record(claim, a.estimate, a.interval, unit, a.n, estimand=…, source=…, **a.rest)``
    records it. ``estimate`` is ``None`` where the data known by then allow none; ``reason``
    then says why.
    """

    estimate: float | None
    interval: tuple[float, float] | None
    n: int
    method: str = ""
    reason: str = ""
    grade: str = "A"
    p_value: float | None = None
    agree_share: float | None = None
    specifications: int | None = None
    detail: dict[str, Any] | None = field(default=None)

    @property
    def rest(self) -> dict[str, Any]:
        """Everything that ``ledger.record`` takes by keyword."""
        return {k: v for k, v in asdict(self).items() if k not in ("estimate", "interval", "n")}

    def robust(self, agree_share: float, specifications: int) -> Answer:
        """The same answer with the share of its specification curve that agrees."""
        if self.estimate is None:
            return self
        return replace(self, agree_share=agree_share, specifications=specifications)


def attempt(function: Callable[..., Answer], *args: Any, **kwargs: Any) -> Answer:
    """The answer of ``function``, or an empty one that carries the rule which the data broke.

    Early ``as_of`` dates leave some questions with too few rows; that is a finding to record and
    not a failure of the notebook.
    """
    try:
        return function(*args, **kwargs)
    except InputError as error:
        return Answer(None, None, 0, reason=str(error))
