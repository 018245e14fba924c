"""How a reader of a notebook's page gets the notebook itself, and runs it."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from analysis import paths
from analysis.run.runset import NotebookResult, RunSet

BINDER = "https://mybinder.org/v2"
_HOSTS = {"github.com": "gh", "gitlab.com": "gl"}
_NAMES = ("Repository", "repository", "Source", "source")


@dataclass(frozen=True)
class Ways:
    """``download`` is the executed notebook within the site, empty where there is none; ``binder``
    opens the collection's own in a browser, empty where no repository is known."""

    download: str
    size: str
    commands: tuple[str, ...]
    binder: str


def ways(run: RunSet, result: NotebookResult, repository: str) -> Ways:
    """The ways of one notebook; the commands are for a checkout that the download lies in."""
    name, there = result.path.name, result.path.is_file()
    return Ways(
        download=quote(result.path.relative_to(run.folder).as_posix()) if there else "",
        size=_size(result.path.stat().st_size) if there else "",
        commands=("make setup-lab", f".venv-lab/bin/jupyter lab {name}") if there else (),
        binder=binder(repository, f"notebooks/{result.name}.ipynb"),
    )


def repository() -> str:
    """The web address of the public repository, from ``[project.urls]`` in ``pyproject.toml``.

    Empty where none is named: the project does not guess where its copies are published.
    """
    try:
        content = tomllib.loads((paths.root() / "pyproject.toml").read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError):
        return ""
    urls = content.get("project", {}).get("urls", {})
    return next((str(urls[name]) for name in _NAMES if name in urls), "")


def binder(repository: str, notebook: str) -> str:
    """The address at which mybinder.org opens a notebook of the newest commit in JupyterLab.

    Binder makes the environment from ``environment.yml``. Empty without an https repository.
    """
    address = urlsplit(repository)
    if address.scheme != "https" or not address.netloc or not address.path.strip("/"):
        return ""
    place = address.path.strip("/").removesuffix(".git")
    kind = _HOSTS.get(address.netloc, "git")
    spec = {"gh": place, "gl": quote(place, safe="")}.get(kind, quote(repository, safe=""))
    return f"{BINDER}/{kind}/{spec}/HEAD?urlpath={quote(f'lab/tree/{notebook}', safe='')}"


def _size(count: int) -> str:
    return f"{count / 1e6:.1f} MB" if count >= 1e6 else f"{max(1, round(count / 1e3))} kB"
