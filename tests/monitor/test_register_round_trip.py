"""What is exported is imported as the same register, in both formats and both languages."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from monitor.register_files.reading import read_agencies
from monitor.register_files.writing import FileFormat, register_file
from monitor.register_settings import AgencySettings
from reports.agencies import AgencyKind
from reports.duties import Duty

TEXT = st.one_of(
    st.text(max_size=30),
    st.text("甲乙县区局（）0189.,\"';_x000D_&<>=-是否 \u3000", max_size=30),
    st.sampled_from(
        ["true", "410311", "007", "1e5", "#N/A", "2025-01-01", "自愿", "部门", "x'", "''"]
    ),
)
KEYS = st.from_regex(r"[a-z0-9][a-z0-9_-]{0,8}", fullmatch=True)
CODES = st.sampled_from(["11410311005424617N", "91350100M000100Y43", None])
DAYS = st.none() | st.dates()


@st.composite
def agencies(draw: st.DrawFn) -> AgencySettings | None:
    values = {
        "key": draw(KEYS),
        "name": draw(TEXT),
        "kind": draw(st.sampled_from(AgencyKind)),
        "region": draw(st.from_regex(r"[0-9]{0,9}", fullmatch=True)),
        "aliases": draw(st.lists(TEXT, max_size=3)),
        "former_names": draw(st.lists(TEXT, max_size=2)),
        "columns": draw(st.lists(KEYS.map(lambda key: f"{key}/x"), max_size=2)),
        "expected": draw(st.booleans()),
        "duty": draw(st.none() | st.sampled_from(Duty)),
        "since": draw(DAYS),
        "until": draw(DAYS),
        "successor": draw(st.none() | KEYS),
        "exempt_reason": draw(st.none() | TEXT),
        "credit_code": draw(CODES),
    }
    try:
        return AgencySettings.model_validate(values)
    except ValidationError:
        # What no register takes is written by none.
        return None


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("format_", FileFormat)
@settings(max_examples=60, deadline=None)
@given(drawn=st.lists(agencies(), max_size=6))
def test_what_is_written_reads_back_the_same(
    language: str, format_: FileFormat, drawn: list[AgencySettings | None]
) -> None:
    register = [agency for agency in drawn if agency is not None]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "register"
        path.write_bytes(register_file(register, format_, language))
        assert [entry.agency for entry in read_agencies(path)] == register


@given(content=st.binary(max_size=400))
def test_any_bytes_are_a_register_or_refused(content: bytes) -> None:
    from monitor.errors import Refusal

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "register"
        path.write_bytes(content)
        with pytest.raises(Refusal):
            read_agencies(path)


def test_the_check_digit_of_a_credit_code_is_checked() -> None:
    with pytest.raises(ValidationError):
        AgencySettings(
            key="a", name="甲局", kind=AgencyKind.OTHER, credit_code="91350100M000100Y44"
        )
