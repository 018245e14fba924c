"""Cells of table 1 with a number, each against every published figure of its kind."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.economics.audit.against_facts import middle, video_listings
from analysis.economics.audit.facts import Fact, Facts
from analysis.economics.audit.text import (
    CHAT,
    COMPUTE,
    GPT4,
    PRICE,
    VIDEO,
    Article,
    Span,
)
from analysis.errors import InputError


@dataclass(frozen=True)
class Numbered:
    """A cell of table 1 that has a number, and the published figures in its unit."""

    label: str
    row: str
    column: str
    topic: str
    own: str


NUMBERED = (
    Numbered("GPT-3.5, training compute", CHAT, COMPUTE, "training_compute", "GPT-3.5"),
    Numbered("GPT-4, training compute", GPT4, COMPUTE, "training_compute", "GPT-4"),
    Numbered("GPT-3.5, price of text", CHAT, PRICE, "openai_list_price", "gpt-3.5-turbo"),
    Numbered("GPT-4, price of text", GPT4, PRICE, "openai_list_price", "gpt-4 (8k)"),
    Numbered("Video, price of a minute", VIDEO, PRICE, "video_list_price", ""),
)
"""The agent row has a number too, but no published figure is in its unit."""


@dataclass(frozen=True)
class Compared:
    """One cell against every published figure of its kind."""

    cell: Numbered
    stated: Span
    published: tuple[Fact, ...]

    @property
    def own(self) -> list[Fact]:
        """Figures of the model that the row names; for video of all models."""
        return [fact for fact in self.published if self.cell.own in ("", fact.subject)]

    @property
    def own_value(self) -> float:
        """The latest of these; for video their median."""
        if not self.cell.own:
            return middle([fact.value for fact in self.own])
        return self.own[-1].value

    @property
    def own_off(self) -> float:
        """How many times the model's own figure is off; 1 is a match."""
        return self.stated.distance(self.own_value)

    @property
    def nearest(self) -> list[Fact]:
        """The published figures that are nearest, oldest first."""
        best = min(self.stated.distance(fact.value) for fact in self.published)
        return [fact for fact in self.published if self.stated.distance(fact.value) == best]

    @property
    def nearest_off(self) -> float:
        return self.stated.distance(self.nearest[0].value)


def compare(article: Article, facts: Facts) -> list[Compared]:
    """Each numbered cell with its published figures; nothing before the article appeared."""
    if not article.published:
        return []
    found = []
    for cell in NUMBERED:
        published = _published(facts, cell)
        if any(cell.own in ("", fact.subject) for fact in published):
            found.append(Compared(cell, article.cell(cell.row, cell.column), tuple(published)))
    return found


def _published(facts: Facts, cell: Numbered) -> list[Fact]:
    try:
        return video_listings(facts) if cell.row == VIDEO else facts.about(cell.topic)
    except InputError:
        return []
