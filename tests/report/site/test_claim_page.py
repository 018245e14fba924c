"""The page of a claim."""

from __future__ import annotations

import json
from datetime import date

import sample_run
from bs4 import BeautifulSoup, Tag

from analysis.claims import store
from analysis.report import verdict_dates
from analysis.report.charts import reading as reading_chart
from analysis.report.site import claim_page, claim_review

PAST = sample_run.background().past
C38 = next(row for row in sample_run.verdicts() if row["id"] == "c38")


def _page(pages: dict[str, str], claim: str) -> BeautifulSoup:
    return BeautifulSoup(pages[f"claims/{claim}.html"], "html.parser")


def _text(page: Tag) -> str:
    return " ".join(page.get_text(" ").split())


def test_a_page_tells_what_was_found_and_by_which_rule(pages: dict[str, str]) -> None:
    text = _text(_page(pages, "c38").main)
    for part in ("The article says Training costs have grown", "supported 2.4× a year",
                 "True if the interval lies above 1", "False if the interval lies below 1",
                 "frozen on 1 November 2026, knowing the literature", "no change",
                 "95.8 % of the specifications agree; 80 % are needed", "q = 0.0123",
                 "grade B: published estimate", "A price series with quantities."):  # fmt: skip
        assert part in text, part


def test_evidence_links_into_the_notebook(pages: dict[str, str]) -> None:
    link = _page(pages, "c38").select_one("td a")
    assert link["href"] == "../02_training_cost.html#record"
    assert link.get_text(" ") == "Notebook cell  of cottier2024"
    cell = BeautifulSoup(pages["02_training_cost.html"], "html.parser").find(id="record")
    assert cell.find(id="evidence-c38-growth-cottier2024")
    assert cell.select_one("p.back a")["href"] == "claims/c38.html"


def test_every_claim_has_a_page_with_its_words(pages: dict[str, str]) -> None:
    for row in sample_run.verdicts():
        assert _page(pages, row["id"]).h1.text == row["says"]


def test_an_untested_claim_tells_what_would_decide_it(pages: dict[str, str]) -> None:
    page = _page(pages, "c40")
    assert "True if the interval lies above 0.5" in _text(page.main)
    assert page.find("script") is None and page.find("figure") is None
    assert page.find("a", href="../data/training_costs.html")
    assert "elsewhere" not in page.text


def test_amendments_stand_beside_the_rule(pages: dict[str, str]) -> None:
    assert _page(pages, "c05").find(class_="amendment").text == (
        "Amended 12 November 2026: The unit was wrong."
    )


def test_predictions_show_their_readings(pages: dict[str, str]) -> None:
    text = _text(_page(pages, "c70").main)
    for part in ("31 %", "5 % to 72 %", "524", "A firm leaves", "Resolves by: A filing"):
        assert part in text, part


def test_dates_before_the_rule_are_hindcasts(pages: dict[str, str]) -> None:
    rows = _page(pages, "c38").find(id="history").find_next("tbody")("tr")
    assert [_text(row) for row in rows] == [
        "23 November 2026 supported 2.4× a year (2.1 to 2.8) data of the day",
        "10 November 2026 supported 2.4× a year data of the day",
        "30 June 2026 supported 2.3× a year hindcast",
        "31 January 2024 undecided 1.9× a year hindcast pseudo-vintage",
    ]


def test_a_verdict_stands_since_its_last_change() -> None:
    day = sample_run.AS_OF
    assert verdict_dates.since(PAST, C38, day) == "2026-06-30"
    assert verdict_dates.since(PAST, C38 | {"verdict": "mixed"}, day) == "2026-11-23"
    assert verdict_dates.since([], C38, day) == ""
    assert verdict_dates.since(PAST, C38, date(2026, 6, 30)) == "2026-06-30"


def test_conditions_in_words() -> None:
    words = claim_page.condition
    assert words("low > 1.9307") == "the interval lies above 1.9307"
    assert words("estimate <= 100000000", "USD") == "the value is at most 100 million"
    assert words("estimate == 1", "yes or no") == "the answer is yes"
    assert words("estimate == 0", "yes or no") == words("estimate < 1", "yes or no")
    assert words(None) == "" and words("anything else") == "anything else"


