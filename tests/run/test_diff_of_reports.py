"""Two reports held against each other: which ones, what differs, and what cannot be compared."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from small_collection import Collection
from small_reports import LISTS, UNSURE, claim, report

from analysis.claims import store
from analysis.errors import InputError
from analysis.run.diff import comparison, reports, text

ROWS = ["A,X,2024,1,2024-01-01", "B,Y,2025,2,2025-01-01"]
UNSURE_LISTS = LISTS | UNSURE


def told(before: str, after: str) -> str:
    found = comparison.between(reports.find(before), reports.find(after))
    return "\n".join(text.lines(found))


def two(**after: object) -> None:
    """Reports of two days; in the second c01 is contradicted."""
    report("a", claim("c01", "undecided", UNSURE_LISTS), as_of="2026-03-31", rows=ROWS)
    report("b", claim("c01", "contradicted", LISTS), **({"rows": ROWS} | after))


def test_reports_are_found_by_day_latest_key_and_path(collection: Collection) -> None:
    two()
    report("cc", claim("c01", "mixed", LISTS), kind="explore")
    assert reports.names() == ["latest", "2026-11-23", "2026-03-31", "cc"]
    for name in ("2026-11-23", "latest", "cc", str(collection.link("latest"))):
        found = reports.find(name)
        assert found.name == ("cc" if name == "cc" else "2026-11-23")
    copy = collection.root / "elsewhere"
    collection.link("2026-03-31").rename(copy)
    assert reports.find(str(copy)).name == "000000000000"


def test_an_unknown_report_is_told_with_those_there_are(collection: Collection) -> None:
    with pytest.raises(InputError, match="no reports yet; call `reckon run`"):
        reports.find("latest")
    two()
    with pytest.raises(InputError) as error:
        reports.find("2026-03-30")
    for part in ("'2026-03-30'", "did you mean '2026-03-31'?", "latest, 2026-11-23, 2026-03-31",
                 "or the path of a report set"):  # fmt: skip
        assert part in str(error.value)


@pytest.mark.parametrize(
    ("file", "content"), [("run.json", "{"), ("run.json", "{}"), ("claims.json", None)]
)
def test_a_set_that_is_not_whole_is_no_report(
    collection: Collection, file: str, content: str | None
) -> None:
    two()
    path = collection.link("latest") / file
    path.unlink() if content is None else path.write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match="not a whole report of claims"):
        reports.find("latest")


def test_a_report_against_itself_differs_in_nothing(collection: Collection) -> None:
    two()
    assert told("latest", "2026-11-23") == "2026-11-23 is compared with itself: nothing differs"


def test_verdicts_come_with_why_and_the_tables_whose_rows_changed(collection: Collection) -> None:
    two(rows=[*ROWS, "C,Z,2026,3,2026-06-01"])
    shown = told("2026-03-31", "latest")
    for part in (
        "1 verdict changed, 1 estimate moved by more than 10\u00a0%, 1 table has other rows",
        "c01  undecided → contradicted: Prices of c01",
        "Cause: data (acquisitions)",
        "price lists: 0.9× a year (0.7 to 1.2) → 0.70× a year (0.60 to 0.80)",
        "acquisitions: 1 rows added, 0 changed, 0 gone of 2",
    ):
        assert part in shown, part
    assert "is now 0.7× per year" in " ".join(shown.split())


def test_a_table_with_the_same_rows_is_no_cause(collection: Collection) -> None:
    two()
    shown = told("2026-03-31", "latest")
    assert "Cause: the day alone (2026-03-31 to 2026-11-23)" in shown and "Data" not in shown


def test_rows_changed_and_gone_are_told_apart(collection: Collection) -> None:
    two(rows=["A,X,2024,9,2024-01-01", "C,Z,2026,3,2026-06-01"])
    (found,) = comparison.between(reports.find("2026-03-31"), reports.find("latest")).rows.changed
    assert (found.added, found.changed, found.gone, found.held) == (1, 1, 1, 2)
    assert "value_usd in 1 rows" in told("2026-03-31", "latest")


def test_rows_that_no_side_has_any_more_are_unknown(collection: Collection) -> None:
    two(rows=[*ROWS, "C,Z,2026,3,2026-06-01"])
    (collection.link("2026-03-31") / "data" / "acquisitions.csv").unlink()
    shown = told("2026-03-31", "latest")
    assert "acquisitions: has changed, and the rows of one side are no longer at hand" in shown


def test_the_rows_at_hand_stand_in_where_they_are_what_a_report_had(
    collection: Collection,
) -> None:
    from analysis import tables

    two(rows=ROWS)
    for day in ("2026-03-31", "2026-11-23"):
        folder = collection.link(day)
        (folder / "data" / "acquisitions.csv").unlink()
        record = json.loads((folder / "run.json").read_text(encoding="utf-8"))
        record["tables"] = {"acquisitions": tables.fingerprint("acquisitions", day)}
        (folder / "run.json").write_text(json.dumps(record), encoding="utf-8")
    (found,) = comparison.between(reports.find("2026-03-31"), reports.find("latest")).rows.changed
    known = [len(tables.text("acquisitions", day)) for day in ("2026-03-31", "2026-11-23")]
    assert (found.held, found.added, found.gone) == (known[0], known[1] - known[0], 0)


def test_parameter_sets_are_compared_on_what_both_put_to_the_test(collection: Collection) -> None:
    cost = LISTS | {"notebook": "02_cost"}
    report("a", claim("c01", "contradicted", LISTS), claim("c02", "contradicted", cost),
           claim("c03", "untestable"))  # fmt: skip
    report("b", claim("c01", "undecided", UNSURE_LISTS), claim("c02", "not yet tested"),
           claim("c03", "untestable"), kind="explore",
           notebooks={"03_price": {"top": 3}})  # fmt: skip
    found = comparison.between(reports.find("latest"), reports.find("b"))
    assert [one.claim for one in found.changes.verdicts] == ["c01"]
    assert found.left_out == ("c02", "c03")
    assert [(one.name, one.was, one.now) for one in found.parameters] == [("top", None, 3)]
    assert found.changes.verdicts[0].causes == ("parameter (top)",)
    shown = "\n".join(text.lines(found))
    assert "03_price top: null → 3" in shown and "2 claims rest on notebooks that only" in shown


def test_a_notebook_that_failed_is_not_compared(collection: Collection) -> None:
    two()
    path = collection.link("latest") / "run.json"
    record = json.loads(path.read_text(encoding="utf-8"))
    record["notebooks"][0]["status"] = "failed"
    path.write_text(json.dumps(record), encoding="utf-8")
    assert comparison.between(*map(reports.find, ("2026-03-31", "latest"))).left_out == ("c01",)
    assert "no claim that both put to the test" in told("2026-03-31", "latest")


def test_claims_that_enter_and_leave_are_told(collection: Collection) -> None:
    report("a", claim("c01", "contradicted", LISTS), as_of="2026-03-31")
    report("b", claim("c02", "contradicted", LISTS))
    shown = told("2026-03-31", "latest")
    assert "c02: entered; Prices of c02" in shown and "c01: left; Prices of c01" in shown


def test_a_member_of_the_family_competes_with_the_others_of_the_whole_report(
    collection: Collection, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Alone in its part its q is twelve times its p; with the other eleven it is less."""
    rule = {
        "decision": "interval", "kind": "trend", "unit": "factor per year", "rule": "r",
        "section": "Lead", "frozen_on": "2026-11-01", "knew": "nothing",
    }  # fmt: skip
    ends = {"supported_if": "low > 1", "contradicted_if": "high < 1"}
    estimand = {"sources": ["price_lists"], **ends}
    collection.ledger(
        *(
            rule | {"id": f"c{k:02}", "says": f"H{k}", "family": f"H{k}", "estimands": [estimand]}
            for k in range(1, 13)
        )
    )
    from analysis.claims.lock import rule_hash

    def record(name: str, notebook: str) -> dict[str, object]:
        kept = ("source", "estimate", "low", "high", "level", "unit", "n", "agree_share")
        return {
            "claim": name, "p_value": 0.02, "rule_hash": rule_hash(store.claims()[name]),
            "notebook": notebook, "cell": "r", "as_of": "2026-11-23", "reason": "",
            **{key: LISTS[key] for key in kept},
        }  # fmt: skip

    names = [f"c{k:02}" for k in range(1, 13)]
    whole = [record(n, "03_price" if n == "c01" else "02_cost") for n in names]
    rows = [claim(n, "contradicted", LISTS, family=f"H{int(n[1:])}", q=0.02) for n in names]
    link = report("a", *rows)
    (link / "evidence.json").write_text(json.dumps(whole), encoding="utf-8")
    alone = rows[0] | {"verdict": "undecided", "q": 0.24}
    link = report("b", alone, *rows[1:], kind="explore", notebooks={"03_price": {"top": 3}})
    (link / "evidence.json").write_text(json.dumps(whole[:1]), encoding="utf-8")
    found = comparison.between(reports.find("latest"), reports.find("b"))
    assert found.changes.verdicts == () and found.filled == "2026-11-23"
    assert found.after.state.claims["c01"].row["q"] == pytest.approx(0.02)
    assert "with the rest of it as in 2026-11-23" in "\n".join(text.lines(found))


def test_what_a_kept_state_is_compared_with_knows_the_rows_of_its_set(
    collection: Collection,
) -> None:
    two()
    before, after = (reports.find(name).state for name in ("2026-03-31", "latest"))
    folder = Path(collection.reports / "latest")
    (found,) = comparison.since(before, after, folder).verdicts
    assert found.causes == ("the day alone (2026-03-31 to 2026-11-23)",)
    gone = collection.link("2026-03-31")
    gone.rename(gone.with_name("moved"))
    (found,) = comparison.since(before, after, folder).verdicts
    assert found.causes == ("data (acquisitions)",)


def test_the_json_has_everything(collection: Collection) -> None:
    two(rows=ROWS[:1])
    found = comparison.between(reports.find("2026-03-31"), reports.find("latest"), 0.5)
    content = json.loads(json.dumps(text.as_dict(found)))
    assert content["before"]["as_of"] == "2026-03-31" and content["threshold"] == 0.5
    assert content["verdicts"][0]["why"].startswith("The estimate on price lists is now")
    assert content["estimates"] == [] and content["tables"][0]["gone"] == 1
    assert content["compared"] == ["c01"] and content["left_out"] == []
