"""Two full runs of the real collection are the same but for the run record."""

from __future__ import annotations

from pathlib import Path

import pytest
from collection_copy import Copy

from analysis.claims import store, summary


@pytest.mark.slow
def test_two_full_runs_give_the_same_bytes(tmp_path: Path) -> None:
    copy = Copy(tmp_path)
    first = copy.run()
    second = copy.run()
    assert {"index.html", "evidence.json", "claims.json", "99_verdict.html"} <= first.keys()
    assert first == second


def test_committed_summary_is_whole() -> None:
    committed = summary.read()
    assert committed["headline"]["claims"] == len(committed["verdicts"])
    tested = {claim.notebook for claim in store.claims().values() if not claim.untestable}
    assert {record["notebook"] for record in committed["evidence"]} == tested
