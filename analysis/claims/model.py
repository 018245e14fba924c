"""What a claim, its estimands and its evidence consist of."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal, get_args

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    field_validator,
    model_validator,
)

from analysis.claims import digits, functions, rules
from analysis.errors import UnknownNameError

Name = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_.-]*$")]
Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Hash = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Finite = Annotated[float, Field(allow_inf_nan=False), AfterValidator(digits.rounded)]
Share = Annotated[float, Field(ge=0, le=1), AfterValidator(digits.rounded)]
Grade = Literal["A", "B", "C"]
Kind = Literal[
    "number",
    "trend",
    "comparison",
    "prediction",
    "causal",
    "descriptive",
    "arithmetic",
    "open_question",
]
Section = Literal[
    "Lead",
    "Technical Deep Dive",
    "Key Players & Case Studies",
    "Industry Impact & Market Dynamics",
    "Risks, Limitations & Open Questions",
    "Verdict & Predictions",
    "Consistency",
]
Hypothesis = Literal["H1", "H2", "H3", "H4", "H5", "H6", "H7", "H8", "H9", "H10", "H11", "H12"]
SECTIONS: tuple[str, ...] = get_args(Section)
FAMILY: tuple[str, ...] = get_args(Hypothesis)


class Frozen(BaseModel):
    """Values that do not change, with no field but those declared."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Estimand(Frozen):
    """One quantity that a claim is tested on, with the sources that must all agree."""

    id: Name = "main"
    sources: tuple[Name, ...] = Field(default=("main",), min_length=1)
    supported_if: str | None = None
    contradicted_if: str | None = None
    means: str = ""
    unit: Text | None = None

    @property
    def conditions(self) -> list[str]:
        """The conditions that it has."""
        return [text for text in (self.supported_if, self.contradicted_if) if text is not None]

    @property
    def compares(self) -> set[str]:
        """What its conditions compare: some of ``estimate``, ``low``, ``high``."""
        return {field for text in self.conditions for field in rules.parse(text).fields}

    @field_validator("supported_if", "contradicted_if")
    @classmethod
    def _parses(cls, text: str | None) -> str | None:
        if text is not None:
            rules.parse(text)
        return text


class Amendment(Frozen):
    """A change of a rule after it was frozen; ``was`` and ``now`` are rule hashes."""

    date: date
    reason: Text
    was: Hash
    now: Hash


class Claim(Frozen):
    """One checkable statement of the article, with the rule that decides it.

    A ``draft`` is not part of the ledger yet: no lock holds its rule, and no report shows it.
    """

    id: Name
    draft: bool = False
    section: Section
    place: str = ""
    kind: Kind
    says: Text
    quantity: str = ""
    unit: str = ""
    notebook: str | None = None
    tables: tuple[str, ...] = ()
    estimands: tuple[Estimand, ...] = ()
    decision: Literal["interval", "exact", "fact", "function"] = "fact"
    function: str | None = None
    family: Hypothesis | None = None
    rule: Text
    would_change: str = ""
    frozen_on: date
    knew: Literal["nothing", "literature", "data"]
    window_end: date | None = None
    untestable: Text | None = None
    amendments: tuple[Amendment, ...] = ()

    @model_validator(mode="after")
    def _consistent(self) -> Claim:
        ids = [estimand.id for estimand in self.estimands]
        if len(set(ids)) < len(ids):
            raise ValueError("two estimands have the same id")
        if not ids and not self.untestable:
            raise ValueError("a claim that is not untestable declares at least one estimand")
        if (self.decision == "function") != (self.function is not None):
            raise ValueError("function goes with decision: function, and only with it")
        if self.function is not None and self.function not in functions.FUNCTIONS:
            raise ValueError(
                str(UnknownNameError("decision function", self.function, functions.FUNCTIONS))
            )
        for estimand in self.estimands:
            self._check_conditions(estimand)
        return self

    def _check_conditions(self, estimand: Estimand) -> None:
        if not estimand.conditions:
            raise ValueError(f"estimand {estimand.id!r}: neither supported_if nor contradicted_if")
        allowed = {"interval": {"low", "high"}, "exact": {"estimate"}, "fact": {"estimate"}}
        wrong = estimand.compares - allowed.get(self.decision, estimand.compares)
        if wrong:
            raise ValueError(
                f"estimand {estimand.id!r}: a decision of kind {self.decision!r} "
                f"does not compare {' or '.join(sorted(wrong))}"
            )

    def is_open(self, as_of: date | None) -> bool:
        """Whether it is a prediction whose window has not closed by a day; no day is early."""
        if self.kind != "prediction":
            return False
        return self.window_end is None or as_of is None or as_of <= self.window_end

    def estimand(self, name: str) -> Estimand:
        """The estimand called ``name``.

        Raises:
            UnknownNameError: when the claim declares no such estimand.
        """
        for estimand in self.estimands:
            if estimand.id == name:
                return estimand
        valid = [estimand.id for estimand in self.estimands]
        raise UnknownNameError(f"estimand of claim {self.id}", name, valid)

    def unit_of(self, estimand: Estimand) -> str:
        """The unit that evidence on ``estimand`` must carry."""
        return estimand.unit or self.unit


class Evidence(Frozen):
    """One recorded estimate: what was found, on which source, judged by which rule.

    ``estimate`` is ``None`` where the data known at ``as_of`` allow none; ``reason`` then says
    why. ``low`` or ``high`` is ``None`` at an open end and where there is no interval
    (``level`` is then ``None``). ``notebook`` and ``cell`` are filled in by the runner.
    """

    claim: str
    estimand: str = "main"
    source: str = "main"
    estimate: Finite | None
    low: Finite | None = None
    high: Finite | None = None
    level: Share | None = None
    unit: str
    n: int = Field(ge=0)
    p_value: Share | None = None
    agree_share: Share | None = None
    specifications: int | None = Field(default=None, ge=1)
    grade: Grade = "A"
    method: str = ""
    reason: str = ""
    would_change: str | None = None
    as_of: date | None = None
    pseudo_vintage: bool = False
    detail: dict[str, Any] | None = None
    rule_hash: Hash
    notebook: str | None = None
    cell: str | None = None

    @field_validator("detail")
    @classmethod
    def _round(cls, detail: dict[str, Any] | None) -> dict[str, Any] | None:
        try:
            return digits.rounded_deep(detail)
        except TypeError as error:
            raise ValueError(str(error)) from None

    @model_validator(mode="after")
    def _ordered(self) -> Evidence:
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError(f"interval: low {self.low} is above high {self.high}")
        if self.estimate is None and (self.level is not None or not self.reason):
            raise ValueError("estimate: where there is none, there is no interval but a reason")
        return self

    @property
    def key(self) -> tuple[str, str, str]:
        """Claim, estimand and source: one record each in a run."""
        return self.claim, self.estimand, self.source

    @property
    def anchor(self) -> str:
        """The id of its card in a page."""
        return "evidence-" + "-".join(self.key)

    def as_dict(self) -> dict[str, Any]:
        """Plain JSON values, in the order of the fields."""
        return self.model_dump(mode="json")

    def _ipython_display_(self) -> None:
        """Shows nothing: ``ledger.record`` has shown the card already."""
