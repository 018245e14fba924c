"""The parent of kernels starts before the plan only where most has to run for sure."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.run import ahead, parameters, plan
from analysis.run.warm import parent


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("RECKON_ROOT", str(tmp_path))
    folder = tmp_path / "reports" / ".cache"
    folder.mkdir(parents=True)
    return folder


@pytest.mark.skipif(parent.why_not() is not None, reason=str(parent.why_not()))
def test_where_nothing_ran_yet_or_all_is_forced(cache: Path) -> None:
    with ahead.begun([], force=False) as early:
        assert early is not None and Path(early.address).is_socket()
    assert not Path(early.address).exists()
    (cache / "recent-01_a.json").write_text("[]")
    with ahead.begun(["02_b", "notebooks/03_c.ipynb"], force=False) as early:
        assert early is not None
    with ahead.begun([], force=True) as early:
        assert early is not None


def test_not_where_it_may_be_in_vain(cache: Path) -> None:
    with ahead.begun(["01_a"], force=True) as early:
        assert early is None  # a single kernel would wait for it as long as for its own imports
    (cache / "recent-01_a.json").write_text("[]")
    for names in ([], ["notebooks/01_a.ipynb", "02_b"]):
        with ahead.begun(names, force=False) as early:
            assert early is None


def test_kernels_do_not_get_what_only_the_worker_imports() -> None:
    modules = plan.task("01_article_audit", parameters.check("01_article_audit")).modules
    assert "analysis.claims.ledger" in modules
    assert not {"analysis.run.execute", "analysis.run.draft"} & set(modules)
