"""Why a verdict changed, in a sentence or two: what its rule sees now and did not see before.

The one explanation that messages, pages, the feed and the command line share.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from analysis.claims import movement, wording
from analysis.claims.digits import plain
from analysis.claims.family import MAX_Q
from analysis.claims.judge import UNTESTED
from analysis.claims.movement import OPEN, UNTESTABLE, Move
from analysis.claims.readings import MIN_AGREE_SHARE

Row = Mapping[str, Any]
SHOWN = 2
"""Sources that are told of one by one."""


def explain(was: Row, now: Row) -> str:
    """What the verdict ``now`` rests on that the verdict ``was`` did not, as plain sentences.

    Args:
        was: a row of ``verdicts.table``, or of the history as ``movement.of_history`` gives it.
        now: the same claim in a later one.

    Returns:
        Nothing where either is empty or of an earlier form, for reports that do not tell.
    """
    if not (was and now):
        return ""
    try:
        return " ".join([*_ruled(was, now), *(_seen(was, now) or [str(now["reason"] or "")])])
    except KeyError:
        return ""


def _ruled(was: Row, now: Row) -> Iterator[str]:
    """Changes of the ledger and of what was recorded at all."""
    if was["rule"] != now["rule"] or len(was["amendments"]) != len(now["amendments"]):
        amended = len(now["amendments"]) > len(was["amendments"])
        why = now["amendments"][-1]["reason"] if amended else ""
        yield f"Its rule was amended: {_sentence(why)}" if why else "Its rule is another one."
    if was["verdict"] == UNTESTABLE:
        yield "A public series that can decide it is known now."
    elif was["verdict"] == UNTESTED and now["verdict"] != UNTESTABLE:
        yield "It has evidence by this rule for the first time."


def _seen(was: Row, now: Row) -> list[str]:
    """What the rule sees in the evidence; empty where it sees the same."""
    moves = list(movement.moves(was, now))
    found = [move for move in moves if move.gained or move.lost or move.turned]
    told = [*_told(found), *_gates(was, now)]
    if len(moves) > 1 and found:
        told.append(_tally([move.now for move in moves if move.now is not None]))
    if not told and "readings" in now and moves:
        told = list(_elsewhere(moves[0], now["readings"], bool(now["family"])))
    return told


def _told(found: Sequence[Move]) -> Iterator[str]:
    kinds = [
        [move for move in found if getattr(move, kind)] for kind in ("turned", "gained", "lost")
    ]
    turned, gained, lost = kinds
    yield from map(_turned, turned[:SHOWN])
    if len(turned) > SHOWN:
        yield f"{len(turned) - SHOWN} further readings point elsewhere than before."
    if gained:
        yield _gained(gained)
    if lost:
        why = movement.reason(lost[0].now)
        yield f"There is no estimate{_listed(lost)} any more{f' ({why})' if why else ''}."


def _turned(move: Move) -> str:
    assert move.was is not None and move.now is not None  # as ``turned`` says
    note = movement.note(move.now)
    was, now = (f"{movement.value(x)}{movement.stands(x)}" for x in (move.was, move.now))
    more = f" ({note})" if note else ""
    return f"The {movement.subject(move.now)}{move.place} is now {now}{more}; it was {was}."


def _gained(moves: Sequence[Move]) -> str:
    """One of each direction; the tally tells how many there are."""
    by_direction = {movement.direction(move.now): move for move in reversed(moves)}
    shown = [move for move in moves if move in by_direction.values()]
    why = movement.reason(moves[0].was)
    several = len(moves) > 1
    told = "; ".join(_reading(move, several) for move in shown)
    kind = movement.subject(moves[0].now)
    there, none = (f"are {kind}s", "were none") if several else (f"is an {kind}", "was none")
    before = f"where there {none}{f' ({why})' if why else ''}"
    return f"There {there}{_listed(moves)} now, {before}: {told}."


def _reading(move: Move, several: bool) -> str:
    assert move.now is not None  # as ``gained`` says
    note = movement.note(move.now)
    told = f"{movement.value(move.now)}{movement.stands(move.now)}"
    place = f"{move.place.strip()}: " if several and move.place else ""
    return place + (f"{note}; the {movement.subject(move.now)} is {told}" if note else told)


def _listed(moves: Sequence[Move]) -> str:
    """The place of one, the number of several, nothing for the only source of a claim."""
    return moves[0].place if len(moves) == 1 else f" for {len(moves)} readings"


def _elsewhere(move: Move, readings: int, family: bool) -> Iterator[str]:
    """The reading that the history keeps points where it did."""
    if not movement.known(move.was) or move.was is None or move.now is None:
        return
    was, now = movement.value(move.was), movement.value(move.now)
    moved = f"it stays at {now}" if was == now else f"it is now {now}; it was {was}"
    only = readings == 1
    yield f"Its {'only' if only else 'first'} reading{move.place} points where it did: {moved}."
    others = ["its other reading" if readings == 2 else f"one of its {readings - 1} other readings"]
    decided = ([] if only else others) + (["q in its pre-registered family"] if family else [])
    if decided:
        yield f"What decided is {' or '.join(decided)}, which the history does not keep."


def _gates(was: Row, now: Row) -> Iterator[str]:
    """What has to hold beside the conditions: agreement, the family, the window."""
    before, after = was["agree_share"], now["agree_share"]
    if _crossed(before, after, MIN_AGREE_SHARE.__le__):
        yield (
            f"{wording.percent(after)} of the specifications agree now, "
            f"{wording.percent(before)} did before; 80 % are needed."
        )
    before, after = was["q"], now["q"]
    if _crossed(before, after, MAX_Q.__ge__):
        yield (
            f"In the pre-registered family q is now {plain(after, 3)}, it was {plain(before, 3)}; "
            f"at most {plain(MAX_Q)} is needed."
        )
    was_open, still = (str(row["reason"]).startswith(OPEN) for row in (was, now))
    # A prediction that came true did so before the end of its window or at it.
    if was_open and not still and now["verdict"] != "supported":
        yield "The window of the prediction has closed."


def _crossed(was: float | None, now: float | None, met: Callable[[float], bool]) -> bool:
    return was is not None and now is not None and met(was) != met(now)


def _tally(sources: Sequence[Row]) -> str:
    """``Both readings contradict it.``, ``2 of 3 readings support it.``"""
    points = [movement.direction(source) for source in sources]
    total = len(points)
    told = [(many, verb) for name, verb in movement.POINTS.items() if (many := points.count(name))]
    if not told:
        return f"{'Neither' if total == 2 else 'None'} of the {total} readings decides."
    if told[0][0] == total:
        return f"{'Both' if total == 2 else f'All {total}'} readings {told[0][1]} it."
    parts = [f"{many} {verb if many > 1 else f'{verb}s'} it" for many, verb in told]
    return f"Of {total} readings {' and '.join(parts)}."


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."