def test_every_claim_of_the_ledger_declares_what_decides_it() -> None:
    for claim in store.claims().values():
        row = {"estimands": [], "unit": claim.unit}
        found = claim_page.quantities(row, claim)
        assert len(found) == len(claim.estimands)
        assert all(one.supported or one.contradicted for one in found)


def test_a_review_rates_only_what_was_decided() -> None:
    found = json.loads(BeautifulSoup(_review("supported"), "html.parser").script.string)
    assert found["@type"] == "ClaimReview" and found["datePublished"] == "2026-11-23"
    assert found["reviewRating"]["ratingValue"] == found["reviewRating"]["bestRating"]
    undecided = json.loads(BeautifulSoup(_review("undecided"), "html.parser").script.string)
    assert undecided["reviewRating"] == {"@type": "Rating", "alternateName": "undecided"}
    assert _review("not yet tested") == ""


def _review(verdict: str) -> str:
    return claim_review.element(C38 | {"verdict": verdict}, sample_run.AS_OF)


SOURCE = {
    "source": "main", "estimate": 2.0, "low": 1.0, "high": 4.0, "level": 0.95, "unit": "ratio",
    "direction": "supported", "n": 5,
}  # fmt: skip


def _estimand(*sources: dict, limit: str = "low > 0.5") -> dict:
    return {
        "id": "main", "supported_if": limit, "contradicted_if": None, "sources": list(sources),
    }  # fmt: skip


def _drawn(*estimands: dict) -> list[Tag]:
    figures = reading_chart.draw(estimands, "Ratio")
    return [BeautifulSoup(figure, "html.parser").svg for figure in figures]


def test_a_figure_draws_interval_and_threshold_to_scale() -> None:
    (figure,) = _drawn(_estimand(SOURCE))
    start, end = _ends(figure.g.path["d"])
    dot, limit = float(figure.circle["cx"]), float(figure.find("path", class_="limit")["d"][1:6])
    assert limit < start < dot < end
    assert abs((dot - start) / (end - start) - 1 / 3) < 0.01
    assert figure.desc.text == "2.0× (1.0 to 4.0). The rule compares with 0.5×."


def test_a_scale_over_decades_is_logarithmic() -> None:
    (figure,) = _drawn(_estimand(SOURCE | {"estimate": 10.0, "low": 1.0, "high": 100.0}))
    start, end = _ends(figure.g.path["d"])
    assert abs((float(figure.circle["cx"]) - start) / (end - start) - 0.5) < 0.01


def test_an_open_end_reaches_the_side() -> None:
    (figure,) = _drawn(_estimand(SOURCE | {"high": None}))
    assert _ends(figure.g.path["d"])[1] == reading_chart.WIDTH


def test_a_long_name_has_a_line_of_its_own() -> None:
    source = {"source": "a_series_with_a_name_that_is_longer_than_a_phone", "unit": "ratio",
              "estimate": 2.0, "low": 1.0, "high": 3.0, "level": 0.95,
              "direction": None}  # fmt: skip
    (figure,) = _drawn(_estimand(source))
    lines = {text.text: float(text["y"]) for text in figure.select("text:not(.limit)")}
    (name, above), (value, below) = sorted(lines.items(), key=lambda line: line[1])
    assert name.endswith("phone:") and value.startswith("2.0")
    assert below - above == reading_chart.LINE


def test_estimands_share_a_figure_where_they_share_a_scale() -> None:
    other = _estimand(SOURCE, limit="low > 0.7") | {"id": "other"}
    assert len(_drawn(_estimand(SOURCE), _estimand(SOURCE) | {"id": "other"})) == 1
    assert len(_drawn(_estimand(SOURCE), other)) == 2
    assert _drawn(_estimand(SOURCE | {"estimate": None})) == []
    assert _drawn(_estimand(SOURCE | {"unit": "yes or no"})) == []
    exact = SOURCE | {"estimate": 0.5, "low": None, "high": None, "level": None}
    assert _drawn(_estimand(exact)) == [] and len(_drawn(_estimand(exact | {"estimate": 1}))) == 1


def test_thresholds_near_each_other_do_not_overlap() -> None:
    (figure,) = _drawn(_estimand(SOURCE, limit="low > 0.5 and low > 0.51"))
    heights = [float(text["y"]) for text in figure("text", class_="limit")]
    assert len(set(heights)) == 2


def _ends(path: str) -> tuple[float, float]:
    start, end = path[1:].split("H")
    return float(start.split()[0]), float(end)
