"""The card that shows one record of evidence: plain HTML, no script, light or dark."""

from __future__ import annotations

from dataclasses import replace
from html import escape

from analysis.claims import wording
from analysis.claims.digits import plain
from analysis.claims.model import Claim, Evidence
from analysis.claims.readings import Reading, read_source

# Mid-tones keep 3:1 against white and against near-black; the text takes the page's own colour.
_EDGE = {"supported": "#2e8b57", "contradicted": "#d1495b", None: "#7a8190"}
BOX = "border:1px solid #7a8190;border-left:.4em solid {edge};padding:.6em 1em;margin:1em 0"
_COLUMNS = "grid-template-columns:fit-content(10em) minmax(0,1fr)"
LIST = f"display:grid;{_COLUMNS};gap:.15em 1em;margin:.5em 0 0"
_POINTS = {
    "supported": "supports the claim",
    "contradicted": "contradicts the claim",
    None: "decides nothing",
}


def html(claim: Claim, evidence: Evidence) -> str:
    """The card as one ``<section>``; every text in it is escaped."""
    reading = read(claim, evidence)
    rows = "".join(
        f'<dt>{escape(term)}</dt><dd style="margin:0">{escape(text)}</dd>'
        for term, text in _rows(claim, evidence)
    )
    label = escape(f"Evidence for claim {claim.id}", quote=True)
    return (
        f'<section class="{" ".join(["reckon-card", *filter(None, [reading.direction])])}" '
        f'id="{escape(evidence.anchor, quote=True)}" '
        f'aria-label="{label}" style="{BOX.format(edge=_EDGE[reading.direction])}">'
        f"<p style='margin:0'><strong>{escape(claim.id)}</strong> {escape(claim.says)}</p>"
        f"<p style='margin:.4em 0 0'><strong>{escape(wording.amount(evidence))}</strong>: "
        f"{escape(_POINTS[reading.direction])}; {escape(reading.clause)}.</p>"
        f"<details><summary>Method, robustness and rule</summary>"
        f'<dl style="{LIST}">{rows}</dl></details></section>'
    )


def text(claim: Claim, evidence: Evidence) -> str:
    """The card in one line."""
    reading = read(claim, evidence)
    place = " on ".join(evidence.key[1:])
    return (
        f"{claim.id} ({place}): {wording.amount(evidence)}, n = {evidence.n}, "
        f"grade {evidence.grade}; {_POINTS[reading.direction]}"
    )


def read(claim: Claim, evidence: Evidence) -> Reading:
    """As the verdict does: until its window closes, nothing speaks against a prediction."""
    reading = read_source(claim, claim.estimand(evidence.estimand), evidence.source, evidence)
    if reading.direction == "contradicted" and claim.is_open(evidence.as_of):
        clause = f"{reading.clause}; the window is open until {claim.window_end or 'it is met'}"
        return replace(reading, direction=None, clause=clause)
    return reading


def _rows(claim: Claim, evidence: Evidence) -> list[tuple[str, str]]:
    share, p = evidence.agree_share, evidence.p_value
    many = f" of {evidence.specifications:,}" if evidence.specifications else ""
    basis = "rows dated back from a later vintage (pseudo-vintage)"
    rows = [
        ("Estimand", evidence.estimand if evidence.estimand != "main" else ""),
        ("Source", evidence.source if evidence.source != "main" else ""),
        ("Observations", f"{evidence.n:,}"),
        ("Method", evidence.method),
        ("Source grade", evidence.grade),
        ("Specifications that agree", "" if share is None else wording.percent(share) + many),
        ("p-value", "" if p is None else plain(p)),
        ("Data as of", evidence.as_of.isoformat() if evidence.as_of else ""),
        ("Basis", basis if evidence.pseudo_vintage else ""),
        ("Note", evidence.reason),
        ("Would change it", evidence.would_change or claim.would_change),
        ("Rule", claim.rule),
    ]
    return [(term, shown) for term, shown in rows if shown]
