"""One file over HTTPS from a server that cannot be trusted to behave."""

from __future__ import annotations

import random
import time
import zlib
from collections.abc import Collection
from dataclasses import dataclass
from types import TracebackType
from typing import Self

import httpx

from analysis.errors import InputError, UpstreamError
from analysis.refresh.deadline import Deadline

HOPS = 5
_PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})
_GONE = frozenset({404, 410})
_SLOW = "sends too slowly: the time for one file is over"
_AGENT = "compute-reckoning (reckon data refresh)"


@dataclass(frozen=True)
class Patience:
    """Time limits in seconds, and how often to try.

    ``connect`` and ``read`` bound one wait for the server, ``total`` one file with all tries.
    Before try n there is a random pause of half to all of ``pause`` × 2^(n-2), at most ``longest``.
    """

    tries: int = 4
    connect: float = 10
    read: float = 30
    total: float = 300
    pause: float = 1
    longest: float = 30


@dataclass(frozen=True)
class Answer:
    """What a server sent, unpacked."""

    content: bytes
    etag: str
    last_modified: str


class _PassingError(Exception):
    """May be over at the next try; ``wait`` is how long the server asked for, in seconds."""

    def __init__(self, problem: str, wait: float = 0) -> None:
        super().__init__(problem)
        self.wait = wait


class Fetcher:
    """A client for all files of one refresh; to be used in a ``with`` statement."""

    def __init__(self, base: str | None = None, patience: Patience | None = None) -> None:
        self._base, self._patience = _address(base), patience or Patience()
        timeout = httpx.Timeout(self._patience.read, connect=self._patience.connect)
        headers = {"User-Agent": _AGENT, "Accept-Encoding": "gzip"}
        alone = httpx.Limits(max_keepalive_connections=0)  # a deadline knows each from its start
        self._client = httpx.Client(
            timeout=timeout, headers=headers, limits=alone, follow_redirects=False
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._client.close()

    def get(
        self,
        url: str,
        *,
        types: Collection[str],
        limit: int,
        accept: str = "*/*",
        etag: str = "",
        last_modified: str = "",
    ) -> Answer | None:
        """Content at ``url``, or None if it is still that of ``etag`` or ``last_modified``.

        Raises:
            UpstreamError: no answer in time, gone, moved to another host, redirects in a circle,
                a content type not in ``types``, or more than ``limit`` bytes once unpacked.
        """
        known = {"If-None-Match": etag, "If-Modified-Since": last_modified}
        headers = {"Accept": accept} | {name: text for name, text in known.items() if text}
        with Deadline(self._patience.total) as deadline:
            for tried in range(1, self._patience.tries + 1):
                try:
                    return self._once(url, headers, types, limit, deadline)
                except _PassingError as error:
                    pause = max(self._pause(tried), min(error.wait, self._patience.longest))
                    if tried == self._patience.tries or deadline.over(pause):
                        raise UpstreamError(url, f"{error} (tries: {tried})") from error
                time.sleep(pause)
        raise AssertionError("unreachable: the last try returns or raises")

    def _pause(self, tried: int) -> float:
        longest = min(self._patience.longest, self._patience.pause * 2 ** (tried - 1))
        return longest * random.uniform(0.5, 1)

    def _once(
        self,
        url: str,
        headers: dict[str, str],
        types: Collection[str],
        limit: int,
        deadline: Deadline,
    ) -> Answer | None:
        target, extensions = self._mapped(url), {"trace": deadline.trace}
        try:
            for _ in range(HOPS + 1):
                with self._client.stream(
                    "GET", target, headers=headers, extensions=extensions
                ) as response:
                    if response.next_request is None:
                        return _read(response, url, types, limit, deadline, len(headers) > 1)
                    target = _same_host(url, target, response.next_request.url)
        except httpx.TimeoutException as error:
            raise _PassingError(f"no answer in time ({type(error).__name__})") from error
        except httpx.TransportError as error:
            if deadline.over():
                raise UpstreamError(url, _SLOW) from error
            raise _PassingError(f"{type(error).__name__}: {error}") from error
        raise UpstreamError(url, f"redirects in a circle, or more than {HOPS} times")

    def _mapped(self, url: str) -> httpx.URL:
        try:
            target = httpx.URL(url)
        except httpx.InvalidURL as error:
            raise UpstreamError(url, f"is not an address: {error}") from error
        if target.scheme != "https":
            raise UpstreamError(url, "is not an https address")
        if self._base is None:
            return target
        return httpx.URL(f"{self._base}/{target.host}{target.raw_path.decode()}")


def _address(base: str | None) -> str | None:
    """``base`` without its last slash; InputError if it is no http(s) address."""
    if base is None:
        return None
    try:
        found = httpx.URL(base)
    except httpx.InvalidURL as error:
        raise InputError("base", f"{base!r} is not an address: {error}") from error
    if found.scheme not in ("http", "https") or not found.host:
        raise InputError("base", f"{base!r} is not an http or https address")
    return base.rstrip("/")


def _same_host(url: str, old: httpx.URL, new: httpx.URL) -> httpx.URL:
    if (new.scheme, new.host, new.port) == (old.scheme, old.host, old.port):
        return new
    todo = "look at what is there, then change the address in analysis/sources"
    raise UpstreamError(url, f"moved to {new.copy_with(query=None)}; {todo}")


def _read(
    response: httpx.Response,
    url: str,
    types: Collection[str],
    limit: int,
    deadline: Deadline,
    conditional: bool,
) -> Answer | None:
    """The body of a final answer, checked before and while it is read."""
    status = response.status_code
    if status == 304 and conditional:
        return None
    if status in _PASSING:
        asked = response.headers.get("retry-after", "")
        raise _PassingError(f"answers {status}", float(asked) if asked.isdecimal() else 0)
    if status != 200:
        gone = " (it was moved or taken down)" if status in _GONE else ""
        raise UpstreamError(url, f"answers {status}{gone}")
    kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in types:
        raise UpstreamError(url, f"sends {kind or 'no content type'}, not {' or '.join(types)}")
    content = _body(response, url, limit, deadline)
    if not content.strip():
        raise UpstreamError(url, "sends an empty file")
    about = (response.headers.get(name, "") for name in ("etag", "last-modified"))
    return Answer(content, *about)


def _body(response: httpx.Response, url: str, limit: int, deadline: Deadline) -> bytes:
    """All bytes, unpacked by ourselves so that no chunk can swell beyond ``limit``."""
    encoding = response.headers.get("content-encoding", "identity").lower()
    if encoding not in ("identity", "gzip"):
        raise UpstreamError(url, f"sends content packed as {encoding}, which nobody asked for")
    unpacker = zlib.decompressobj(31) if encoding == "gzip" else None
    found = bytearray()
    for chunk in response.iter_raw():
        if deadline.over():
            raise UpstreamError(url, _SLOW)
        try:
            room = limit - len(found) + 1
            found += unpacker.decompress(chunk, room) if unpacker else chunk
        except zlib.error as error:
            raise _PassingError(f"sends broken gzip: {error}") from error
        if len(found) > limit:
            raise UpstreamError(url, f"sends more than {limit} bytes")
    if deadline.over():  # whose shut connection looks like the end of a file without a length
        raise UpstreamError(url, _SLOW)
    if unpacker and not unpacker.eof:
        raise _PassingError("the packed file ends too early")
    return bytes(found)
