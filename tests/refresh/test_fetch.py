"""One file from a server that misbehaves."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from misbehaving import Reply, Server, zipped

from analysis.errors import InputError, UpstreamError
from analysis.refresh.fetch import HOPS, Answer, Fetcher, Patience

URL, PATH = "https://data.example/f.csv?id=1", "/data.example/f.csv?id=1"
TABLE = b"day,value\n2026-01-01,1\n"
Get = Callable[..., Answer | None]


@pytest.fixture
def get(server: Server, hasty: Patience) -> Iterator[Get]:
    with Fetcher(server.url, hasty) as fetcher:

        def ask(**options: object) -> Answer | None:
            return fetcher.get(URL, **({"types": ("text/csv",), "limit": 10_000} | options))  # type: ignore[arg-type]

        yield ask


def test_a_good_answer_comes_with_what_tells_it_from_the_next(server: Server, get: Get) -> None:
    dated = {"ETag": '"a1"', "Last-Modified": "Mon, 23 Nov 2026 10:00:00 GMT"}
    server.on(PATH, Reply(TABLE, headers=dated))
    assert get() == Answer(TABLE, '"a1"', "Mon, 23 Nov 2026 10:00:00 GMT")


def test_not_modified_is_asked_for_and_understood(server: Server, get: Get) -> None:
    server.on(PATH, Reply(status=304))
    assert get(etag='"a1"', last_modified="Mon, 23 Nov 2026 10:00:00 GMT") is None
    sent = server.asked[0][1]
    assert sent["If-None-Match"] == '"a1"'
    assert sent["If-Modified-Since"] == "Mon, 23 Nov 2026 10:00:00 GMT"


def test_not_modified_without_being_asked_is_a_problem(server: Server, get: Get) -> None:
    server.on(PATH, Reply(status=304))
    with pytest.raises(UpstreamError, match="answers 304"):
        get()


@pytest.mark.parametrize("status", [500, 502, 503, 504, 429, 408])
def test_passing_trouble_is_waited_for(server: Server, get: Get, status: int) -> None:
    server.on(PATH, Reply(status=status), Reply(status=status), Reply(TABLE))
    answer = get()
    assert answer is not None and answer.content == TABLE
    assert server.count(PATH) == 3


def test_trouble_without_end_is_reported_after_the_last_try(server: Server, get: Get) -> None:
    server.on(PATH, Reply(status=500))
    with pytest.raises(UpstreamError, match=r"data\.example/f\.csv.*answers 500 \(tries: 3\)"):
        get()
    assert server.count(PATH) == 3


def test_a_wait_that_the_server_asks_for_is_bounded(server: Server, get: Get) -> None:
    server.on(PATH, Reply(status=503, headers={"Retry-After": "86400"}), Reply(TABLE))
    assert get() is not None


@pytest.mark.parametrize("status", [404, 410])
def test_what_is_gone_is_not_asked_for_again(server: Server, get: Get, status: int) -> None:
    server.on(PATH, Reply(status=status))
    with pytest.raises(UpstreamError, match="moved or taken down"):
        get()
    assert server.count(PATH) == 1


@pytest.mark.parametrize("status", [400, 401, 403, 204, 206])
def test_other_answers_are_no_file(server: Server, get: Get, status: int) -> None:
    server.on(PATH, Reply(status=status))
    with pytest.raises(UpstreamError, match=f"answers {status}"):
        get()


def test_a_silent_server_is_left_after_the_last_try(server: Server, get: Get) -> None:
    server.on(PATH, Reply(TABLE, silence=30))
    with pytest.raises(UpstreamError, match=r"no answer in time.*tries: 3"):
        get()


@pytest.mark.parametrize(
    "slow",
    [
        Reply(TABLE * 100, drip=0.05),
        Reply(TABLE * 100, drip=0.05, length=-1),
        Reply(TABLE, begin=0.05),
        Reply(TABLE[:1] * 20, drip=0.35, length=-1),
    ],
    ids=["body", "body without a length", "headers", "body that is shut between its bytes"],
)
def test_bytes_that_drip_do_not_hold_us_for_ever(
    server: Server, hasty: Patience, slow: Reply
) -> None:
    server.on(PATH, slow)
    with (
        Fetcher(server.url, replace(hasty, total=0.5)) as fetcher,
        pytest.raises(UpstreamError, match="too slowly"),
    ):
        fetcher.get(URL, types=("text/csv",), limit=10_000)


def test_a_file_that_ends_early_is_fetched_again(server: Server, get: Get) -> None:
    server.on(PATH, Reply(TABLE[:9], length=len(TABLE)), Reply(TABLE))
    answer = get()
    assert answer is not None and answer.content == TABLE


def test_a_file_that_always_ends_early_is_never_taken(server: Server, get: Get) -> None:
    server.on(PATH, Reply(TABLE[:9], length=len(TABLE)))
    with pytest.raises(UpstreamError, match="RemoteProtocolError"):
        get()


def test_a_packed_file_is_unpacked(server: Server, get: Get) -> None:
    server.on(PATH, zipped(TABLE))
    answer = get()
    assert answer is not None and answer.content == TABLE


@pytest.mark.parametrize("cut", [slice(0, -6), slice(3, None)])
def test_a_packed_file_that_is_broken_is_refused(server: Server, get: Get, cut: slice) -> None:
    broken = gzip.compress(TABLE)[cut]
    server.on(PATH, Reply(broken, headers={"Content-Encoding": "gzip"}))
    with pytest.raises(UpstreamError, match=r"gzip|ends too early"):
        get()


def test_a_gzip_bomb_is_stopped_at_the_limit(server: Server, get: Get) -> None:
    bomb = zipped(b"\0" * 50_000_000)
    assert len(bomb.body) < 60_000
    server.on(PATH, bomb)
    with pytest.raises(UpstreamError, match="more than 10000 bytes"):
        get()


def test_a_gzip_bomb_takes_no_memory(server: Server, get: Get) -> None:
    import tracemalloc

    server.on(PATH, zipped(b"\0" * 200_000_000))
    tracemalloc.start()
    try:
        with pytest.raises(UpstreamError, match="more than 10000 bytes"):
            get()
        assert tracemalloc.get_traced_memory()[1] < 20_000_000
    finally:
        tracemalloc.stop()


def test_packing_nobody_asked_for_is_refused(server: Server, get: Get) -> None:
    server.on(PATH, Reply(TABLE, headers={"Content-Encoding": "br"}))
    with pytest.raises(UpstreamError, match="packed as br"):
        get()


def test_a_body_too_large_is_stopped(server: Server, get: Get) -> None:
    server.on(PATH, Reply(b"x" * 10_001))
    with pytest.raises(UpstreamError, match="more than 10000 bytes"):
        get()


@pytest.mark.parametrize("kind", ["text/html", "application/json", ""])
def test_another_content_type_is_refused(server: Server, get: Get, kind: str) -> None:
    server.on(PATH, Reply(b"<html>maintenance</html>", kind=kind))
    with pytest.raises(UpstreamError, match="not text/csv"):
        get()


def test_an_empty_file_is_refused(server: Server, get: Get) -> None:
    server.on(PATH, Reply(b" \n"))
    with pytest.raises(UpstreamError, match="empty"):
        get()


def test_a_redirect_on_the_same_host_is_followed(server: Server, get: Get) -> None:
    server.on(PATH, Reply(status=302, headers={"Location": "/data.example/new.csv"}))
    server.on("/data.example/new.csv", Reply(TABLE))
    answer = get()
    assert answer is not None and answer.content == TABLE


def test_redirects_in_a_circle_end(server: Server, get: Get) -> None:
    server.on(PATH, Reply(status=302, headers={"Location": PATH}))
    with pytest.raises(UpstreamError, match="in a circle"):
        get()
    assert server.count(PATH) == HOPS + 1


@pytest.mark.parametrize("target", ["https://elsewhere.example/f.csv", "//elsewhere.example/f"])
def test_a_redirect_to_another_host_is_reported_and_not_followed(
    server: Server, get: Get, target: str
) -> None:
    server.on(PATH, Reply(status=301, headers={"Location": target}))
    with pytest.raises(UpstreamError, match=r"moved to https?://elsewhere\.example"):
        get()


def test_a_redirect_that_is_no_address_is_a_problem(server: Server, get: Get) -> None:
    server.on(PATH, Reply(status=301, headers={"Location": "https://:x:/"}))
    with pytest.raises(UpstreamError):
        get()


def test_a_server_that_is_not_there_is_a_problem(hasty: Patience) -> None:
    with (
        Fetcher("http://127.0.0.1:1", hasty) as fetcher,
        pytest.raises(UpstreamError, match=r"ConnectError.*tries: 3"),
    ):
        fetcher.get(URL, types=("text/csv",), limit=10)


def test_what_an_index_calls_an_address_may_be_none(hasty: Patience) -> None:
    with Fetcher(None, hasty) as fetcher, pytest.raises(UpstreamError, match="is not an address"):
        fetcher.get("https://data.example:port/f.whl", types=("text/csv",), limit=10)


def test_only_https_is_asked(hasty: Patience) -> None:
    with Fetcher(None, hasty) as fetcher, pytest.raises(UpstreamError, match="not an https"):
        fetcher.get("http://data.example/f.csv", types=("text/csv",), limit=10)


@pytest.mark.parametrize("base", ["ftp://mirror.example", "mirror.example", "", "http://[::"])
def test_a_base_that_is_no_address_is_bad_input(base: str) -> None:
    with pytest.raises(InputError, match="base"):
        Fetcher(base)
