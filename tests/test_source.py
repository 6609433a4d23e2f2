"""Reading YAML: the strict subset, and marks that point at the right character whatever the style."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from halfjaarbericht.problems import ContentError, Problem
from halfjaarbericht.reading.source import GROUP, Source, parse_source, read_source
from halfjaarbericht.reading.syntax import split_lines


def parse(text: str) -> Source:
    return parse_source(text, "x.yaml")


def only(text: str) -> Problem:
    with pytest.raises(ContentError) as raised:
        parse(text)
    assert len(raised.value.problems) == 1, raised.value.problems
    return raised.value.problems[0]


@pytest.mark.parametrize(
    "text",
    "no yes on off ~ Null True 12:30 1.178 36.410 0156 0x1F 1e3 1_000 +5 .5 2022-12-15 20220-1 1,5 - .inf <<".split(),
)
def test_everything_else_stays_text(text: str) -> None:
    assert parse(f"a: '{text}'").data == {"a": text}
    if text != "-":
        assert parse(f"a: {text}").data == {"a": text}


@pytest.mark.parametrize(
    ("text", "value"),
    [("true", True), ("false", False), ("null", None), ("", None), ("0", 0), ("1178", 1178), ("-36", -36)],
)
def test_what_is_more_than_text(text: str, value: object) -> None:
    assert parse(f"a: {text}").data == {"a": value}
    assert type(parse(f"a: {text}").data["a"]) is type(value)
    if text:
        assert parse(f"a: '{text}'").data == {"a": text}
        assert parse(f'a: "{text}"').data == {"a": text}
        assert parse(f"a: |-\n  {text}").data == {"a": text}


def test_keys_are_always_text() -> None:
    assert parse("2018: 1\ntrue: 2\nnull: 3").data == {"2018": 1, "true": 2, "null": 3}


LETTERS = "abcXYZ .,:;-#?!&*|>%@`'\"{}[]~^$€éï’–…0123456789\\/<="
words = st.text(LETTERS, min_size=1, max_size=30)
texts = st.one_of(words, st.lists(words, min_size=1, max_size=4).map("\n".join))
keys = st.text("abcdefé-_09 .", min_size=1, max_size=12)
scalars = st.one_of(texts, st.integers(-999999, 999999), st.booleans(), st.none())


def nested(leaves: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    inner = st.recursive(
        leaves,
        lambda child: st.lists(child, max_size=4) | st.dictionaries(keys, child, max_size=4),
        max_leaves=12,
    )
    return st.dictionaries(keys, inner, max_size=5)


class Plain(yaml.SafeDumper):
    """Repeats a value that occurs twice instead of pointing at it."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def dump(data: Any, **options: Any) -> str:
    return str(yaml.dump(data, Dumper=Plain, allow_unicode=True, sort_keys=False, **options))


def check_marks(text: str, data: Any) -> Source:
    """Parse and compare: the data, and what stands at every mark."""
    source = parse(text)
    assert source.data == data
    for path, mark in source.keys.items():
        here = source.lines[mark.line - 1][mark.column - 1 :]
        if here[0] in "'\"":
            assert len(here) > mark.width - 1
            assert here[mark.width - 1] == here[0]
        else:
            assert here[: mark.width] == path[-1]
    for path, mark in source.values.items():
        value = data
        for part in path:
            value = value[part]
        check_value(source, mark, value)
    return source


def check_value(source: Source, mark: Any, value: Any) -> None:
    here = source.lines[mark.line - 1][mark.column - 1 :] if source.lines else ""
    if isinstance(value, dict | list):
        assert mark.style == GROUP
        first = "{" if isinstance(value, dict) else "["
        assert here[:1] == first or (value and (here[:1] == "-") == isinstance(value, list)) or here[0] in "'\"-?"
    elif mark.style:
        assert here[0] == mark.style
    elif isinstance(value, bool) or value is None:
        assert here[: mark.width] in ("true", "false", "null", "") or value is None
    else:
        assert here[: mark.width] == str(value) or not mark.one_line


@given(nested(scalars), st.sampled_from([True, False, None]), st.sampled_from([20, 80, 10_000]))
def test_marks_in_blocks_and_flow(data: dict[str, Any], flow: bool | None, width: int) -> None:
    check_marks(dump(data, default_flow_style=flow, width=width), data)


@given(nested(texts), st.sampled_from(["'", '"', "|", ">"]), st.sampled_from([30, 10_000]))
def test_marks_in_every_style_of_text(data: dict[str, Any], style: str, width: int) -> None:
    check_marks(dump(data, default_style=style, default_flow_style=False, width=width), data)


@given(nested(texts), st.sampled_from([None, "'", '"', "|"]))
def test_places_inside_text_are_exact(data: dict[str, Any], style: str | None) -> None:
    source = check_marks(dump(data, default_style=style, default_flow_style=False, width=10_000), data)
    for path, mark in source.values.items():
        value = data
        for part in path:
            value = value[part]
        if not isinstance(value, str) or not (mark.style == "|" or mark.one_line):
            continue
        for line, text in enumerate(value.split("\n")):
            for column, character in enumerate(text):
                if mark.style != "|" and line:
                    continue
                row, place = source.locate(path, line, column)
                found = source.lines[row - 1][place - 1]
                assert found == character or (found == "\\" and mark.style == '"')


