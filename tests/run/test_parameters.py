from __future__ import annotations

from datetime import date

import pytest
from small_collection import Collection

from analysis import tables
from analysis.errors import ParameterError, UnknownNameError
from analysis.run import models, parameters, plan

NOTEBOOKS = plan.names()

pytestmark = pytest.mark.usefixtures("collection")


def test_texts_get_the_types_of_the_model() -> None:
    p = parameters.check("02_training_cost", as_of="2025-06-30", top_k="5", start="2017-02-01")
    assert (p.as_of, p.top_k, p.start) == (date(2025, 6, 30), 5, date(2017, 2, 1))


def test_latest_is_the_newest_day_in_the_tables() -> None:
    assert parameters.check("01_article_audit", as_of="latest").as_of == tables.default_as_of()


@pytest.mark.parametrize("notebook", NOTEBOOKS)
def test_defaults_are_json_and_read_back_to_themselves(notebook: str) -> None:
    values = parameters.defaults(notebook)
    assert parameters.as_json(parameters.check(notebook, **values)) == values


@pytest.mark.parametrize("notebook", NOTEBOOKS)
def test_every_parameter_says_what_it_is(notebook: str) -> None:
    fields = parameters.model(notebook).model_fields
    assert [name for name, field in fields.items() if not field.description] == []


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"topk": 3}, "unknown parameter 'topk'; did you mean 'top_k'"),
        ({"top_k": 51}, "top_k: .* less than or equal to 50, got 51 .models that count"),
        ({"top_k": "many"}, "top_k: .* integer.* 'many'"),
        ({"level": "nan"}, "level: "),
        ({"start": "2024-01-01"}, "break_date 2024-01-01 must come after start 2024-01-01"),
        ({"as_of": "2025-02-30"}, "as_of: '2025-02-30' is not a date; did you mean '2025-02-28'"),
        ({"as_of": "2025-6-3"}, "as_of: '2025-6-3' is not a date; did you mean '2025-06-03'"),
        ({"as_of": "31.6.2025"}, "as_of: '31.6.2025' is not a date; did you mean '2025-06-30'"),
        ({"as_of": "9025-06-31"}, "as_of: '9025-06-31' is not a date; did you mean '20"),
        ({"as_of": "yesterday"}, "as_of: 'yesterday' is not a date; did you mean '20"),
        ({"as_of": "2999-01-01"}, "as_of: 2999-01-01 is later than all data; the newest date is"),
    ],
)
def test_a_bad_value_is_explained(values: dict[str, object], message: str) -> None:
    with pytest.raises(ParameterError, match=message):
        parameters.check("02_training_cost", **values)


def test_all_problems_are_named_at_once() -> None:
    with pytest.raises(ParameterError, match=r"top_k: .*; horizon: "):
        parameters.check("02_training_cost", top_k=0, horizon=1999)


def test_every_notebook_of_the_collection_has_a_model_and_the_other_way_round() -> None:
    assert sorted(map(models.question, NOTEBOOKS)) == models.names()


def test_an_unknown_notebook_is_named_with_the_nearest(collection: Collection) -> None:
    collection.write("02_training_cost", "1")
    with pytest.raises(UnknownNameError, match="'02_traning'; did you mean '02_training_cost'"):
        parameters.check("02_traning")


def test_a_notebook_without_a_model_takes_a_day_only(collection: Collection) -> None:
    collection.write("04_new", "1")
    assert set(parameters.defaults("04_new")) == {"as_of"}


def test_assignments_are_names_and_texts() -> None:
    assert parameters.parse_assignments(["a=1", " b = x=y "]) == {"a": "1", "b": "x=y"}


@pytest.mark.parametrize("text", ["a", "=1", "n; import os=1", "a b=1", "a.b=2"])
def test_what_is_no_assignment_is_refused(text: str) -> None:
    with pytest.raises(ParameterError, match="write name=value"):
        parameters.parse_assignments([text])


def test_a_name_given_twice_is_refused() -> None:
    with pytest.raises(ParameterError, match="a: given twice"):
        parameters.parse_assignments(["a=1", "a=2"])


def test_a_value_goes_to_every_notebook_that_declares_it() -> None:
    found = parameters.assign(["01_article_audit", "02_training_cost"], {"top_k": "3"})
    assert found["02_training_cost"].top_k == 3  # type: ignore[attr-defined]
    assert set(type(found["01_article_audit"]).model_fields) == {"as_of"}


def test_a_name_that_no_notebook_declares_is_refused() -> None:
    with pytest.raises(ParameterError, match="'rnk'; did you mean 'rank'"):
        parameters.assign(["01_article_audit", "03_inference_price"], {"rnk": "1"})
