"""A comparison for a terminal, and as plain JSON values."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any

from analysis.claims import movement
from analysis.refresh.diff import TableDiff
from analysis.report import numbers
from analysis.run.changes import Estimate, Verdict
from analysis.run.diff.comparison import Comparison
from analysis.run.diff.reports import Report
from analysis.run.state import State

WIDTH = 100


def lines(found: Comparison) -> Iterator[str]:
    """For people: what differs and why, the verdicts first."""
    if found.one_report:
        yield f"{found.before.name} is compared with itself: nothing differs"
        return
    yield f"{found.before.name} → {found.after.name}: {summary(found)}"
    if found.changes.causes:
        yield from _wrapped(f"Other in {found.after.name}: {'; '.join(found.changes.causes)}", "")
    yield from _section("Parameters", _parameters(found))
    yield from _section("Verdicts", _verdicts(found))
    yield from _section(f"Estimates that moved by more than {share(found)}", _estimates(found))
    yield from _section("Ledger", _ledger(found))
    yield from _section("Data", _tables(found))
    yield from _section("Not compared", _left_out(found))


def summary(found: Comparison) -> str:
    """How much differs, in one line."""
    if not found.before.state.claims.keys() & found.after.state.claims.keys():
        return "no claim that both put to the test"
    if found.same:
        return f"no verdict, table or parameter differs, no estimate by more than {share(found)}"
    told = [
        _many(len(found.changes.verdicts), "verdict changed", "verdicts changed"),
        _many(len(found.changes.estimates), "estimate moved", "estimates moved")
        + f" by more than {share(found)}",
        _many(len(found.rows.changed), "table has other rows", "tables have other rows"),
    ]
    if found.parameters:
        told.append(_many(len(found.parameters), "parameter differs", "parameters differ"))
    return ", ".join(told)


def share(found: Comparison) -> str:
    return numbers.share(found.threshold)


def as_dict(found: Comparison) -> dict[str, Any]:
    """All of it as plain JSON values."""
    changed = asdict(found.changes)
    return {
        "before": _side(found.before),
        "after": _side(found.after),
        "threshold": found.threshold,
        "causes": changed["causes"],
        "parameters": [asdict(one) for one in found.parameters],
        "verdicts": changed["verdicts"],
        "estimates": changed["estimates"],
        "entered": changed["entered"],
        "left": changed["left"],
        "tables": [asdict(one) for one in found.rows.changed],
        "tables_unknown": found.rows.unknown,
        "compared": sorted(found.before.state.claims.keys() & found.after.state.claims.keys()),
        "left_out": found.left_out,
        "family_filled_from": found.filled or None,
    }


def source(side: State, claim: str, of: str) -> Mapping[str, Any] | None:
    """What the source ``estimand/source`` of a claim says in a report, if it says anything."""
    kept = side.claims[claim].row if claim in side.claims else {}
    for estimand in kept.get("estimands", ()):
        for one in estimand["sources"]:
            if f"{estimand['id']}/{one['source']}" == of and movement.known(one):
                return dict(one)
    return None


def amount(found: Mapping[str, Any] | None) -> str:
    """An estimate with interval and unit; ``none`` without one."""
    if found is None:
        return "none"
    return numbers.estimate(found["estimate"], found["low"], found["high"], found["unit"] or "")


def counted(one: TableDiff) -> str:
    """``12 rows added, 1 changed, 0 gone of 461``."""
    return str(one).partition(": ")[2]


def _side(report: Report) -> dict[str, Any]:
    state = report.state
    return {
        "name": report.name,
        "kind": report.kind,
        "as_of": state.as_of,
        "set": state.set,
        "commit": state.commit,
        "notebooks": sorted(report.notebooks),
    }


def _parameters(found: Comparison) -> Iterator[str]:
    for one in found.parameters:
        yield f"{one.notebook} {one.name}: {_value(one.was)} → {_value(one.now)}"


def _value(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)


def _verdicts(found: Comparison) -> Iterator[str]:
    """Those first that had an estimate on both sides."""
    for one in sorted(found.changes.verdicts, key=lambda one: "first evidence" in one.causes):
        yield f"{one.claim}  {one.was} → {one.now}: {one.says}"
        yield from _wrapped(one.why)
        yield from _wrapped(f"Cause: {_causes(one)}")


def _causes(one: Verdict) -> str:
    return "; ".join(one.causes) or "the reports do not say"


def _estimates(found: Comparison) -> Iterator[str]:
    for one in sorted(found.changes.estimates, key=lambda one: None in (one.was, one.now)):
        yield f"{one.claim} {_of(one)}: {_moved(found, one)}"


def _of(one: Estimate) -> str:
    return one.of.replace("_", " ").replace("main/", "").replace("/main", "").replace("/", ", ")


def _moved(found: Comparison, one: Estimate) -> str:
    sides = (found.before.state, found.after.state)
    was, now = (amount(source(side, one.claim, one.of)) for side in sides)
    return f"{was} → {now}"


def _ledger(found: Comparison) -> Iterator[str]:
    for name in found.changes.entered:
        yield f"{name}: entered; {found.after.state.claims[name].says}"
    for name in found.changes.left:
        yield f"{name}: left; {found.before.state.claims[name].says}"


def _tables(found: Comparison) -> Iterator[str]:
    for one in found.rows.changed:
        yield f"{one.table}: {counted(one)}"
    for name in found.rows.unknown:
        yield f"{name}: has changed, and the rows of one side are no longer at hand"


def _left_out(found: Comparison) -> Iterator[str]:
    if found.left_out:
        many = _many(len(found.left_out), "claim rests", "claims rest")
        yield f"{many} on notebooks that only one of the two has, or on none"
    if found.filled:
        yield from _wrapped(
            f"Members of the pre-registered family are judged with the rest of it as in "
            f"{found.filled}.",
            "",
        )


def _section(title: str, told: Iterator[str]) -> Iterator[str]:
    shown = list(told)
    if shown:
        yield from ("", title, *(f"  {line}" for line in shown))


def _wrapped(text: str, indent: str = "     ") -> list[str]:
    return textwrap.wrap(text, WIDTH, initial_indent=indent, subsequent_indent=indent)


def _many(count: int, one: str, several: str) -> str:
    return f"{count} {one if count == 1 else several}"
