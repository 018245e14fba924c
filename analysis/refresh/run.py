"""A refresh from beginning to end: fetch, build in a copy, check, compare, then replace."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from analysis import build, origin, paths, registry
from analysis.errors import DataError, InputError, ReckonError, UnknownNameError, UpstreamError
from analysis.files import read_csv, sha256, write_atomic
from analysis.refresh import diff, swap
from analysis.refresh.arrive import NothingNew, arrive
from analysis.refresh.diff import TableDiff
from analysis.refresh.fetch import Fetcher, Patience
from analysis.refresh.outcome import Found, Outcome
from analysis.run import scratch
from analysis.schemas import Table
from analysis.sources.live import BY_HAND, Declared, File, Live, Package

_PARTS = ("snapshots", "curated", "tables")


def refresh(
    sources: Sequence[str] | None = None,
    *,
    base: str | None = None,
    patience: Patience | None = None,
) -> Outcome:
    """See ``analysis.refresh.refresh``."""
    chosen, data = _chosen(sources), paths.data()
    with Fetcher(base, patience) as fetcher, swap.lock(data):
        swap.finish(data)
        with scratch.folder() as folder:  # a copy of the data, which the next run finds if killed
            return _Refresh(folder, data, fetcher).run(chosen)


def declared(source: str) -> Declared:
    """What ``source`` declares of its upstream; UnknownNameError if there is no such source."""
    try:
        module = registry.modules()[registry.MODULES.index(source)]
    except ValueError:
        raise UnknownNameError("source", source, registry.MODULES) from None
    found: Declared = getattr(module, "LIVE", BY_HAND)
    return found


def _chosen(sources: Sequence[str] | None) -> list[str]:
    for source in sources or ():
        if isinstance(reason := declared(source), str):
            raise InputError("source", f"{source} has no live upstream: it {reason}")
    return list(dict.fromkeys(sources)) if sources else list(registry.MODULES)


@dataclass
class _Refresh:
    """The state of one refresh: ``stage / "good"`` holds the data with all that passed so far."""

    stage: Path
    data: Path
    fetcher: Fetcher

    def run(self, sources: Sequence[str]) -> Outcome:
        before = _state(self.data)
        _copy(self.data, self.stage / "good" / "data")
        found = [one for source in sources for one in self._source(source)]
        files = self._new_files(before) if any(one.status == "changed" for one in found) else {}
        if files:
            if edited := _edited(before, _state(self.data)):
                problem = f"was edited while new data were fetched ({edited}); refresh again"
                raise UpstreamError(self.data, problem)
            swap.replace(self.data, files)
        return Outcome(tuple(found), tuple(sorted(files)))

    def _source(self, source: str) -> list[Found]:
        live = declared(source)
        if isinstance(live, str):
            return [Found(source, "", "not live", live)]
        return [self._upstream(source, one) for one in live]

    def _upstream(self, source: str, live: Live) -> Found:
        """Try one upstream on a copy of the good data, which takes its place if all is well."""
        what, attempt = _name(live), self.stage / "attempt"
        shutil.rmtree(attempt, ignore_errors=True)
        _copy(self.stage / "good" / "data", attempt / "data")
        module = registry.modules()[registry.MODULES.index(source)]
        try:
            new = arrive(live, module, attempt / "data", self.fetcher, date.today())
            with paths.at(attempt):
                tables = _rebuild(attempt / "data", new, live)
        except NothingNew as nothing:
            return Found(source, what, "nothing new", str(nothing))
        except (ReckonError, OSError) as error:
            says = str(error).replace(f"{attempt.resolve()}/", "").replace(f"{attempt}/", "")
            return Found(source, what, "problem", says)
        except origin.UNREADABLE as error:
            says = f"{what}: cannot be read: {type(error).__name__}: {error}"
            return Found(source, what, "problem", says)
        shutil.rmtree(self.stage / "good")
        attempt.rename(self.stage / "good")
        return Found(source, what, "changed", "", tuple(sorted(new)), tuple(tables))

    def _new_files(self, before: dict[str, str]) -> dict[str, bytes]:
        """What differs from the data held, with the files that speak of all tables."""
        good = self.stage / "good"
        with paths.at(good):
            build.write_indexes()
        return {
            path: (good / "data" / path).read_bytes()
            for path, content in _state(good / "data").items()
            if before.get(path) != content
        }


def _rebuild(data: Path, new: Sequence[str], live: Live) -> list[TableDiff]:
    """Build, check and write the tables that use the new files; returns what changed in them."""
    diffs = []
    for table in _users(data, new):
        file = data / "tables" / f"{table.name}.csv"
        built = build.make(table)
        before, after = read_csv(file.read_bytes(), file), read_csv(built.content, file)
        found = diff.compare(table, before, after)
        diff.check(found, live)
        write_atomic(file, built.content)
        write_atomic(file.with_suffix(".meta.yaml"), built.meta)
        diffs.append(found)
    if not diffs:
        raise DataError("no table uses this file", file=", ".join(new))
    return diffs


def _users(data: Path, new: Sequence[str]) -> list[Table]:
    """Tables that read one of the files; for a file that none knows yet, those of its folder."""
    import yaml

    reads = {}
    for name in registry.tables():
        about = yaml.safe_load((data / "tables" / f"{name}.meta.yaml").read_text(encoding="utf-8"))
        reads[name] = {entry["path"] for entry in about["sources"]}
    known = set().union(*reads.values())
    folders = {str(Path(path).parent) for path in new if path not in known}
    return [
        registry.table(name)
        for name, read in reads.items()
        if read & set(new) or folders & {str(Path(path).parent) for path in read}
    ]


def _name(live: Live) -> str:
    if isinstance(live, File):
        return live.url
    return live.name if isinstance(live, Package) else live.path


def _copy(data: Path, copy: Path) -> None:
    shutil.copytree(data, copy, ignore=shutil.ignore_patterns(".refresh*"))


def _state(data: Path) -> dict[str, str]:
    """Hash of every file that a build reads or writes."""
    files = [file for part in _PARTS for file in (data / part).rglob("*")]
    files += [file for file in data.iterdir() if not file.name.startswith(".")]
    return {
        file.relative_to(data).as_posix(): sha256(file.read_bytes())
        for file in files
        if file.is_file()
    }


def _edited(before: dict[str, str], now: dict[str, str]) -> str:
    names = [path for path in before | now if before.get(path) != now.get(path)]
    return ", ".join(sorted(names)[:4])
