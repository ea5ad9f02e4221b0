"""Every source of records gives the same counts, and what cannot be read of one is told by its place."""

import csv
import io
import json
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from formkit.impact import Effect, SourceUnreadable, Tally, open_reader
from formkit.records.model import Record
from formkit.storage import new_keys, open_store
from tests.impact.editions import NEW, OLD, RECORDS, counted, form_from, ndjson, question
from tests.storage.conftest import postgres  # noqa: F401 - a fixture

HEAD = ("id", "name", "status", "age", "senior", "tel", "fax", "unit", "school.title", "school.since", "awards")


def csv_file(path: Path, head: tuple[str, ...] = HEAD, encoding: str = "utf-8") -> Path:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(head)
    for id_, values in RECORDS:
        flat = {"id": id_, **values, **{f"school.{name}": each for name, each in values.get("school", {}).items()}}
        cells = [
            json.dumps(cell, ensure_ascii=False) if isinstance(cell, list) else cell for cell in map(flat.get, HEAD)
        ]
        writer.writerow(cells)
    path.write_text(text.getvalue(), encoding)
    return path


def parquet_file(path: Path) -> Path:
    pyarrow = pytest.importorskip("pyarrow")
    from pyarrow.parquet import write_table

    rows = [
        {**dict.fromkeys(HEAD[1:8]), "school": None, "awards": None, "id": id_, **values} for id_, values in RECORDS
    ]
    write_table(pyarrow.Table.from_pylist(rows), path, row_group_size=3)
    return path


def store_at(url: str | Path, **more: Any) -> str:
    with_records = open_store(url, **more)
    start = datetime(2023, 5, 26, 8, tzinfo=UTC)
    with with_records.transaction() as tx:
        for number, (id_, values) in enumerate(RECORDS):
            at = start + timedelta(minutes=number)
            record = Record(f"{number:032}", "staff", "someone", id_, values, "2023-01-01", "0" * 64, at, at)
            tx.add_record(record)
        tx.add_record(replace(record, id="f" * 32, number="B1", form="another"))
    with_records.close()
    return str(url)


def figures(tally: Tally) -> dict[str, Any]:
    return {
        "records": tally.whole.records,
        "untouched": tally.untouched,
        "effects": dict(tally.whole.effects),
        "kinds": dict(tally.whole.kinds),
        "examples": {kind: [each.id for each in examples] for kind, examples in tally.examples.items()},
    }


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    return figures(counted(ndjson(tmp_path_factory.mktemp("records") / "records.ndjson")).tally)


def test_what_there_is_to_count(expected: dict[str, Any]) -> None:
    assert (expected["records"], expected["untouched"]) == (8, 2)
    assert expected["effects"] == {Effect.ASKED: 1, Effect.KEPT: 3, Effect.DROPPED: 2}
    assert sum(expected["kinds"].values()) == 7
    assert sorted(id_ for ids in expected["examples"].values() for id_ in ids) == [
        "A2",
        "A3",
        "A5",
        "A6",
        "A7",
        "A8",
        "A8",
    ]


SOURCES: dict[str, Callable[[Path], Path | str]] = {
    "csv": lambda folder: csv_file(folder / "records.csv"),
    "csv with a byte order mark": lambda folder: csv_file(folder / "records.csv", encoding="utf-8-sig"),
    "csv by labels": lambda folder: csv_file(
        folder / "records.csv",
        ("id", "姓名", "Status", "年龄", "年长", "电话", "Fax", "单位", "学校 校名", "School.Since", "奖励"),
    ),
    "parquet": lambda folder: parquet_file(folder / "records.parquet"),
    "store at a path": lambda folder: store_at(folder / "records.db"),
    "store at a URL": lambda folder: store_at(f"sqlite:///{folder / 'records.db'}"),
}


@pytest.mark.parametrize("kind", SOURCES)
def test_the_same_from_every_source(kind: str, tmp_path: Path, expected: dict[str, Any]) -> None:
    assert figures(counted(SOURCES[kind](tmp_path)).tally) == expected


def test_the_same_from_postgresql(postgres: Any, expected: dict[str, Any]) -> None:  # noqa: F811
    assert figures(counted(store_at(postgres.new_database())).tally) == expected


def test_the_same_from_an_encrypted_store_with_its_keys(
    tmp_path: Path, expected: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    keys = new_keys()
    url = store_at(tmp_path / "records.db", keys=keys)
    monkeypatch.delenv("FORMKIT_KEYS", raising=False)
    with pytest.raises(SourceUnreadable) as refused:
        counted(url)
    assert refused.value.code == "store_sealed"
    monkeypatch.setenv("FORMKIT_KEYS", keys.text())
    assert figures(counted(url).tally) == expected
    monkeypatch.setenv("FORMKIT_KEYS", "nonsense")
    with pytest.raises(SourceUnreadable) as refused:
        counted(url)
    assert refused.value.code == "store_keys"


def test_the_same_from_standard_input(
    tmp_path: Path, expected: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    content = ndjson(tmp_path / "records.ndjson").read_bytes()
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(content)))
    assert figures(counted("-").tally) == expected


