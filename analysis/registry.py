"""All tables of the collection: one module per upstream, each with its ``TABLES``."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from types import ModuleType

from analysis.errors import UnknownNameError
from analysis.schemas import Table

MODULES = (
    "article",
    "dated_facts",
    "epoch_ai",
    "cottier2024",
    "bls",
    "measured",
    "run_links",
    "litellm",
    "price_tiers",
    "cached_prices",
    "tokencost",
    "langchain",
    "api_prices",
    "openrouter",
    "benchprobe",
    "helm",
    "crosswalk",
    "epoch_prices",
    "gpu_price_index",
    "mlcommons",
    "video_prices",
    "generation",
    "cloudprice",
    "epoch_companies",
    "epoch_chips",
    "company_accounts",
    "free_tiers",
    "cloud_market",
    "market_growth",
    "rental_points",
    "deals",
    "pricing_events",
    "funding",
    "labs",
    "brokers",
    "energy",
    "agents",
    "router_usage",
    "ssm",
    "architectures",
    "commitments",
    "published_rates",
    "subscriptions",
)


@cache
def modules() -> tuple[ModuleType, ...]:
    """The upstream modules, in the order in which their tables are listed."""
    return tuple(import_module(f"analysis.sources.{name}") for name in MODULES)


@cache
def tables() -> dict[str, Table]:
    """Declared tables by name."""
    found: dict[str, Table] = {}
    for module in modules():
        for table in module.TABLES:
            if table.name in found:
                raise ValueError(f"table {table.name!r} is declared twice")
            found[table.name] = table
    return found


def table(name: str) -> Table:
    """The declaration of one table; UnknownNameError with the nearest name otherwise."""
    try:
        return tables()[name]
    except KeyError:
        raise UnknownNameError("table", name, tables()) from None


def extractors() -> dict[str, ModuleType]:
    """Modules that read released packages, by package name (their ``PACKAGES``)."""
    return {package: module for module in modules() for package in getattr(module, "PACKAGES", ())}
