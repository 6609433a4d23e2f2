"""Reading a tag tree: fonts, content streams, trees, and files that are broken."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, String

from halfjaarbericht.tagtree.fonts import to_unicode
from halfjaarbericht.tagtree.model import Box, Element, Mark, Target, Tree
from halfjaarbericht.tagtree.reading import Unreadable, read_tree
from halfjaarbericht.tagtree.syntax import stream_lengths_hold, syntax_faults

Change = Callable[[Pdf, Any], None]


def make(folder: Path, contents: bytes, change: Change = lambda pdf, root: None, **save: Any) -> Path:
    """A PDF of one page with one paragraph that has MCID 0. `change` gets the file and the structure tree root."""
    with Pdf.new() as pdf:
        pdf.add_blank_page(page_size=(200, 100))
        page = pdf.pages[0]
        widths = Array([500] * 95)
        font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, FirstChar=32, Widths=widths)
        page.Resources = Dictionary(Font=Dictionary(F=pdf.make_indirect(font)))
        page.Contents = pdf.make_stream(contents)
        page.StructParents = 0
        root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        element = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.P, P=root, Pg=page.obj, K=Array([0])))
        root.K = Array([element])
        root.ParentTree = Dictionary(Nums=Array([0, Array([element])]))
        pdf.Root.StructTreeRoot = root
        pdf.Root.MarkInfo = Dictionary(Marked=True)
        pdf.Root.Lang = String("nl")
        change(pdf, root)
        pdf.save(folder / "proef.pdf", **save)
    return folder / "proef.pdf"


def read(folder: Path, contents: bytes, change: Change = lambda pdf, root: None) -> Tree:
    return read_tree(make(folder, contents, change))


TEXT = b"/P <</MCID 0>> BDC BT /F 10 Tf 20 30 Td (een) Tj EMC ET"


# --- fonts ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cmap", "expected"),
    [
        (b"1 beginbfchar <0003> <0061> endbfchar", {3: "a"}),
        (b"2 beginbfchar <01><00660069>\n<02> <D83DDE00> endbfchar", {1: "fi", 2: "\U0001f600"}),
        (b"1 beginbfrange <0010> <0012> <0041> endbfrange", {16: "A", 17: "B", 18: "C"}),
        (b"2 beginbfrange <01> <02> [<0078> <00660066>] <05> <05> <007A> endbfrange", {1: "x", 2: "ff", 5: "z"}),
        (b"beginbfrange endbfrange niets", {}),
    ],
)
def test_to_unicode(cmap: bytes, expected: dict[int, str]) -> None:
    assert to_unicode(cmap) == expected


# --- content streams --------------------------------------------------------------------------------------------


def marks(tree: Tree) -> list[Mark]:
    return list(tree.pages[0].marks.values())


def test_text_and_its_place(tmp_path: Path) -> None:
    (mark,) = marks(read(tmp_path, TEXT))
    assert (mark.text, mark.page, mark.mcid) == ("een", 1, 0)
    assert mark.box == Box(20, 28, 35, 37.5)


@pytest.mark.parametrize(
    ("operators", "text"),
    [
        (b"[(e) -20 (e) 30 (n)] TJ", "een"),
        (b"(een) Tj 0 -12 Td (twee) Tj", "eentwee"),
        (b"12 TL (een) Tj T* (twee) Tj (drie) '", "eentweedrie"),
        (b"0 -3 TD (een) Tj", "een"),
        (b'1 2 (een) "', "een"),
    ],
)
def test_every_way_to_show_text(tmp_path: Path, operators: bytes, text: str) -> None:
    (mark,) = marks(read(tmp_path, b"/P <</MCID 0>> BDC BT /F 10 Tf 5 50 Td " + operators + b" ET EMC"))
    assert mark.text == text


def test_lines_below_each_other_have_a_box_around_both(tmp_path: Path) -> None:
    (mark,) = marks(read(tmp_path, b"/P <</MCID 0>> BDC BT /F 10 Tf 20 50 Td (een) Tj 0 -20 Td (x) Tj ET EMC"))
    assert mark.box == Box(20, 28, 35, 57.5)


def test_replacement_text_of_a_mark_and_of_a_part_of_it(tmp_path: Path) -> None:
    whole = b"/P <</MCID 0 /ActualText (anders) /Lang (en) /E (voluit) >> BDC BT /F 9 Tf (een) Tj ET EMC"
    (mark,) = marks(read(tmp_path, whole))
    assert (mark.text, mark.drawn, mark.lang, mark.expansion) == ("anders", "een", "en", "voluit")
    part = b"/P <</MCID 0>> BDC BT /F 9 Tf (een ) Tj /Span <</ActualText (twee)>> BDC (2) Tj EMC ET EMC"
    assert marks(read(tmp_path, part))[0].text == "een twee"


def test_paths_images_and_forms_have_their_place(tmp_path: Path) -> None:
    def form(pdf: Pdf, _: Any) -> None:
        drawn = pdf.make_stream(
            b"0 0 10 10 re f", Type=Name.XObject, Subtype=Name.Form, Matrix=Array([2, 0, 0, 2, 5, 5])
        )
        pdf.pages[0].Resources.XObject = Dictionary(X=drawn)

    tree = read(tmp_path, b"/Figure <</MCID 0>> BDC q 1 0 0 1 100 0 cm /X Do Q 3 4 m 7 9 l S EMC", form)
    assert marks(tree)[0].box == Box(3, 4, 125, 25)


def test_a_clip_paints_nothing(tmp_path: Path) -> None:
    tree = read(tmp_path, b"/P <</MCID 0>> BDC 0 0 500 500 re W n 1 1 2 2 re f EMC")
    assert marks(tree)[0].box == Box(1, 1, 3, 3)


def test_artifacts_and_content_without_a_tag(tmp_path: Path) -> None:
    page = (
        b"/Artifact <</Type /Pagination>> BDC 0 0 1 1 re f EMC /Artifact BMC 0 0 1 1 re f EMC BT /F 9 Tf (los) Tj ET "
    )
    tree = read(tmp_path, page + TEXT)
    assert [(loose.kind, loose.text) for loose in tree.pages[0].loose] == [
        ("Pagination", ""),
        ("Artifact", ""),
        ("", "los"),
    ]


@pytest.mark.parametrize(
    ("contents", "nested"),
    [
        (b"/P <</MCID 0>> BDC /Artifact BMC EMC EMC", (0,)),
        (b"/Artifact BMC /P <</MCID 4>> BDC EMC EMC", (4,)),
        (b"/P <</MCID 0>> BDC /P <</MCID 1>> BDC EMC EMC", (1,)),
        (b"/P <</MCID 0>> BDC /Span BMC EMC EMC", ()),
        (b"/Artifact BMC /Artifact BMC EMC EMC", ()),
    ],
)
def test_what_lies_in_what(tmp_path: Path, contents: bytes, nested: tuple[int, ...]) -> None:
    assert read(tmp_path, contents).pages[0].nested == nested


def test_ends_without_a_beginning_and_the_other_way_round(tmp_path: Path) -> None:
    tree = read(tmp_path, b"EMC EMC /P <</MCID 0>> BDC BT /F 9 Tf (een) Tj ET")
    assert marks(tree)[0].text == "een"


def test_a_form_that_draws_itself_ends(tmp_path: Path) -> None:
    def form(pdf: Pdf, _: Any) -> None:
        drawn = pdf.make_stream(b"/X Do 0 0 1 1 re f", Type=Name.XObject, Subtype=Name.Form)
        drawn.Resources = Dictionary(XObject=Dictionary(X=drawn))
        pdf.pages[0].Resources.XObject = Dictionary(X=drawn)

    assert read(tmp_path, b"/P <</MCID 0>> BDC /X Do EMC", form).pages[0].marks[0].box == Box(0, 0, 1, 1)


# --- trees ------------------------------------------------------------------------------------------------------


def test_roles_go_through_the_role_map(tmp_path: Path) -> None:
    def change(pdf: Pdf, root: Any) -> None:
        root.RoleMap = Dictionary(Alinea=Name.Stuk, Stuk=Name.P)
        root.K[0].S = Name.Alinea

    (element,) = read(tmp_path, TEXT, change).roots
    assert (element.role, element.own_role, element.words()) == ("P", "Alinea", "een")


def test_a_role_map_that_goes_round_ends(tmp_path: Path) -> None:
    def change(pdf: Pdf, root: Any) -> None:
        root.RoleMap = Dictionary(A=Name.B, B=Name.A)
        root.K[0].S = Name.A

    assert read(tmp_path, TEXT, change).roots[0].role in ("A", "B")


def test_a_tree_that_goes_round_ends(tmp_path: Path) -> None:
    def change(pdf: Pdf, root: Any) -> None:
        root.K[0].K = Array([0, root.K[0]])

    tree = read(tmp_path, TEXT, change)
    assert [element.role for element in tree.walk()] == ["P"]


def test_a_tree_without_end_is_refused(tmp_path: Path) -> None:
    def change(pdf: Pdf, root: Any) -> None:
        here = root.K[0]
        for _ in range(400):
            below = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Div, P=here))
            here.K = Array([below])
            here = below

    with pytest.raises(Unreadable, match="te diep in elkaar"):
        read(tmp_path, TEXT, change)


def test_identifiers_owners_and_what_is_not_there(tmp_path: Path) -> None:
    def change(pdf: Pdf, root: Any) -> None:
        root.K[0].ID = String("p1")
        root.K[0].K = Array([0, 7, Dictionary(Type=Name.MCR, Pg=pdf.pages[0].obj, MCID=8)])
        leaf = Dictionary(Names=Array([String("p1"), root.K[0]]))
        root.IDTree = Dictionary(Kids=Array([pdf.make_indirect(leaf)]))

    tree = read(tmp_path, TEXT, change)
    (element,) = tree.roots
    assert tree.ids == {"p1": element.number}
    assert tree.owners == {0: (element.number,)}
    assert [(missing.page, missing.mcid) for missing in tree.missing] == [(1, 7), (1, 8)]


def test_attributes_of_all_owners_together(tmp_path: Path) -> None:
    def change(pdf: Pdf, root: Any) -> None:
        layout = Dictionary(O=Name.Layout, BBox=Array([0, 0, 1.5, 2]))
        table = Dictionary(O=Name.Table, Scope=Name.Row, Headers=Array([String("a")]), ColSpan=2)
        root.K[0].A = Array([layout, table])

    (element,) = read(tmp_path, TEXT, change).roots
    assert element.attributes == {"BBox": [0, 0, 1.5, 2], "Scope": "Row", "Headers": ["a"], "ColSpan": 2}


@pytest.mark.parametrize(
    ("action", "target"),
    [
        ({"Dest": "midden"}, Target(1, 60.0)),
        ({"Dest": "nergens"}, Target()),
        ({"A": Dictionary(S=Name.URI, URI=String("https://x.nl"))}, Target(address="https://x.nl")),
        ({"A": Dictionary(S=Name.GoTo, D=String("midden"))}, Target(1, 60.0)),
        ({"A": Dictionary(S=Name.GoToR, F=String("ander.pdf"))}, Target(address="ander.pdf")),
        ({}, Target()),
    ],
)
def test_where_links_lead(tmp_path: Path, action: dict[str, Any], target: Target) -> None:
    def change(pdf: Pdf, root: Any) -> None:
        place = Array([pdf.pages[0].obj, Name.XYZ, 0, 60, 0])
        pdf.Root.Names = Dictionary(Dests=Dictionary(Names=Array([String("midden"), Dictionary(D=place)])))
        link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([9, 9, 1, 1]), Contents=String("Ga"), **action)
        if isinstance(action.get("Dest"), str):
            link.Dest = String(action["Dest"])
        pdf.pages[0].Annots = Array([pdf.make_indirect(link)])
        root.K[0].K = Array([Dictionary(Type=Name.OBJR, Obj=pdf.pages[0].Annots[0])])

    tree = read(tmp_path, TEXT, change)
    (link,) = tree.roots[0].links()
    assert (link.target, link.contents, link.box) == (target, "Ga", Box(1, 1, 9, 9))


def test_a_file_without_tags(tmp_path: Path) -> None:
    tree = read(tmp_path, TEXT, lambda pdf, root: pdf.Root.__delitem__("/StructTreeRoot"))
    assert (tree.tagged, tree.roots, tree.owners) == (False, (), {})


# --- broken files -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda data: b"", "geen gave PDF"),
        (lambda data: b"geen pdf", "geen gave PDF"),
        (lambda data: data[:40], "geen gave PDF"),
    ],
)
def test_a_broken_file(tmp_path: Path, change: Callable[[bytes], bytes], reason: str) -> None:
    file = make(tmp_path, TEXT)
    file.write_bytes(change(file.read_bytes()))
    with pytest.raises(Unreadable, match=reason):
        read_tree(file)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="kan niet worden gelezen"):
        read_tree(tmp_path / "weg.pdf")


def test_a_file_with_a_password(tmp_path: Path) -> None:
    file = make(tmp_path, TEXT, encryption=pikepdf.Encryption(owner="a", user="b"))
    with pytest.raises(Unreadable, match="wachtwoord"):
        read_tree(file)


@pytest.mark.parametrize("key", ["/K", "/ParentTree", "/RoleMap", "/IDTree"])
@pytest.mark.parametrize("value", [5, Name.X, String("x"), Array([1, 2]), Dictionary(Names=3, Nums=Array([1]))])
def test_nonsense_in_the_tree_never_gives_a_traceback(tmp_path: Path, key: str, value: object) -> None:
    file = make(tmp_path, TEXT, lambda pdf, root: root.__setitem__(key, value))
    try:
        assert isinstance(read_tree(file), Tree)
    except Unreadable as error:
        assert "geen gave PDF" in str(error)


def test_syntax(tmp_path: Path) -> None:
    file = make(tmp_path, TEXT)
    assert syntax_faults(file) == ()
    file.write_bytes(file.read_bytes().replace(b"xref", b"xrfe"))
    assert syntax_faults(file)


def test_lengths_of_streams_are_counted(tmp_path: Path) -> None:
    """A stream whose bytes end in a carriage return is sound; one byte more or two less is not."""
    file = make(tmp_path, TEXT + b"\r", compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    data = file.read_bytes()
    length = b"/Length %d" % (len(TEXT) + 1)
    assert length in data
    assert stream_lengths_hold(file)
    for wrong in (len(TEXT) - 1, len(TEXT) + 2):
        file.write_bytes(data.replace(length, b"/Length %d" % wrong))
        assert not stream_lengths_hold(file)


def test_words_prefer_replacement_text() -> None:
    inner = Element(0, "Span", "Span", 1, (Mark(1, 0, "fout"),), actual="goed")
    assert Element(0, "P", "P", 1, (Mark(1, 1, "een "), inner)).words() == "een goed"
