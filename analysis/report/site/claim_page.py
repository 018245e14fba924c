"""A page for each claim: what it says, its rule, the evidence, and its verdict by date."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from analysis.claims import rules
from analysis.claims.model import Claim
from analysis.errors import ClaimError
from analysis.report import numbers, verdict_dates
from analysis.report.charts import reading as reading_chart
from analysis.report.site import claim_review, pages, scoreboard
from analysis.report.site.background import Background
from analysis.run.runset import RunSet

FOLDER = "claims"
GRADES = {
    "A": "measured or official",
    "B": "published estimate",
    "C": "press or second hand; decides nothing alone",
}
_POINTS = {"supported": "supports", "contradicted": "contradicts"}
_NEITHER = "decides nothing"
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Quantity:
    """One estimand of a claim: what makes the claim true or false of it."""

    name: str
    supported: str
    contradicted: str
    means: str


@dataclass(frozen=True)
class Reading:
    """What one declared source says; every field is plain text."""

    quantity: str
    source: str
    label: str
    value: str
    interval: str
    size: str
    grade: str
    agree: str
    points: str
    method: str
    note: str
    href: str


def build(run: RunSet, background: Background) -> None:
    """Writes ``claims/<id>.html`` for each claim of the run."""
    folder = run.folder / FOLDER
    folder.mkdir()
    past = verdict_dates.by_claim(background.past)
    linked = {result.name for result in run.notebooks}
    around = zip([None, *run.verdicts], run.verdicts, [*run.verdicts[1:], None], strict=False)
    for before, verdict, after in around:
        name = str(verdict["id"])
        claim = background.claims.get(name)
        page = pages.render(
            "claim.html.j2",
            root="../",
            title=f"{name}: {verdict['says']} · {pages.SITE}",
            run=run,
            review=claim_review.element(verdict, run.as_of),
            claim=verdict,
            row=scoreboard.row(verdict),
            frozen=scoreboard.frozen(verdict),
            meaning=scoreboard.VERDICTS.get(str(verdict["verdict"]), ""),
            grades=GRADES,
            quantities=quantities(verdict, claim),
            several=len(verdict["estimands"]) > 1,
            charts=reading_chart.draw(verdict["estimands"], _measured(verdict)),
            readings=readings(verdict["estimands"], linked),
            tables=[table for table in (claim.tables if claim else ()) if table in run.tables],
            stands=verdict_dates.stands(past.get(name, ()), verdict, run.as_of),
            forecasts=[one for one in background.outlook if one["id"] == name],
            notebook=verdict["notebook"] if verdict["notebook"] in linked else "",
            before=before,
            after=after,
        )
        pages.write(folder / f"{name}.html", page)


def _measured(verdict: Row) -> str:
    return str(verdict["quantity"] or verdict["says"])


def quantities(verdict: Row, claim: Claim | None) -> list[Quantity]:
    """The estimands with evidence, else those that the ledger declares."""
    found = verdict["estimands"] or _declared(claim)
    return [
        Quantity(
            name=_name(one, found),
            supported=condition(one["supported_if"], _unit(one, verdict)),
            contradicted=condition(one["contradicted_if"], _unit(one, verdict)),
            means=str(one["means"] or ""),
        )
        for one in found
    ]


def _name(estimand: Row, among: Sequence[Row]) -> str:
    return str(estimand["id"]).replace("_", " ") if len(among) > 1 else ""


def _unit(estimand: Row, verdict: Row) -> str:
    known = (str(source["unit"]) for source in estimand.get("sources", ()) if source["unit"])
    return next(known, str(verdict["unit"]))


def _declared(claim: Claim | None) -> list[dict[str, Any]]:
    if claim is None:
        return []
    kept = {"id", "means", "supported_if", "contradicted_if"}
    return [one.model_dump(mode="json", include=kept) for one in claim.estimands]


def condition(text: str | None, unit: str = "") -> str:
    """A condition of a rule in words: ``"the interval lies above 1.93"``; empty without one."""
    if not text:
        return ""
    try:
        found = rules.parse(text)
    except ClaimError:
        return text
    if unit == numbers.TRUTH:
        return f"the answer is {'yes' if all(term.holds(1) for term in found.terms) else 'no'}"
    return f"the {'value is' if found.fields == {'estimate'} else 'interval lies'} {found.words()}"


def readings(estimands: Sequence[Row], linked: set[str]) -> list[Reading]:
    """Every declared source of every estimand, in the order of the ledger."""
    return [
        _reading(source, _name(estimand, estimands), linked)
        for estimand in estimands
        for source in estimand["sources"]
    ]


def _reading(source: Row, quantity: str, linked: set[str]) -> Reading:
    value, span = numbers.parts(
        source["estimate"], source["low"], source["high"], source["unit"] or ""
    )
    known, level = source["estimate"] is not None, source["level"]
    points = _POINTS.get(str(source["direction"]), _NEITHER)
    return Reading(
        quantity=quantity,
        source=str(source["source"]).replace("_", " "),
        label=reading_chart.label(quantity, source) or "the estimate",
        value=value if known else "no estimate",
        interval=f"{numbers.share(level)} interval {span}" if span and level else span,
        size=f"{source['n']:,}" if source["n"] else "",
        grade=str(source["grade"] or ""),
        agree=_agreement(source),
        points=points if known else "",
        method=str(source["method"] or ""),
        note=_sentence(str(source["reason"] or "")),
        href=scoreboard.cell(source["notebook"], source["cell"], linked),
    )


def _sentence(text: str) -> str:
    return text if not text or text.endswith((".", "!", "?")) else f"{text}."


def _agreement(source: Row) -> str:
    share, tried = source["agree_share"], source["specifications"]
    if share is None:
        return ""
    return f"{numbers.share(share)} of {tried:,}" if tried else numbers.share(share)
