"""ClaimReview structured data (schema.org) for the page of a claim."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from jinja2.utils import htmlsafe_json_dumps
from markupsafe import Markup

from analysis.report.site import citation

ARTICLE = {
    "@type": "Article",
    "headline": "The Great AI Compute Reckoning",
    "datePublished": "2026-04",
    "author": {"@type": "Organization", "name": "AINews"},
}
_RATINGS = {"contradicted": 1, "mixed": 3, "supported": 5}
_UNTRIED = "not yet tested"


def element(verdict: Mapping[str, Any], as_of: date) -> Markup:
    """The review as a ``script`` element; nothing for a claim that was never put to the test.

    Inside it ``<``, ``>``, ``&`` and ``'`` are written as escapes of JSON, so that no text can end
    the element. A verdict that decides nothing has a name and no number.

    Args:
        verdict: a row of ``analysis.claims.verdicts.table``.
        as_of: day of the run.
    """
    if verdict["verdict"] == _UNTRIED:
        return Markup("")
    content = htmlsafe_json_dumps(_review(verdict, as_of), ensure_ascii=False)
    return Markup('<script type="application/ld+json">{}</script>').format(content)


def _review(verdict: Mapping[str, Any], as_of: date) -> dict[str, Any]:
    return {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "datePublished": as_of.isoformat(),
        "author": {"@type": "Organization", "name": citation.AUTHOR},
        "claimReviewed": verdict["says"],
        "itemReviewed": {"@type": "Claim", "name": verdict["id"], "appearance": ARTICLE},
        "reviewRating": _rating(str(verdict["verdict"])),
        "reviewBody": verdict["reason"],
    }


def _rating(verdict: str) -> dict[str, Any]:
    rating: dict[str, Any] = {"@type": "Rating", "alternateName": verdict}
    if verdict in _RATINGS:
        rating |= {"ratingValue": _RATINGS[verdict], "bestRating": 5, "worstRating": 1}
    return rating
