"""From live upstreams to new snapshots and tables: nothing is replaced until all checks passed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from analysis.refresh.fetch import Patience
    from analysis.refresh.outcome import Outcome


def refresh(
    sources: Sequence[str] | None = None,
    *,
    base: str | None = None,
    patience: Patience | None = None,
) -> Outcome:
    """Ask the live upstreams of ``sources`` (default: all) for something newer.

    Each upstream is fetched into a copy of the data folder, where the tables that use it are
    built, checked and compared with those held. One that cannot be reached, shrank, moved or
    changed shape is a problem of its own and leaves its data as they are. What passed is put
    in place together, in one step.

    Args:
        sources: Names of modules in ``analysis/sources`` that have live upstreams.
        base: A server that answers for all of them: ``https://host/path`` is asked for as
            ``base/host/path``. May be plain HTTP.
        patience: Time limits and retries.

    Raises:
        UnknownNameError: no such source.
        InputError: a source without a live upstream, or a ``base`` that is no address.
        UpstreamError: another refresh is running, or the data were edited meanwhile.
    """
    from analysis.refresh.run import refresh as run

    return run(sources, base=base, patience=patience)
