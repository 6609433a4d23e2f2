"""Prose: from what an author types to what is printed, and mistakes at their place."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from halfjaarbericht.problems import ContentError, Problem
from halfjaarbericht.prose.foreign import MAX_OF_A_KIND
from halfjaarbericht.prose.proza import ROLES, parse_blocks, parse_line
from halfjaarbericht.prose.tree import PBlock, PInline, PLink, PList, PNote, PParagraph, PQuote, PRole, PSpan, PText
from halfjaarbericht.verslag import (
    Block,
    Document,
    Inline,
    Inlines,
    LineBreak,
    Link,
    ListBlock,
    NoteCall,
    Number,
    Paragraph,
    Quote,
    Span,
    Subheading,
    Text,
)
from tests.fixtures_lezer import Case, check, parameters
from tests.inhoudhulp import EDITION, read_report, write_content

NUMBERS = {
    "data": {},
    "cijfers": {
        "bezetting": {"waarde": 3603, "opmaak": {"eenheid": "fte"}},
        "formatie": {"waarde": 3567, "opmaak": {"eenheid": "fte"}},
        "drie": {"waarde": 3, "opmaak": {"eenheid": "adviezen"}},
        "aandeel": {"waarde": "12,5", "opmaak": {"eenheid": "%", "decimalen": 1}},
        "bedrag": {"waarde": 600000, "opmaak": {"eenheid": "€", "schaal": "miljoen", "decimalen": 1}},
        "kaal": {"waarde": 5000},
    },
}
SOURCES = {
    "bronnen": {
        "kst-1098": {
            "soort": "kamerstuk",
            "kamer": "II",
            "vergaderjaar": "2021-2022",
            "dossier": 29628,
            "nummer": 1098,
        },
        "kst-1030": {
            "soort": "kamerstuk",
            "kamer": "II",
            "vergaderjaar": "2020-2021",
            "dossier": 29628,
            "nummer": 1030,
        },
        "rap-lens": {"soort": "rapport", "auteur": "J. Lens", "titel": "Kijken", "jaar": 2022},
    }
}
NOTES = {"a": "Eerste noot.", "b": "Tweede noot met {bron}`kst-1098`.", "lang": "Een alinea.\n\nNog een.\n"}
ANNEX = {
    "id": "zaken",
    "titel": "Moties",
    "secties": [
        {"soort": "tekst", "id": "inleiding", "titel": "Inleiding"},
        {"soort": "tekst", "id": "los", "titel": "Los *stuk*", "genummerd": False},
        {
            "soort": "tekst",
            "id": "tweede",
            "titel": "Tweede",
            "secties": [{"soort": "tekst", "id": "onder", "titel": "Onder"}],
            "tabellen": [
                {
                    "id": "tabel-afspraken",
                    "soort": "tekst",
                    "bijschrift": "Afspraken",
                    "kolommen": [{"kop": "Wat"}],
                    "rijen": [["iets"]],
                }
            ],
        },
    ],
}


def letter_text(text: str) -> str:
    """brief.yaml with this text in a literal block: line n of the text is line n + 1 of the file, two columns in."""
    block = "\n".join(f"  {line}" if line else "" for line in text.split("\n"))
    notes = "".join(
        f"  {key}: {note!r}\n"
        if "\n" not in note
        else f"  {key}: |\n" + "".join(f"    {line}\n" if line else "\n" for line in note.split("\n"))
        for key, note in NOTES.items()
    )
    return f"tekst: |2\n{block}\nnoten:\n{notes}secties:\n- {{soort: tekst, id: positie, titel: Positie}}\n"


def outcome(folder: Path, text: str) -> str:
    """The text as it will be printed, its notes under it; or what is wrong with it."""
    content = write_content(
        folder,
        {
            f"{EDITION}/brief.yaml": letter_text(text),
            f"{EDITION}/cijfers.yaml": NUMBERS,
            f"{EDITION}/bronnen.yaml": SOURCES,
            f"{EDITION}/editie.yaml": (folder / "content" / EDITION / "editie.yaml")
            .read_text(encoding="utf-8")
            .replace("bijlagen/zaken", "zaken.yaml"),
            f"{EDITION}/zaken.yaml": ANNEX,
        },
    )
    for file in (content / EDITION / "bijlagen").rglob("*.yaml"):
        file.unlink()
    try:
        return _document(read_report(content)[0].documents[0])
    except ContentError as error:
        return "\n".join(_remark(p) for p in error.problems if p.severity == "fout")


def _remark(problem: Problem) -> str:
    assert problem.path.endswith("brief.yaml")
    hint = f"; {problem.hint}" if problem.hint else ""
    place = f"{problem.line - 1}:{problem.column - 2} +{problem.width}"
    return f"{problem.code} {place} {problem.message}{hint}"


def _document(document: Document) -> str:
    lines = _blocks(document.blocks)
    for note in document.notes:
        called = f" ({note.calls}×)" if note.calls > 1 else ""
        lines += [f"[{note.number}]{called} " + " ¶ ".join(_blocks(note.blocks))]
    return "\n".join(lines)


def _blocks(blocks: tuple[Block, ...], before: str = "") -> list[str]:
    lines: list[str] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            lines.append(before + _inlines(block.content))
        elif isinstance(block, Subheading):
            lines.append(f"{before}h{block.level} {_inlines(block.content)} #{block.id}")
        elif isinstance(block, Quote):
            lines += _blocks(block.blocks, before + "> ")
        elif isinstance(block, ListBlock):
            kind = {"bullet": "ul", "decimal": "ol", "alpha": "ol a"}[block.kind]
            start = f" vanaf {block.start}" if block.start > 1 else ""
            lines.append(f"{before}{kind}{start}{'' if block.tight else ' ruim'}")
            for item in block.items:
                first, *rest = _blocks(item, before + "  ")
                lines += [f"{before}- {first.removeprefix(before).strip()}", *rest]
    return lines


def _inlines(inlines: Inlines) -> str:
    return "".join(map(_inline, inlines))


def _inline(inline: Inline) -> str:
    match inline:
        case Text(text):
            return text
        case Number(text, id_, value):
            return f"{text}{{{id_}={value}}}"
        case LineBreak():
            return "⏎"
        case NoteCall(note, occurrence):
            return f"[{note}]" if occurrence == 1 else f"[{note}, {occurrence}e keer]"
        case Link(kind, href, children, document):
            return f"<{kind} {document}#{href}|{_inlines(children)}>" if kind != "extern" else f"<{_inlines(children)}>"
        case Span(kind, children, value):
            return f"<{kind}{f' {value}' if value else ''}|{_inlines(children)}>"


@pytest.mark.parametrize("case", parameters("proza.md"))
def test_what_is_printed(case: Case, tmp_path: Path, update: bool) -> None:
    write_content(tmp_path)
    check(case, outcome(tmp_path, case.given), update)


# --- places -----------------------------------------------------------------------------------------------------

_PIECES = [
    "woord",
    "*nadruk*",
    "**sterk**",
    "{getal}`x`",
    "{zie}`a | hoofdletter`",
    "[^noot]",
    "[tekst](https://a.nl)",
    "H~2~O",
]
_OPENINGS = ["", "- ", "> ", "## ", "1. ", "a. ", "- > ", "> - ", "> a. ", "1. - ", "- a. "]
_lines = st.tuples(st.sampled_from(_OPENINGS), st.lists(st.sampled_from(_PIECES), min_size=1, max_size=6))


@given(st.lists(_lines, min_size=1, max_size=6), st.booleans())
def test_every_place_is_where_it_stands(lines: list[tuple[str, list[str]]], blank: bool) -> None:
    text = ("\n\n" if blank else "\n").join(opening + " ".join(pieces) for opening, pieces in lines)
    blocks, complaints = parse_blocks(text)
    assert not complaints
    source = text.split("\n")
    seen = 0
    for node in _nodes(blocks):
        at = node.at
        there = source[at.line][at.column : at.column + at.width]
        if isinstance(node, PRole):
            assert there.startswith("{" + node.name + "}`") and there.endswith("`")
        elif isinstance(node, PNote):
            assert there == f"[^{node.key}]"
        else:
            assert there == "[tekst](https://a.nl)"
        seen += 1
    assert seen == sum(piece[0] in "{[" for _, pieces in lines for piece in pieces)


_PLAIN = {
    "woord": "woord",
    "*nadruk*": "nadruk",
    "**sterk**": "sterk",
    "[tekst](https://a.nl)": "tekst",
    "H~2~O": "H2O",
}


@given(st.lists(_lines, min_size=1, max_size=6))
def test_no_word_is_lost_or_made_up(lines: list[tuple[str, list[str]]]) -> None:
    text = "\n\n".join(opening + " ".join(pieces) for opening, pieces in lines)
    printed = "".join(word for block in parse_blocks(text)[0] for word in _words(block))
    assert printed.replace(" ", "") == "".join(_PLAIN.get(piece, "") for _, pieces in lines for piece in pieces)


def _nodes(blocks: tuple[PBlock, ...]) -> list[PRole | PNote | PLink]:
    found: list[PRole | PNote | PLink] = []
    for block in blocks:
        if isinstance(block, PList):
            for item in block.items:
                found += _nodes(item)
        elif isinstance(block, PQuote):
            found += _nodes(block.blocks)
        elif hasattr(block, "content"):
            found += _inline_nodes(block.content)
    return found


def _inline_nodes(inlines: tuple[PInline, ...]) -> list[PRole | PNote | PLink]:
    found: list[PRole | PNote | PLink] = []
    for node in inlines:
        if isinstance(node, PRole | PNote | PLink):
            found.append(node)
        if isinstance(node, PSpan | PLink):
            found += _inline_nodes(node.children)
    return found


def _words(block: PBlock) -> list[str]:
    if isinstance(block, PList):
        return [w for item in block.items for b in item for w in _words(b)]
    if isinstance(block, PQuote):
        return [w for b in block.blocks for w in _words(b)]
    return _texts(block.content) if hasattr(block, "content") else []


def _texts(inlines: tuple[PInline, ...]) -> list[str]:
    return [
        w
        for node in inlines
        for w in (
            [node.text] if isinstance(node, PText) else _texts(node.children) if hasattr(node, "children") else []
        )
    ]


@given(st.text(max_size=80))
def test_any_text_can_be_parsed(text: str) -> None:
    for parse in (parse_blocks, parse_line):
        _, complaints = parse(text)
        lines = text.split("\n")
        for complaint in complaints:
            assert complaint.at.line < len(lines)
            assert complaint.at.column <= len(lines[complaint.at.line])


@given(st.text("ab {}`[^]()*_~#<>|-1.:\n!\\", max_size=60))
def test_any_markup_can_be_parsed(text: str) -> None:
    test_any_text_can_be_parsed.hypothesis.inner_test(text)  # type: ignore[attr-defined]


@pytest.mark.parametrize("letter", "abcdefghijklmnopqrstuvwxyz")
def test_a_list_may_start_at_any_letter(letter: str) -> None:
    (found,) = parse_blocks(f"{letter}. tekst")[0]
    assert isinstance(found, PList)
    assert (found.kind, found.start) == ("alpha", ord(letter) - ord("a") + 1)


@pytest.mark.parametrize("letter", "bcdez")
def test_a_letter_in_the_middle_of_a_paragraph_stays_a_letter(letter: str) -> None:
    (found,) = parse_blocks(f"Zie onderdeel\n{letter}. van de wet")[0]
    assert isinstance(found, PParagraph)
    assert "".join(_texts(found.content)) == f"Zie onderdeel {letter}. van de wet"


@pytest.mark.parametrize("name", ROLES)
def test_every_role_is_known_to_resolving(name: str) -> None:
    from halfjaarbericht.prose.proza import PLACEMENTS
    from halfjaarbericht.resolving.rollen import _HANDLERS

    assert (name in _HANDLERS) != (name in PLACEMENTS)


# --- what must not be lost or misread ---------------------------------------------------------------------------


@pytest.mark.parametrize("depth", [7, 25, 120])
@pytest.mark.parametrize("mark", ["quote", "list"])
def test_deep_blocks_are_refused_once(mark: str, depth: int) -> None:
    text = "> " * depth + "x" if mark == "quote" else "\n".join("  " * i + "- x" for i in range(depth))
    assert [c.code for c in parse_blocks(text)[1]] == ["E215"]


def test_six_levels_keep_their_text() -> None:
    blocks, complaints = parse_blocks("\n".join("  " * i + f"- niveau {i}" for i in range(6)))
    assert not complaints
    assert all(f"niveau {i}" in repr(blocks) for i in range(6))


@pytest.mark.parametrize(
    "text",
    [
        r"\*\*let op",
        r"\[a\](b)",
        r"\&nbsp;",
        "2*3 en R&D; ook",
        "**vet** en [tekst](https://example.org/a_(b))",
        r"\~\~ ongeveer",
    ],
)
def test_escaped_markup_is_text(text: str) -> None:
    assert not parse_blocks(text)[1]
    assert not parse_line(text)[1]


def test_text_around_an_escape_is_one_piece() -> None:
    assert parse_line(r"drie \* vier")[0] == (PText("drie * vier"),)


@pytest.mark.parametrize(
    ("text", "column"), [("zie [a](b c)", 6), (r"\*\* dan **open", 9), ("[x](https://a.nl) **x", 18)]
)
def test_a_leftover_has_its_place(text: str, column: int) -> None:
    (found,) = parse_line(text)[1]
    assert found.at.column == column


def test_a_text_that_is_too_long_is_not_read() -> None:
    blocks, (complaint,) = parse_blocks("<a" * 200_000)
    assert blocks == ()
    assert "te lang" in complaint.message


def test_mistakes_of_one_kind_are_told_up_to_a_number() -> None:
    assert len(parse_line("<a> " * 1000)[1]) == MAX_OF_A_KIND


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("regio's en zo'n auto's", "regio’s en zo’n auto’s"),
        ("ME'ers op A4'tjes", "ME’ers op A4’tjes"),
        ("'s avonds (’s nachts) in 't veld", "’s avonds (’s nachts) in ’t veld"),
        ("de 'oude' regel van 'n.b.' en 's'", "de 'oude' regel van 'n.b.' en 's'"),
        ("al ’s goed en 5'", "al ’s goed en 5'"),
        (r"regio\'s", "regio's"),
    ],
)
def test_apostrophes_are_printed_curly(typed: str, printed: str) -> None:
    assert "".join(_texts(parse_line(typed)[0])) == printed


def test_only_what_is_printed_gets_apostrophes() -> None:
    text = "[auto's](https://a.nl/x's)*regio*'s{taal}`en: it's`"
    link, emphasis, tail, role = parse_line(text)[0]
    assert isinstance(link, PLink) and isinstance(emphasis, PSpan) and isinstance(role, PRole)
    assert (link.href, link.children) == ("https://a.nl/x's", (PText("auto’s"),))
    assert tail == PText("’s")
    assert role.argument == "en: it's"
