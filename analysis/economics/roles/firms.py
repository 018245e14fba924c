"""The firms that the article names, and what the tables call them.

The list is the article's (places in ``article_statements``): the firms of its section on players,
of its lead and of its predictions. Products and the makers that only products stand for (Mistral,
Stability AI) are not firms named. Meta, Google and the rest go by the name of the whole firm.
"""

from __future__ import annotations

from dataclasses import dataclass

INTEGRATED, HARDWARE, MODELS = "integrated", "hardware", "model firms"
CAPACITY, OTHER = "sellers of capacity", "software and hubs"


@dataclass(frozen=True)
class Firm:
    """A firm, its class in the article, its ticker and its names as a developer of models."""

    name: str
    kind: str
    ticker: str = ""
    developers: tuple[str, ...] = ()


NAMED = (
    Firm("Amazon", INTEGRATED, "AMZN", ("Amazon",)),
    Firm("Google", INTEGRATED, "GOOGL", ("Google", "Google DeepMind", "Google Research")),
    Firm("Meta", INTEGRATED, "META", ("Meta AI", "Meta")),
    Firm("Microsoft", INTEGRATED, "MSFT", ("Microsoft", "Microsoft Research")),
    Firm("NVIDIA", HARDWARE, "NVDA", ("NVIDIA",)),
    Firm("AMD", HARDWARE, "AMD", ("AMD",)),
    Firm("Cerebras", HARDWARE, "", ("Cerebras Systems",)),
    Firm("Groq", HARDWARE),
    Firm("SambaNova", HARDWARE),
    Firm("Anthropic", MODELS, "", ("Anthropic",)),
    Firm("Cohere", MODELS, "", ("Cohere",)),
    Firm("OpenAI", MODELS, "", ("OpenAI",)),
    Firm("CoreWeave", CAPACITY, "CRWV"),
    Firm("Oracle", CAPACITY, "ORCL"),
    Firm("Hugging Face", OTHER, "", ("Hugging Face",)),
    Firm("Salesforce", OTHER, "", ("Salesforce", "Salesforce Research")),
)
LISTED = {firm.ticker: firm for firm in NAMED if firm.ticker}
BROADCOM = Firm("Broadcom", HARDWARE, "AVGO")
"""Not named; it sells accelerators and publishes what they bring, so it counts among the rest."""
NAMED_MODEL_FIRMS = tuple(firm.name for firm in NAMED if firm.kind == MODELS)
