"""Dated copies of a price list as change events: a row when a listing appears, changes or goes."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from analysis.errors import DataError
from analysis.sources.listing_names import bare_name
from analysis.sources.price_flags import REASONS, Offer, flags, is_text
from analysis.sources.sidecar import Snapshots

RELEASES = "curated/price_list_releases.csv"
PUBLISHED = "curated/published_prices.csv"
CLOSURES = "curated/host_closures.csv"
_MANY = 3  # listings that land on one price on one day: slugs redirected to a successor

Price = tuple[float | None, float | None]
Published = Mapping[tuple[str, str], Sequence[tuple[str, float, float]]]


@dataclass(frozen=True)
class Facts:
    """Published beside the lists: announced prices, by (host, bare name): (from, input, output),
    and the days on which hosts closed."""

    published: Published = field(default_factory=dict)
    closures: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Release:
    """One dated copy of a list."""

    list: str
    release: str
    released: str
    offers: tuple[Offer, ...]


@dataclass(frozen=True)
class State:
    """What a listing says: an event is written when this changes."""

    offer: Offer
    flags: frozenset[str]

    @property
    def price(self) -> Price:
        if self.flags & {"non_text", "free_or_local", "no_token_price"}:
            return None, None
        return self.offer.input or None, self.offer.output or None


@dataclass
class _Live:
    """Listings of one list as of its latest release."""

    states: dict[str, State] = field(default_factory=dict)
    redirected: dict[str, Price] = field(default_factory=dict)


def events(releases: Iterable[Release], facts: Facts) -> pd.DataFrame:
    """Change events of one list; nothing in a row rests on a later release.

    Args:
        releases: copies of one list, any order.
        facts: what was published beside the lists.

    Returns:
        list, release, listing, host, name, mode, event, the two prices in USD per million
        tokens, flag, flag_reason, refers_to.
    """
    live, rows = _Live(), []
    for release in sorted(releases, key=lambda release: release.released):
        rows += _advance(live, release, facts)
    return pd.DataFrame(rows)


def _advance(live: _Live, release: Release, facts: Facts) -> list[dict[str, object]]:
    offers = {offer.listing: offer for offer in release.offers}
    live.redirected = _redirected(live, offers)
    now = {
        listing: State(offer, _flags(offer, listing in live.redirected, release, facts))
        for listing, offer in offers.items()
    }
    rows = []
    for listing, state in now.items():
        before = live.states.get(listing)
        if before is None:
            rows.append(_row(release, state, "listed"))
        elif (before.price, before.flags) != (state.price, state.flags):
            rows.append(_row(release, state, "changed"))
    for listing in live.states.keys() - now.keys():
        gone = State(live.states[listing].offer, frozenset())
        rows.append(_row(release, gone, "gone"))
    live.states = now
    return rows


def _flags(offer: Offer, redirected: bool, release: Release, facts: Facts) -> frozenset[str]:
    found = set(flags(offer))
    if redirected:
        found.add("alias_roll")
    if _stale(offer, release.released, facts.published):
        found.add("stale")
    ends = min(filter(None, (offer.ends, facts.closures.get(offer.host, ""))), default="")
    if ends and ends <= release.released and "non_text" not in found:
        found.add("withdrawn")
    return frozenset(found)


def _stale(offer: Offer, day: str, published: Published) -> bool:
    known = published.get((offer.host, bare_name(offer.listing)), ())
    in_force = [(into, out) for start, into, out in known if start <= day]
    return bool(in_force) and (offer.input, offer.output) in in_force[:-1]


def _redirected(live: _Live, offers: Mapping[str, Offer]) -> dict[str, Price]:
    """Listings whose slug was pointed at another model of the same host.

    Several listings of one host take one price on the same day, some from below and some from
    above, and it is the price of a listing of the host that did not change.
    """
    kept = {
        listing: price
        for listing, price in live.redirected.items()
        if listing in offers and price == (offers[listing].input, offers[listing].output)
    }
    moved: dict[tuple[str, Price], dict[str, bool]] = {}
    settled: set[tuple[str, Price]] = set()
    for listing, offer in offers.items():
        before = live.states.get(listing)
        if before is None or not before.offer.input or not is_text(offer) or not offer.input:
            continue
        target: tuple[str, Price] = (offer.host, (offer.input, offer.output))
        if (before.offer.input, before.offer.output) == target[1]:
            settled.add(target)
        else:
            rose = before.offer.input < offer.input
            moved.setdefault(target, {})[listing] = rose
    for target, rises in moved.items():
        if target in settled and len(rises) >= _MANY and len(set(rises.values())) > 1:
            kept |= dict.fromkeys(rises, target[1])
    return kept


def _row(release: Release, state: State, event: str) -> dict[str, object]:
    into, out = (None, None) if event == "gone" else state.price
    return {
        "list": release.list,
        "release": release.release,
        "listing": state.offer.listing,
        "host": state.offer.host,
        "mode": state.offer.mode or "unstated",
        "event": event,
        "input_usd_per_million_tokens": into,
        "output_usd_per_million_tokens": out,
        "flag": "|".join(sorted(state.flags)),
        "flag_reason": "; ".join(REASONS[flag] for flag in sorted(state.flags)),
        "refers_to": release.released,
    }


def facts(snapshots: Snapshots) -> Facts:
    """Announced prices, oldest first, and closures of hosts."""
    found: dict[tuple[str, str], list[tuple[str, float, float]]] = {}
    for row in snapshots.csv(PUBLISHED).sort_values("effective_from").to_dict("records"):
        price = (row["effective_from"], float(row["input_usd"]), float(row["output_usd"]))
        for host in row["hosts"].split():
            found.setdefault((host, row["name"]), []).append(price)
    closures = snapshots.csv(CLOSURES)
    return Facts(found, dict(zip(closures["host"], closures["closed_on"], strict=True)))


def literal(source: bytes, name: str, file: object) -> dict[str, object]:
    """The dict that a Python file assigns to ``name``, read without running the file.

    Raises DataError if there is no such assignment or if it is not made of plain literals.
    """
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError) as error:
        raise DataError(f"is not Python: {error}", file=file) from error
    for node in ast.walk(tree):
        targets = getattr(node, "targets", ())
        if isinstance(node, ast.Assign) and any(getattr(t, "id", "") == name for t in targets):
            try:
                found = ast.literal_eval(node.value)
            except ValueError as error:
                raise DataError(f"{name} is not a literal: {error}", file=file) from error
            if isinstance(found, dict):
                return found
    raise DataError(f"assigns no dict to {name}", file=file)


def as_json(content: dict[str, object]) -> bytes:
    return json.dumps(content, indent=1, ensure_ascii=False).encode() + b"\n"


def parse(content: bytes, file: object) -> dict[str, dict[str, object]]:
    """A received JSON list: listing to fields; DataError if it is something else."""
    try:
        found = json.loads(content)
    except ValueError as error:
        raise DataError(f"is not JSON: {error}", file=file) from error
    if not isinstance(found, dict) or not all(isinstance(value, dict) for value in found.values()):
        raise DataError("is not a mapping of listings to fields", file=file)
    return found