def test_lines_may_hold_values_alone_an_edition_a_state_and_facts(tmp_path: Path) -> None:
    path = tmp_path / "records.jsonl"
    whole = {"id": 7, "values": RECORDS[0][1], "edition": "2023-01-01", "state": "approved", "facts": {"banned": True}}
    path.write_text(f"\ufeff{json.dumps(whole)}\n\n{json.dumps({'id': 'B', **RECORDS[1][1]})}", "utf-8")
    tally = counted(path, question(by=("edition", "state"))).tally
    assert {by: set(parts) for by, parts in tally.parts.items()} == {
        "edition": {'"2023-01-01"', "null"},
        "state": {'"approved"', "null"},
    }
    assert [each.id for examples in tally.examples.values() for each in examples] == ["B"]


BROKEN_LINES = [
    (b"{not json", "not_json"),
    (b'{"values": {"age": NaN}}', "not_json_values"),
    (b"[" * 100_000, "not_json_values"),
    (b'{"values": {"name": "\xff"}}', "not_utf8"),
    (b"[1]", "no_object"),
    (b'{"values": [1]}', "part_no_object"),
    (b'{"values": {}, "facts": 3}', "part_no_object"),
    (b'{"values": {"age": "old"}}', "wrong_shape"),
    (b'{"values": {}, "facts": {"banned": "no"}}', "wrong_fact"),
    (b'{"values": {"name": "' + b"x" * (5 << 20) + b'"}}', "line_too_long"),
]


def test_broken_lines_are_told_and_the_rest_goes_on(tmp_path: Path, expected: dict[str, Any]) -> None:
    good = ndjson(tmp_path / "good.ndjson").read_bytes()
    path = tmp_path / "records.ndjson"
    path.write_bytes(b"\n".join(line for line, _ in BROKEN_LINES) + b"\n" + good)
    tally = counted(path).tally
    assert [(each.position, each.code) for each in tally.told_unreadable] == [
        (position, code) for position, (_, code) in enumerate(BROKEN_LINES, start=1)
    ]
    assert tally.unreadable == len(BROKEN_LINES)
    assert figures(tally) == expected


def test_only_the_first_of_many_broken_lines_are_told(tmp_path: Path) -> None:
    path = tmp_path / "records.ndjson"
    path.write_bytes(b"x\n" * 2500)
    tally = counted(path).tally
    assert (tally.unreadable, len(tally.told_unreadable), tally.told_unreadable[-1].position) == (2500, 20, 20)


def test_broken_rows_are_told_and_the_rest_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "records.csv"
    rows = [
        b"id,status,age,awards",
        b"A1,student,30,",
        b"A2,student",
        b"A3,student,\xff,",
        b"A4,student,30,not json",
        b'A5,student,30,"[{""called"": ""\xe7\x94\xb2""}]"',
        b'A6,"student\nB",30,',
        b'A7,"student"x,30,',
        b"",
        b"A8,student,thirty,",
        b"A9,student,31,",
    ]
    path.write_bytes(b"\n".join(rows))
    tally = counted(path).tally
    assert [(each.position, each.code) for each in tally.told_unreadable] == [
        (3, "wrong_width"),
        (4, "not_utf8"),
        (5, "cell_not_json"),
        (9, "not_csv"),
        (11, "wrong_shape"),
    ]
    assert tally.whole.records == 4


def test_columns_nobody_knows_are_left_and_named(tmp_path: Path) -> None:
    path = tmp_path / "records.csv"
    path.write_text("id,age,shoe size,facts.banned\nA,30,44,true\n", "utf-8")
    reader = open_reader(str(path), [form_from(OLD), form_from(NEW)])
    assert reader.unused == ("shoe size",)
    (batch,) = reader.batches()
    (entry,) = reader.reads([form_from(OLD)])(batch)
    assert (entry.id, entry.values, entry.facts) == ("A", {"age": 30}, {"banned": True})  # type: ignore[union-attr]


REFUSED: dict[str, tuple[str, bytes]] = {
    "unknown_source": ("records.xlsx", b""),
    "no_head": ("records.csv", b""),
    "no_column": ("records.csv", b"a,b\n1,2\n"),
    "source_not_utf8": ("records.csv", "编号,年龄\n".encode("gbk")),
    "not_parquet": ("records.parquet", b"no"),
}


@pytest.mark.parametrize("code", REFUSED)
def test_a_source_of_which_nothing_can_be_read(code: str, tmp_path: Path) -> None:
    name, content = REFUSED[code]
    (tmp_path / name).write_bytes(content)
    with pytest.raises(SourceUnreadable) as refused:
        counted(tmp_path / name)
    assert refused.value.code == code


def test_a_label_that_several_fields_have(tmp_path: Path) -> None:
    path = tmp_path / "records.csv"
    path.write_text("电话,年龄\n1,2\n", "utf-8")
    twice = OLD.replace("zh: 传真", "zh: 电话")
    with pytest.raises(SourceUnreadable) as refused:
        counted(path, question(old=twice))
    assert refused.value.params["known"] == "tel, fax"


@pytest.mark.parametrize("name", ["none.ndjson", "none.csv", "none.parquet", "none.db", "sqlite:///none.db"])
def test_what_is_not_there(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SourceUnreadable) as refused:
        counted(name)
    assert refused.value.code == "source_not_there"
    assert list(tmp_path.iterdir()) == []


def test_a_parquet_file_that_ends_early(tmp_path: Path) -> None:
    content = bytearray(parquet_file(tmp_path / "records.parquet").read_bytes())
    content[4:200] = b"\xff" * 196
    (tmp_path / "records.parquet").write_bytes(content)
    with pytest.raises(SourceUnreadable) as refused:
        counted(tmp_path / "records.parquet")
    assert refused.value.code == "broken_parquet"
