"""The card that shows one forecast: plain HTML, no script, light or dark."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from analysis.claims.card import BOX, LIST
from analysis.claims.predictions import Prediction
from analysis.claims.wording import percent

if TYPE_CHECKING:
    from analysis.claims.forecasting import Forecast

_EDGE = "#4a7bb7"  # 3:1 against white and against near-black
_BASIS = "rows dated back from a later vintage (pseudo-vintage); never scored"


def html(prediction: Prediction, forecast: Forecast) -> str:
    """The card as one ``<section>``; every text in it is escaped."""
    rows = "".join(
        f'<dt>{escape(term)}</dt><dd style="margin:0">{escape(text)}</dd>'
        for term, text in _rows(prediction, forecast)
    )
    label = escape(f"Forecast of prediction {prediction.id}, {forecast.rule} rule", quote=True)
    return (
        f'<section class="reckon-card" id="{escape(forecast.anchor, quote=True)}" '
        f'aria-label="{label}" style="{BOX.format(edge=_EDGE)}">'
        f"<p style='margin:0'><strong>{escape(prediction.id)}</strong> "
        f"{escape(prediction.says)}</p>"
        f"<p style='margin:.4em 0 0'><strong>{escape(amount(forecast))}</strong> under the "
        f"{escape(forecast.rule)} rule by {forecast.window_end}. {escape(forecast.reason)}</p>"
        f"<details><summary>Reference class, method and rule</summary>"
        f'<dl style="{LIST}">{rows}</dl></details></section>'
    )


def text(prediction: Prediction, forecast: Forecast) -> str:
    """The card in one line."""
    return (
        f"{prediction.id} ({forecast.rule}, by {forecast.window_end}): {amount(forecast)}, "
        f"n = {forecast.n}, grade {forecast.grade}"
    )


def chance(probability: float) -> str:
    """A probability as a reader can use it: ``31 %``, and never 0 or 100 where it is neither."""
    if 0 < probability < 0.005:
        return "under 1 %"
    if 0.995 < probability < 1:
        return "over 99 %"
    return f"{probability * 100:.0f} %"


def amount(forecast: Forecast) -> str:
    """Probability and interval: ``31 % (95 % interval 5 % to 72 %)``."""
    if forecast.probability is None:
        return "no probability"
    low, high = chance(forecast.low or 0.0), chance(forecast.high or 0.0)
    level = percent(forecast.level or 0.0)
    return f"{chance(forecast.probability)} ({level} interval {low} to {high})"


def _rows(prediction: Prediction, forecast: Forecast) -> list[tuple[str, str]]:
    rows = [
        ("Reference class", forecast.reference_class),
        ("Events counted", f"{forecast.n:,}"),
        ("Method", forecast.method),
        ("Source grade", forecast.grade),
        ("Data as of", forecast.as_of.isoformat()),
        ("Basis", _BASIS if forecast.pseudo_vintage else ""),
        ("Rule", prediction.rule_text(forecast.rule)),
        ("Resolved by", prediction.source_of_truth),
    ]
    return [(term, shown) for term, shown in rows if shown]