@given(st.lists(st.sampled_from("een twee drie {getal}`x` vier [^noot]".split()), min_size=1, max_size=40))
def test_a_role_in_folded_text_is_found(parts: list[str]) -> None:
    value = " ".join(parts)
    source = parse("a: >-\n  " + value.replace(" drie ", " drie\n  ") + "\n")
    assert source.data["a"] == value
    column = 0
    for part in parts:
        row, place = source.locate(("a",), 0, column, len(part))
        assert source.lines[row - 1].startswith(part, place - 1)
        column += len(part) + 1
    lines = "\n".join(source.lines)
    assert lines.count("{getal}") == value.count("{getal}")


def test_a_literal_block_with_an_indentation_of_its_own() -> None:
    source = parse("a:\n  b: |2\n      ingesprongen\n    {getal}`x`\n")
    assert source.data == {"a": {"b": "  ingesprongen\n{getal}`x`\n"}}
    assert source.locate(("a", "b"), 1, 0) == (4, 5)
    assert source.locate(("a", "b"), 0, 2) == (3, 7)


def test_a_path_without_a_mark_gives_its_parent() -> None:
    source = parse("a:\n  b: 1\n")
    assert source.mark(("a", "b", "c")).line == 2
    assert (source.mark(("a", "x")).line, source.mark(("a", "x")).column) == (1, 1)
    assert source.mark(("x",)).line == 1


def test_the_byte_order_mark_and_windows_line_ends_do_not_count(tmp_path: Path) -> None:
    file = tmp_path / "x.yaml"
    file.write_bytes("\ufeffa: één\r\nb: [1,\r\n  twee]\r\n".encode())
    source = read_source(file, "x.yaml")
    assert source.data == {"a": "één", "b": [1, "twee"]}
    assert (source.values["b", 1].line, source.values["b", 1].column) == (3, 3)
    assert source.lines == ["a: één", "b: [1,", "  twee]"]


def test_too_large_and_unreadable(tmp_path: Path) -> None:
    big = tmp_path / "groot.yaml"
    big.write_text("a: " + "x" * (2 * 2**20), encoding="utf-8")
    for file in (big, tmp_path / "weg.yaml", tmp_path):
        with pytest.raises(ContentError) as raised:
            read_source(file, "x.yaml")
        assert [p.code for p in raised.value.problems] == ["E104"]


@given(st.text("ab\n\r\x85\u2028é ", max_size=20))
def test_lines_are_counted_as_the_parser_does(text: str) -> None:
    lines = split_lines(text)
    (scalar,) = (e for e in yaml.parse(f"'{text}x'", Loader=yaml.CBaseLoader) if isinstance(e, yaml.ScalarEvent))
    assert len(split_lines(text + "x")) == scalar.end_mark.line + 1
    assert "".join(lines) == "".join(c for c in text if c not in "\n\r\x85\u2028")


@given(st.text(max_size=60))
def test_any_text_gives_data_or_problems(text: str) -> None:
    try:
        assert isinstance(parse(text).data, dict)
    except ContentError as error:
        for problem in error.problems:
            assert problem.code.startswith("E10")
            assert problem.line >= 1
            assert problem.column <= len(problem.excerpt) + 1


@given(
    st.lists(
        st.sampled_from(
            [
                "a",
                ": ",
                "- ",
                "\n",
                "  ",
                "[",
                "]",
                "{",
                "}",
                ",",
                "'",
                '"',
                "|",
                "#",
                "&",
                "*",
                "!",
                "?",
                "%",
                "@",
                "\t",
                "`",
            ]
        ),
        max_size=25,
    ).map("".join)
)
def test_any_punctuation_gives_data_or_problems(text: str) -> None:
    test_any_text_gives_data_or_problems.hypothesis.inner_test(text)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("text", "line", "column", "words"),
    [
        ("a: b: c", 1, 5, "dubbele punt"),
        ("a: 'b\nc: d", 1, 4, "aanhalingsteken"),
        ("a: [b, c\nd: e", 1, 4, "lijst die hier begint"),
        ("a: {b: c\nd: e", 1, 4, "groep die hier begint"),
        ("a: b\n  c: d", 2, 3, "deze sleutel kan hier niet"),
        ("a: {getal}`x` en meer", 1, 4, "met een rol beginnen"),
        ("- {bron}`x`.", 1, 3, "met een rol beginnen"),
        ("a: \x00", 1, 4, "stuurteken"),
        ("a: *x", 1, 4, "aliassen"),
        ("a: !x y", 1, 4, "label"),
        ("a: 1\na: 2", 2, 1, "op regel 1"),
    ],
)
def test_the_place_of_a_mistake(text: str, line: int, column: int, words: str) -> None:
    problem = only(text)
    assert (problem.line, problem.column) == (line, column)
    assert words in problem.message


def test_a_long_literal_block_keeps_its_places() -> None:
    """The indentation is found once for a block, and is that of the block and not of its first line."""
    source = parse_source("a:\n  tekst: |2\n     een\n    twee\nb: |\n  drie\n", "x.yaml")
    assert [source.locate(("a", "tekst"), line, 0) for line in (0, 1, 0)] == [(3, 5), (4, 5), (3, 5)]
    assert source.locate(("b",), 0, 0) == (6, 3)
