"""Multilateral price indices: all periods at once, free of chain drift."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from analysis.errors import InputError
from analysis.methods import validate
from analysis.methods._price_panel import Matrix, PriceIndex, PricePanel, columns, pivot

METHODS = ("geks", "ccdi", "tpd", "geks_jevons")
SPLICES = ("mean", "movement")


def multilateral(
    panel: pd.DataFrame, *, method: str = "geks", window: int | None = None, splice: str = "mean"
) -> PriceIndex:
    """Transitive index over all periods, or over a rolling window of ``window`` periods.

    GEKS: the levels whose log differences lie nearest, by least squares, to the logs of all
    bilateral indices; with every pair of periods comparable this is
    P(0, t) = Π_l [P(0, l) P(l, t)]^(1 / T). ``geks`` uses Fisher, ``ccdi`` Törnqvist and
    ``geks_jevons`` Jevons indices of the matched items. Pairs without a common item are left
    out (``missing_pairs``); the others bridge them.

    ``tpd``: time-product dummies, ln p_it = δ_t + b_i + ε by weighted least squares, weights
    the expenditure shares of the period, or 1 without a quantity column.

    A rolling window keeps published values: a new period t is spliced on by
    ``movement``, I_t = I_(t-1) W_t / W_(t-1), or by ``mean``, the geometric mean of
    I_l W_t / W_l over the published periods l of the window. A window as long as the panel or
    longer never rolls.

    Args:
        panel: one row a period and item: period, item, price, quantity; all positive.
        method: ``geks``, ``ccdi``, ``tpd`` or ``geks_jevons``; the first two need quantities.
        window: length of the rolling window in periods, at least 2; None for the whole panel.
        splice: ``mean`` or ``movement``.

    Cost: periods² × items multiplications in matrix products, memory periods × items.

    Raises:
        InputError: for a bad panel, or periods that no chain of common items links to the
            first period (of the window).

    Source: Ivancic, Diewert and Fox (2011), J. Econometrics 161:24; Caves, Christensen and
    Diewert (1982); Diewert and Fox (2022), JBES 40:355 (mean splice); Chessa (2021) (splicing
    on published levels).
    """
    validate.choice("method", method, METHODS)
    validate.choice("splice", splice, SPLICES)
    if window is not None:
        validate.count("window", window, minimum=2)
    columns("panel", panel, ["period"])
    weighted = method in {"geks", "ccdi"} or (method == "tpd" and "quantity" in panel)
    matrices = pivot(panel, weighted=weighted)
    present, count = matrices.present.astype(float), len(matrices.periods)
    shared = present @ present.T > 0
    log_index = _roll(_levels(method, matrices, shared), count, window, splice)
    compared = np.tri(count, k=-1) > np.tri(count, k=-(window or count))
    return PriceIndex(
        method=method if window is None else f"{method} over {window} periods",
        series=pd.Series(np.exp(log_index), index=matrices.periods, name=method),
        matched=pd.Series(_matched(matrices), index=matrices.periods, name="matched"),
        missing_pairs=int(np.count_nonzero(compared & ~shared)),
    )


def _matched(panel: PricePanel) -> np.ndarray:
    return np.asarray((panel.present & (panel.present.sum(axis=0) > 1)).sum(axis=1))


def _levels(method: str, panel: PricePanel, shared: Matrix) -> Callable[[slice], np.ndarray]:
    """The function from a window to its log levels; ``shared`` marks pairs with common items."""
    if method == "tpd":
        weights, centred = _expenditure_shares(panel), _centred_logs(panel)
        return lambda rows: _time_product_dummy(weights[rows], centred[rows], panel.periods[rows])
    logs = {"geks": _log_fisher, "ccdi": _log_tornqvist, "geks_jevons": _log_jevons}[method]
    with np.errstate(divide="ignore", invalid="ignore"):  # pairs without overlap, masked next
        pairs = np.where(shared, logs(panel), 0.0)

    def geks(rows: slice) -> np.ndarray:
        links = shared[rows, rows].astype(float)
        np.fill_diagonal(links, 0.0)
        pulls = (links * pairs[rows, rows]).sum(axis=0)
        return _solve(links, pulls, panel.periods[rows])

    return geks


def _log_fisher(panel: PricePanel) -> Matrix:
    prices, quantities = np.nan_to_num(panel.prices), np.nan_to_num(panel.quantities)
    laspeyres = (quantities @ prices.T) / ((quantities * prices) @ panel.present.T.astype(float))
    return (np.log(laspeyres) - np.log(laspeyres).T) / 2


def _log_tornqvist(panel: PricePanel) -> Matrix:
    values = np.nan_to_num(panel.prices * panel.quantities)
    logs, present = _centred_logs(panel), panel.present.T.astype(float)
    base_weighted = (values @ logs.T - (values * logs) @ present) / (values @ present)
    return (base_weighted - base_weighted.T) / 2


def _log_jevons(panel: PricePanel) -> Matrix:
    logs, present = _centred_logs(panel), panel.present.astype(float)
    sums = present @ logs.T
    return (sums - sums.T) / (present @ present.T)


def _centred_logs(panel: PricePanel) -> Matrix:
    """Log prices less their item's mean, 0 where absent: differences keep their digits."""
    logs = np.log(panel.prices)
    return np.nan_to_num(logs - np.nanmean(logs, axis=0))


def _expenditure_shares(panel: PricePanel) -> Matrix:
    if not panel.weighted:
        return panel.present.astype(float)
    values = np.nan_to_num(panel.prices * panel.quantities)
    return values / values.sum(axis=1, keepdims=True)


def _time_product_dummy(weights: Matrix, logs: Matrix, periods: pd.Index) -> np.ndarray:
    """Period effects after the item effects are swept out of the normal equations."""
    total = weights.sum(axis=0)
    per_total = np.divide(weights, total, where=total > 0, out=np.zeros_like(weights))
    links = per_total @ weights.T
    pulls = (weights * (logs - (per_total * logs).sum(axis=0))).sum(axis=1)
    np.fill_diagonal(links, 0.0)
    return _solve(links, pulls, periods)


def _solve(links: Matrix, pulls: np.ndarray, periods: pd.Index) -> np.ndarray:
    """Levels d, d_0 = 0, of least squares on a graph: Σ_s links_st (d_t - d_s) = pulls_t."""
    reached = np.arange(len(links)) == 0
    for _ in links:
        reached |= (links[reached] > 0).any(axis=0)
    if not reached.all():
        lost = periods[int(reached.argmin())]
        raise InputError("panel", f"no chain of common items links period {lost} to {periods[0]}")
    laplacian = np.diag(links.sum(axis=0)) - links
    return np.concatenate([[0.0], np.linalg.solve(laplacian[1:, 1:], pulls[1:])])


def _roll(
    levels: Callable[[slice], np.ndarray], periods: int, window: int | None, splice: str
) -> np.ndarray:
    width = min(window or periods, periods)
    published = list(levels(slice(0, width)))
    for end in range(width, periods):
        inside = levels(slice(end - width + 1, end + 1))
        steps = np.array(published[end - width + 1 :]) + inside[-1] - inside[:-1]
        published.append(float(steps[-1] if splice == "movement" else steps.mean()))
    return np.array(published)
