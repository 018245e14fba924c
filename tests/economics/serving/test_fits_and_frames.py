"""Errors by regime, shapes of generators, frames against images."""

from __future__ import annotations

import numpy as np
import pytest
from serving_frames import DENSE, H100, SPARSE, generation_times, timings, video_models

from analysis import tables
from analysis.claims.answer import attempt
from analysis.economics.serving import fits, frames, images, shapes
from analysis.economics.serving.chips import Model
from analysis.economics.serving.shapes import Generator
from analysis.errors import InputError


def test_dense_and_sparse_models_get_their_own_efficiencies() -> None:
    fitted = fits.fit(timings(), H100)
    assert fitted.dense.efficiencies.compute == pytest.approx(DENSE.compute, rel=1e-3)
    assert fitted.sparse.efficiencies.compute == pytest.approx(SPARSE.compute, rel=1e-3)
    assert fitted.of("qwen3-30b-a3b") is fitted.sparse and fitted.of("llama3-8b") is fitted.dense
    both = fits.summary(fitted, timings()).set_index("fit")["median_error"]
    assert both["all together"] > both["dense models"]


def test_the_worst_case_of_a_regime_is_named() -> None:
    table = timings()
    slow = (table["model"] == "qwen2.5-32b") & (table["phase"] == "prefill")
    table.loc[slow, "step_ms"] *= 1.5
    errors = fits.by_regime(fits.fit(table, H100)).set_index(["models", "phase"])
    assert "qwen2.5-32b" in errors.loc[("dense", "prefill"), "worst_case"]
    assert errors.loc[("sparse", "decode"), "largest_error"] < 1e-3
    assert errors["timings"].sum() == len(table)


def test_no_timings_no_fit() -> None:
    with pytest.raises(InputError, match="known by then"):
        fits.fit(timings().iloc[:0], H100)
    with pytest.raises(InputError, match="known by then"):
        fits.fit(timings(), None)
    assert shapes.h100(tables.load("accelerators", as_of="2021-01-01")) is None


def test_tokens_of_a_clip_are_those_that_were_timed() -> None:
    """32,760 and 75,600 latent tokens, as counted beside the timings; LTX-Video: 6,144."""
    found = shapes.generators(video_models())
    assert found["Wan2.1 14B"].tokens(832, 480, 81) == 32_760
    assert found["Wan2.1 14B"].tokens(1280, 720, 81) == 75_600
    assert found["Packed"].tokens(768, 512, 121) == 6_144
    assert found["Wan2.1 14B"].tokens(1920, 1080, 1) == 120 * 68


def test_parameters_of_a_generator_follow_from_its_shape() -> None:
    """Blocks of Wan2.1 14B: 40 (6 d² + 2 d f) with d = 5120, f = 13824."""
    wan = shapes.generators(video_models())["Wan2.1 14B"]
    assert wan.transformer.parameters == pytest.approx(11.95e9, rel=1e-3)
    assert (wan.passes, wan.few_passes) == (100, 4)


def test_without_attention_a_clip_costs_what_compression_leaves() -> None:
    plain = Generator(Model(1e10, layers=0), 16, 4, 81, 16, 100, 4)
    fitted = fits.fit(timings(), H100)
    row = frames.modelled_ratios(fitted, {"plain": plain}).iloc[0]
    assert row["720p"] == pytest.approx(21 / 81, rel=1e-6)


def test_measured_clips_agree_with_the_model_they_were_made_from() -> None:
    fitted, found = fits.fit(timings(), H100), shapes.generators(video_models())
    measured = frames.measured_ratios(fitted, timings(), found).set_index("size")["ratio"]
    modelled = frames.modelled_ratios(fitted, found).set_index("model").loc["Wan2.1 14B"]
    assert measured["480p"] == pytest.approx(modelled["480p"], rel=1e-3)
    assert measured["720p"] == pytest.approx(modelled["720p"], rel=1e-3)


def test_a_modelled_image_gives_no_answer_on_frames() -> None:
    """The rule divides two measured times; the fitted time of an image is none."""
    fitted, found = fits.fit(timings(), H100), shapes.generators(video_models())
    measured = frames.measured_ratios(fitted, timings(), found)
    answer = frames.frame_against_image(measured, frames.modelled_ratios(fitted, found))
    assert (
        answer.estimate is None and answer.n == 0 and "measured time of one image" in answer.reason
    )
    assert answer.detail is not None
    assert answer.detail["modelled_ratio_720p"] == pytest.approx(measured["ratio"].iloc[1])
    assert "known by then" in attempt(frames.frame_against_image, None, None).reason


def test_published_clips_give_the_same_ratio_scaled_by_their_time() -> None:
    fitted, found = fits.fit(timings(), H100), shapes.generators(video_models())
    ratio = frames.published_ratios(fitted, generation_times(), found)["ratio"]
    image = frames.pass_seconds(fitted, found["Wan2.1 14B"], (832, 480), 1)
    assert ratio.to_list() == pytest.approx([366 / 80 / (81 * image)])


def test_longest_graded_time_of_a_megapixel_counts() -> None:
    found = images.images(generation_times())
    assert found["seconds"].max() == 16.0 and "Small" not in set(found["model"])
    answer = images.image_seconds(found)
    assert (answer.estimate, answer.grade, answer.n) == (3.7, "A", 2)
    assert "2.5 on an H100" in answer.reason
    minute = images.minute_as_images(found, "H100", 4.0)
    assert minute["usd"].to_list() == pytest.approx([1800 * 2.5 / 3600 * 4])
    with pytest.raises(InputError, match="H200"):
        images.minute_as_images(found, "H200", 4.0)
    assert attempt(images.image_seconds, found[found["grade"] == "C"]).estimate is None


def test_published_shape_of_the_models() -> None:
    """Parameters from the shapes come near those that the makers state (2, 13, 1.3, 14, 5 bn)."""
    found = shapes.generators(tables.load("video_models"))
    stated = {"LTX-Video 13B": 13e9, "Wan2.1 14B": 14e9, "Wan2.2 5B": 5e9, "Wan2.1 1.3B": 1.3e9}
    ratios = [found[name].transformer.parameters / size for name, size in stated.items()]
    assert np.all((np.array(ratios) > 0.8) & (np.array(ratios) <= 1.0))
