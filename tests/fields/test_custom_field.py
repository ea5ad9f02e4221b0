"""The example of a field type of one's own works as it says."""

import runpy
from pathlib import Path

import jsonschema
import pytest

from tests.fields.making import make, verdicts

EXAMPLE = Path(__file__).parents[2] / "examples" / "custom_field.py"
NAMES = runpy.run_path(str(EXAMPLE))


def test_it_keeps_its_own_examples() -> None:
    for examples in NAMES["PostalCode"].examples:
        field = make(NAMES["PostalCode"], examples.options)
        for raw, value in examples.good:
            assert field.parse(raw) == value
            assert verdicts(field, raw) == []
            jsonschema.validate(value, field.json_schema())
        for raw, code in examples.bad:
            assert verdicts(field, raw) == [code]


def test_it_loads_judges_and_draws_itself(capsys: pytest.CaptureFixture[str]) -> None:
    NAMES["main"]()
    shown = capsys.readouterr().out
    assert "postal_code wrong_region 这不是广东省的邮政编码，请检查。" in shown
    assert 'class="input input-postal-code" type="text"' in shown
    assert 'value="100000" size="6"' in shown
