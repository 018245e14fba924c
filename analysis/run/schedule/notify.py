"""Messages through apprise: one a run at most, kept for the next run where they do not arrive."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from analysis.errors import InputError
from analysis.run.schedule import store

_KEPT = 20


@dataclass(frozen=True)
class Message:
    """What is sent; ``failure`` is the kind that services show in red."""

    title: str
    body: str
    failure: bool


@dataclass(frozen=True)
class Sent:
    """An attempt; ``to`` is the address with its secrets masked."""

    to: str
    title: str
    delivered: bool


def undelivered() -> Path:
    return store.folder() / "undelivered.json"


class Notifier:
    """Addresses to tell.

    Raises:
        InputError: when apprise knows no such address; the message shows its scheme alone,
            because the rest may be a secret.
    """

    def __init__(self, urls: Sequence[str]) -> None:
        self._to: dict[str, Any] = {}
        for url in urls:
            self._to[_key(url)] = _service(url)

    def deliver(self, message: Message | None) -> list[Sent]:
        """Sends what earlier runs could not, then ``message``; remembers what does not arrive.

        An address that is no longer given gets nothing more.
        """
        waiting = [(key, kept) for key, kept in _waiting() if key in self._to]
        if message is not None:
            waiting += [(key, message) for key in self._to]
        done = [(key, one, _send(self._to[key], one)) for key, one in waiting]
        _remember([(key, one) for key, one, arrived in done if not arrived])
        return [Sent(self._to[key].url(privacy=True), one.title, ok) for key, one, ok in done]


def _service(url: str) -> Any:
    import apprise  # a tenth of a second that only scheduled runs need

    with warnings.catch_warnings():  # apprise loads its services here, and one uses imghdr
        warnings.simplefilter("ignore", DeprecationWarning)
        service = apprise.Apprise.instantiate(url, suppress_exceptions=True)
    if service is None:
        shown = f"{url.partition('://')[0]}://…" if "://" in url else "without a scheme"
        raise InputError("--on-change", f"apprise knows no such address ({shown})")
    return service


def _send(service: Any, message: Message) -> bool:
    import apprise

    kind = apprise.NotifyType.FAILURE if message.failure else apprise.NotifyType.INFO
    one = apprise.Apprise()
    one.add(service)
    try:
        return bool(
            one.notify(
                body=message.body,
                title=message.title,
                notify_type=kind,
                body_format=apprise.NotifyFormat.TEXT,
            )
        )
    except Exception:  # of any service's own making: no reason to fail a run that went well
        return False


def _key(url: str) -> str:
    """Stands for an address on disk, where its secrets have no place."""
    return sha256(url.encode()).hexdigest()[:20]


def _waiting() -> list[tuple[str, Message]]:
    found = store.read(undelivered())
    try:
        return [(item["to"], Message(**item["message"])) for item in found or ()]
    except (KeyError, TypeError):
        return []


def _remember(missed: Sequence[tuple[str, Message]]) -> None:
    if missed:
        content = [{"to": key, "message": asdict(one)} for key, one in missed[-_KEPT:]]
        store.write(undelivered(), content)
    else:
        undelivered().unlink(missing_ok=True)
