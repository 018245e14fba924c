"""The parameters of each notebook: names, types, ranges, defaults and help."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, model_validator

from analysis.run.parameters import Parameters

Level = Annotated[float, Field(gt=0.5, lt=1, description="coverage of the intervals")]
Seed = Annotated[int, Field(ge=0, lt=2**32, description="seed of every random draw")]


class ArticleAudit(Parameters):
    """The article held against itself and against dated facts."""


class TrainingCost(Parameters):
    """Growth of training cost and compute."""

    top_k: int = Field(10, ge=1, le=50, description="models that count as the frontier at release")
    start: date = Field(date(2016, 1, 1), description="first release day of the sample")
    break_date: date = Field(
        date(2024, 1, 1), description="day from which the slope of compute may differ"
    )
    experts_date: date = Field(
        date(2023, 12, 1), description="day from which mixture of experts counts as widespread"
    )
    level: Level = 0.95
    horizon: int = Field(2029, ge=2024, le=2050, description="last year of the forecast band")
    seed: Seed = 0

    @model_validator(mode="after")
    def _in_order(self) -> TrainingCost:
        for name in ("break_date", "experts_date"):
            if not self.start < (day := getattr(self, name)):
                raise ValueError(f"{name} {day} must come after start {self.start}")
        return self


class InferencePrice(Parameters):
    """Price at fixed capability, indices and price of the frontier."""

    reference_model: str = Field(
        "gpt-4-0314", min_length=1, description="model whose ability score is held fixed"
    )
    output_share: float = Field(0.25, ge=0, le=1, description="share of output in all tokens")
    rank: int = Field(1, ge=1, le=2, description="1: cheapest listing; 2: second cheapest")
    deflator: Literal["cpi", "none"] = Field("cpi", description="price level to divide by")
    level: Level = 0.95
    seed: Seed = 0


class Consolidation(Parameters):
    """The chance that an independent lab is bought."""

    closing_months: float = Field(
        1.0, ge=0, le=18, description="months from the signing of a purchase to its closing"
    )
    prior: Literal["jeffreys", "uniform", "none"] = Field(
        "jeffreys", description="prior of the rate of events"
    )
    level: Level = 0.95


class MarketGrowth(Parameters):
    """Growth of the market's segments."""

    publication: date = Field(date(2026, 4, 30), description="last day of the rounds that decide")
    level: Level = 0.95
    seed: Seed = 0


class Hardware(Parameters):
    """Price performance and efficiency of chips, rents, and the open questions."""

    top_k: int = Field(10, ge=1, le=50, description="models that count as the frontier at release")
    start: date = Field(date(2012, 1, 1), description="first release day of the chips")
    efficiency_date: date = Field(
        date(2023, 1, 1), description="day from which the slope of FLOP per joule may differ"
    )
    rent_start: date = Field(date(2025, 10, 1), description="first month of the trend of rents")
    volume_start: date = Field(date(2023, 1, 1), description="first day of the quarters sold")
    return_date: date = Field(
        date(2024, 1, 1), description="day from which the return to compute may differ"
    )
    level: Level = 0.95
    seed: Seed = 0

    @model_validator(mode="after")
    def _in_order(self) -> Hardware:
        if not self.start < self.efficiency_date:
            day = self.efficiency_date
            raise ValueError(f"efficiency_date {day} must come after start {self.start}")
        return self


class InferenceCost(Parameters):
    """What it costs to run a model: tokens, video, agents, and the margins of those who sell it."""

    level: Level = 0.95
    seed: Seed = 0


class Concentration(Parameters):
    """Who holds the computing, who enters, and what each class of firm does."""

    least_benchmarks: int = Field(
        4, ge=3, le=10, description="benchmarks that a score of ability must rest on"
    )
    price_cap: float = Field(
        1.0, gt=0, le=100, description="USD per million tokens up to which a model is cheap"
    )
    level: Level = 0.95
    seed: Seed = 0


class PriceEvents(Parameters):
    """Raises, cuts, free limits, and the chance of a controversy."""

    steep: float = Field(1.2, gt=1, le=10, description="factor beyond which a price moved steeply")
    share_found: float = Field(
        1.0, gt=0, le=1, description="share of such events that the list is taken to hold"
    )
    prior: Literal["jeffreys", "uniform", "none"] = Field(
        "jeffreys", description="prior of the rate of events"
    )
    level: Level = 0.95
    seed: Seed = 0


class Brokerage(Parameters):
    """Dispersion of prices for one good, and who brokers."""

    output_share: float = Field(0.25, ge=0, le=1, description="share of output in all tokens")
    least_hosts: int = Field(3, ge=2, le=10, description="hosts that a model must have in a month")
    lead_months: float = Field(
        0.0, ge=0, le=18, description="last months in which a size cannot become known"
    )
    prior: Literal["jeffreys", "uniform"] = Field(
        "jeffreys", description="prior of the rate of events"
    )
    level: Level = 0.95
    seed: Seed = 0


class Energy(Parameters):
    """Energy of a query, a token and the world, and rules for labels."""

    power_share: float = Field(
        1.0, gt=0, le=1, description="part of its rated power that the card draws"
    )
    draws: int = Field(100_000, ge=1_000, le=1_000_000, description="draws of the share of 2030")
    level: Level = 0.95
    seed: Seed = 0


class Scenarios(Parameters):
    """What must be true for inflation of compute by 2030."""

    reference_model: str = Field(
        "gpt-4-0314", min_length=1, description="model whose ability score is held fixed"
    )
    recent_start: date = Field(
        date(2025, 1, 1), description="first day of the recent part of each series"
    )
    horizon: int = Field(2030, ge=2027, le=2040, description="last year of the simulation")
    draws: int = Field(20_000, ge=1_000, le=1_000_000, description="draws of the simulation")
    train_until: date = Field(
        date(2025, 3, 31), description="last day that the three worlds may know"
    )
    level: Level = 0.95
    seed: Seed = 0


class Verdict(Parameters):
    """The scoreboard over all evidence."""


MODELS: dict[str, type[Parameters]] = {
    "01_article_audit": ArticleAudit,
    "02_training_cost": TrainingCost,
    "03_inference_price": InferencePrice,
    "04_inference_cost": InferenceCost,
    "05_hardware": Hardware,
    "06_market_growth": MarketGrowth,
    "07_concentration": Concentration,
    "08_price_events": PriceEvents,
    "09_consolidation": Consolidation,
    "10_brokerage": Brokerage,
    "11_energy": Energy,
    "12_scenarios": Scenarios,
    "99_verdict": Verdict,
}
