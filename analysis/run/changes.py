"""What differs between two reports, and why: data, code, rule, parameter or environment.

A pure comparison of two ``State``s; nothing is read and nothing is executed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from analysis.claims import why
from analysis.run.state import Judged, Made, State

THRESHOLD = 0.1
"""Relative change of an estimate that is worth a line: a tenth of the larger of the two."""
_NAMED = 6  # tables of a cause that are told by name


@dataclass(frozen=True)
class Verdict:
    """A claim that is judged otherwise.

    ``causes`` is what else changed that it rests on, empty where the reports do not tell; ``why``
    says in a sentence or two what its rule sees now and did not see before.
    """

    claim: str
    says: str
    was: str
    now: str
    causes: tuple[str, ...]
    why: str = ""


@dataclass(frozen=True)
class Estimate:
    """An estimate (``estimand/source``) that moved by more than the threshold, came or went."""

    claim: str
    of: str
    unit: str
    was: float | None
    now: float | None


@dataclass(frozen=True)
class Changes:
    """All that differs from one report to the next.

    ``causes`` are those of the whole report. A claim that entered or left the ledger is in
    ``entered`` or ``left`` and no changed verdict.
    """

    days: tuple[str, str]
    verdicts: tuple[Verdict, ...]
    estimates: tuple[Estimate, ...]
    entered: tuple[str, ...]
    left: tuple[str, ...]
    tables: tuple[str, ...]
    causes: tuple[str, ...]

    def lines(self) -> list[str]:
        """For people: each verdict with its causes, why below it; then one line an estimate."""
        told = [line for found in self.verdicts for line in _verdict_lines(found)]
        told += [_estimate_line(found) for found in self.estimates]
        told += [f"{name}: new in the ledger" for name in self.entered]
        return told + [f"{name}: no longer in the ledger" for name in self.left]


def compare(
    before: State,
    after: State,
    *,
    threshold: float = THRESHOLD,
    tables: Mapping[str, Sequence[str]] | None = None,
) -> Changes:
    """What differs in ``after``; ``tables`` has those that each claim rests on, where known.

    An estimate moved when |after - before| > threshold · max(|before|, |after|). The causes of a
    verdict are what changed in the notebooks that its evidence comes from; where nothing did, it
    moved with the other claims of its family, and the causes are those of the whole report.
    """
    both = [name for name in after.claims if name in before.claims]
    moved = [name for name in both if before.claims[name].verdict != after.claims[name].verdict]
    return Changes(
        days=(before.as_of, after.as_of),
        verdicts=tuple(_verdict(n, before, after, (tables or {}).get(n, ())) for n in moved),
        estimates=tuple(_estimates(before.claims, after.claims, both, threshold)),
        entered=tuple(name for name in after.claims if name not in before.claims),
        left=tuple(name for name in before.claims if name not in after.claims),
        tables=_tables(before, after, before.tables | after.tables) if before.tables else (),
        causes=_causes(before, after, sorted(before.made.keys() | after.made.keys())),
    )


def _verdict(name: str, before: State, after: State, tables: Sequence[str]) -> Verdict:
    was, now = before.claims[name], after.claims[name]
    causes: tuple[str, ...] = ("its rule",) if _amended(was, now) else ()
    causes += ("first evidence",) if now.has_evidence and not was.has_evidence else ()
    own = _causes(before, after, sorted({*was.notebooks, *now.notebooks}), tables)
    # What a notebook names as rules is about any of its claims; for this one it is known exactly.
    causes += tuple(cause for cause in own if cause != "rules")
    if not causes:
        causes = _causes(before, after, sorted(before.made.keys() | after.made.keys()))
    explained = why.explain(was.row, now.row)
    return Verdict(name, now.says, was.verdict, now.verdict, causes, explained)


def _amended(was: Judged, now: Judged) -> bool:
    both = was.conditions and now.conditions
    return was.rule != now.rule or bool(both and was.conditions != now.conditions)


def _causes(
    before: State, after: State, notebooks: list[str], named: Sequence[str] = ()
) -> tuple[str, ...]:
    """What changed in the notebooks, which load more tables than the ``named`` ones that one claim
    rests on; nothing where a report does not tell."""
    if not (before.made and after.made):
        return ()
    pairs = [(before.made.get(name), after.made.get(name)) for name in notebooks]
    both = [(was, now) for was, now in pairs if was and now]
    loaded = {table: "" for pair in both for one in pair for table in one.tables}
    causes = []
    if changed := _tables(before, after, _chosen(loaded, named)):
        more = f" and {len(changed) - _NAMED} more tables" if len(changed) > _NAMED else ""
        causes.append(f"data ({', '.join(changed[:_NAMED])}{more})")
    if any(was.code != now.code for was, now in both):
        moved = before.commit != after.commit
        causes.append(f"code ({before.commit} to {after.commit})" if moved else "code")
    if any(was.rules != now.rules for was, now in both):
        causes.append("rules")
    if names := sorted({name for was, now in both for name in _parameters(was, now)}):
        causes.append(f"parameter ({', '.join(names)})")
    if any(was.environment != now.environment for was, now in both):
        causes.append("environment (Python or a locked package)")
    if any((was is None) != (now is None) for was, now in pairs):
        causes.append("a notebook was added or removed")
    if not causes and before.as_of != after.as_of:
        causes.append(f"the day alone ({before.as_of} to {after.as_of})")
    return tuple(causes)


def _chosen(loaded: dict[str, str], named: Sequence[str]) -> dict[str, str]:
    return {table: "" for table in loaded if table in named} or loaded


def _parameters(was: Made, now: Made) -> Iterator[str]:
    """Parameters that differ; the day is told with the data that became known by it."""
    for name in was.parameters.keys() | now.parameters.keys():
        if name != "as_of" and was.parameters.get(name) != now.parameters.get(name):
            yield name


def _tables(before: State, after: State, among: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(sorted(t for t in among if before.tables.get(t) != after.tables.get(t)))


def _estimates(
    before: Mapping[str, Judged], after: Mapping[str, Judged], names: list[str], threshold: float
) -> Iterator[Estimate]:
    for name in names:
        if not before[name].has_evidence:  # all of it is new, as the verdict says
            continue
        was, now = before[name].estimates, after[name].estimates
        for of in sorted(was.keys() | now.keys()):
            if _moved(was.get(of), now.get(of), threshold):
                yield Estimate(name, of, after[name].unit, was.get(of), now.get(of))


def _moved(was: float | None, now: float | None, threshold: float) -> bool:
    if was is None or now is None:
        return was is not now
    return abs(now - was) > threshold * max(abs(was), abs(now))


def _verdict_lines(found: Verdict) -> list[str]:
    causes = "; ".join(found.causes) or "the earlier report does not say"
    line = f"{found.claim}: {found.was} -> {found.now} (why: {causes}): {found.says}"
    return [line, f"  {found.why}"] if found.why else [line]


def _estimate_line(found: Estimate) -> str:
    was, now = ("none" if x is None else f"{x:.4g}" for x in (found.was, found.now))
    return f"{found.claim} {found.of}: {was} -> {now} {found.unit}".rstrip()
