"""A good PDF with one thing broken: what the checks of `validate` must find, each with who finds it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, String

from halfjaarbericht.tagtree.contents import Contents

PAGE, OWN, TWIN = "page", "eigen", "webpagina"


@dataclass(frozen=True)
class Defect:
    """One thing broken. `found_by` maps each checker that must find it to the rules, or parts of their names, that it
    must say are broken."""

    name: str
    break_it: Callable[[Pdf], None]
    found_by: dict[str, str | tuple[str, ...]]
    document: str = "bijlage-2-zaken"

    def rules(self, checker: str) -> tuple[str, ...]:
        found = self.found_by.get(checker, ())
        return (found,) if isinstance(found, str) else found


def seeded(source: Path, defect: Defect, folder: Path) -> Path:
    """A copy of a PDF with the defect in it."""
    with Pdf.open(source) as pdf:
        defect.break_it(pdf)
        target = folder / "kapot.pdf"
        pdf.save(target, object_stream_mode=pikepdf.ObjectStreamMode.preserve, deterministic_id=True)
    return target


# --- finding things ---------------------------------------------------------------------------------------------


def kids(element: Any) -> list[Any]:
    found = element.get("/K")
    return [] if found is None else list(found) if isinstance(found, Array) else [found]


def elements(pdf: Pdf, role: str = "") -> Iterator[Any]:
    """Structure elements in reading order."""

    def walk(element: Any) -> Iterator[Any]:
        if not role or element.get("/S") == f"/{role}":
            yield element
        for kid in kids(element):
            if isinstance(kid, Dictionary) and "/S" in kid:
                yield from walk(kid)

    for root in kids(pdf.Root.StructTreeRoot):
        yield from walk(root)


def first(pdf: Pdf, role: str, having: str = "") -> Any:
    return next(e for e in elements(pdf, role) if not having or having in e or having in table_attributes(e))


def table_attributes(element: Any) -> Any:
    found = element.get("/A")
    parts = list(found) if isinstance(found, Array) else [found] if found is not None else []
    return next((part for part in parts if part.get("/O") == "/Table"), Dictionary())


def layout_attributes(element: Any) -> Any:
    found = element.A
    return next(part for part in (list(found) if isinstance(found, Array) else [found]) if "/BBox" in part)


def links(pdf: Pdf) -> Iterator[Any]:
    return (a for page in pdf.pages for a in page.get("/Annots", []) if a.get("/Subtype") == "/Link")


def link_of(element: Any) -> Any:
    """The annotation of the first link in an element."""
    for kid in kids(element):
        if isinstance(kid, Dictionary) and kid.get("/Type") == "/OBJR":
            return kid.Obj
        if isinstance(kid, Dictionary) and "/S" in kid and (found := link_of(kid)) is not None:
            return found
    return None


def note_call(pdf: Pdf) -> Any:
    """The first reference to a note: one outside the table of contents."""
    listed = {e.objgen for toc in elements(pdf, "TOC") for e in _below(toc)}
    return next(e for e in elements(pdf, "Reference") if e.objgen not in listed)


def _below(element: Any) -> Iterator[Any]:
    for kid in kids(element):
        if isinstance(kid, Dictionary) and "/S" in kid:
            yield kid
            yield from _below(kid)


# --- breaking things --------------------------------------------------------------------------------------------


def set_role(role: str, to: str) -> Callable[[Pdf], None]:
    return lambda pdf: first(pdf, role).__setitem__("/S", Name(f"/{to}"))


def drop(role: str, key: str) -> Callable[[Pdf], None]:
    return lambda pdf: first(pdf, role, key).__delitem__(key)


def all_notes_plain(pdf: Pdf) -> None:
    for note in list(elements(pdf, "Note")):
        note.S = Name.Div


def same_note_ids(pdf: Pdf) -> None:
    for note in list(elements(pdf, "Note"))[:2]:
        note.ID = String("zelfde")


def swap_note_targets(pdf: Pdf) -> None:
    """A call that leads to the place of another note."""
    calls = [link_of(e) for e in elements(pdf, "Reference") if str(link_of(e).get("/Contents", "")).count("noot")]
    here, there = calls[0], calls[-1]
    key = "/Dest" if "/Dest" in here else "/A"
    here[key] = there[key]


def unlink_call(pdf: Pdf) -> None:
    call = note_call(pdf)
    call.S = Name.Span


def way_back_lost(pdf: Pdf) -> None:
    """The label of a note no longer leads back, but to the top of the document."""
    label = next(kid for kid in kids(first(pdf, "Note")) if isinstance(kid, Dictionary) and kid.get("/S") == "/Lbl")
    link = link_of(label)
    for key in ("/Dest", "/A"):
        if key in link:
            del link[key]
    link.Dest = Array([pdf.pages[-1].obj, Name.XYZ, 0, 800, 0])


def contents_gone(pdf: Pdf) -> None:
    del next(links(pdf))["/Contents"]


def parent_gone(pdf: Pdf) -> None:
    del next(links(pdf))["/StructParent"]


def link_out_of_tree(pdf: Pdf) -> None:
    """A Link element without its annotation."""
    element = first(pdf, "Link")
    element.K = Array([kid for kid in kids(element) if not (isinstance(kid, Dictionary) and "/Obj" in kid)])


def link_to_a_folder(pdf: Pdf) -> None:
    link = next(links(pdf))
    if "/Dest" in link:
        del link["/Dest"]
    link.A = Dictionary(S=Name.URI, URI=String("file:///home/iemand/bijlage.pdf"))


def edit_contents(change: Callable[[list[Any]], list[Any]], number: int = 0) -> Callable[[Pdf], None]:
    """Rewrite the operators of a page."""

    def edit(pdf: Pdf) -> None:
        page = pdf.pages[number]
        found = change(list(pikepdf.parse_content_stream(page)))
        page.Contents = pdf.make_stream(pikepdf.unparse_content_stream(found))

    return edit


def is_content(instruction: Any) -> bool:
    return str(instruction.operator) == "BDC" and "/MCID" in instruction.operands[1]


def without_first_mark(instructions: list[Any]) -> list[Any]:
    """The first piece of content loses its tag."""
    start = next(n for n, i in enumerate(instructions) if is_content(i))
    end = next(n for n, i in enumerate(instructions) if n > start and str(i.operator) == "EMC")
    return [i for n, i in enumerate(instructions) if n not in (start, end)]


def artifact_in_content(instructions: list[Any]) -> list[Any]:
    start = next(n for n, i in enumerate(instructions) if is_content(i))
    begin = pikepdf.ContentStreamInstruction([Name.Artifact], pikepdf.Operator("BMC"))
    end = pikepdf.ContentStreamInstruction([], pikepdf.Operator("EMC"))
    return [*instructions[: start + 1], begin, end, *instructions[start + 1 :]]


def marked_twice(instructions: list[Any]) -> list[Any]:
    """The first piece of content stands there once more, under the same number."""
    start = next(n for n, i in enumerate(instructions) if is_content(i))
    end = next(n for n, i in enumerate(instructions) if n > start and str(i.operator) == "EMC")
    return [*instructions[: end + 1], *instructions[start : end + 1], *instructions[end + 1 :]]


def other_number(instructions: list[Any]) -> list[Any]:
    """Content under a number that no element has."""
    found = next(i for i in instructions if is_content(i))
    found.operands[1]["/MCID"] = 9_999
    return instructions


def element_lost(pdf: Pdf) -> None:
    """A paragraph is taken out of the tree; its content stays on the page."""
    paragraph = first(pdf, "P", "/K")
    parent = paragraph.P
    parent.K = Array([kid for kid in kids(parent) if getattr(kid, "objgen", None) != paragraph.objgen])


def content_read_twice(pdf: Pdf) -> None:
    paragraph = next(e for e in elements(pdf, "P") if any(isinstance(kid, int) for kid in kids(e)))
    paragraph.K = Array([*kids(paragraph), *(kid for kid in kids(paragraph) if isinstance(kid, int))])


def wrong_owner(pdf: Pdf) -> None:
    """The ParentTree names another element than the one that has the content."""
    owners = pdf.Root.StructTreeRoot.ParentTree.Nums[1]
    owners[0], owners[len(owners) - 1] = owners[len(owners) - 1], owners[0]


def id_unlisted(pdf: Pdf) -> None:
    names = pdf.Root.StructTreeRoot.IDTree.Names
    pdf.Root.StructTreeRoot.IDTree.Names = Array(list(names)[2:])


def set_headers(value: Callable[[Pdf], Array]) -> Callable[[Pdf], None]:
    def change(pdf: Pdf) -> None:
        table_attributes(first(pdf, "TD", "/Headers"))["/Headers"] = value(pdf)

    return change


def headers_of_another(pdf: Pdf) -> Array:
    """The header of the last column for a cell in the first one."""
    cells = [e for e in elements(pdf, "TH") if "/ID" in e and table_attributes(e).get("/Scope") == "/Column"]
    own = {str(name) for name in table_attributes(first(pdf, "TD", "/Headers"))["/Headers"]}
    row = next(e.P for e in cells if str(e.ID) in own)
    other = next(e for e in reversed(cells) if e.P.objgen == row.objgen and str(e.ID) not in own)
    return Array([other.ID])


def no_headers_at_all(pdf: Pdf) -> None:
    for element in elements(pdf):
        for key in ("/Scope", "/Headers"):
            attributes = table_attributes(element)
            if key in attributes:
                del attributes[key]


def no_header_cells(pdf: Pdf) -> None:
    for element in list(elements(pdf, "TH")):
        element.S = Name.TD


def irregular(pdf: Pdf) -> None:
    row = next(e for e in elements(pdf, "TR") if len(kids(e)) > 2)
    row.K = Array(kids(row)[1:])


def box_elsewhere(pdf: Pdf) -> None:
    layout_attributes(first(pdf, "Figure"))["/BBox"] = Array([0, -5_000, 1, -4_000])


def box_beside(pdf: Pdf) -> None:
    """On the page, but not around the drawing: in pixels from the top, as the engine writes it by itself."""
    attributes = layout_attributes(first(pdf, "Figure"))
    height = float(pdf.pages[0].mediabox[3])
    left, bottom, right, top = (float(number) for number in attributes["/BBox"])
    attributes["/BBox"] = Array([left / 0.75, (height - top) / 0.75, right / 0.75, (height - bottom) / 0.75])


def no_page_number(pdf: Pdf) -> None:
    """An entry of the contents list whose text is only its title."""
    entry = first(pdf, "TOCI")
    for element in [entry, *_below(entry)]:
        if any(isinstance(kid, int) for kid in kids(element)):
            element.ActualText = String("Leeswijzer")
            return


def wrong_page_number(pdf: Pdf) -> None:
    entry = first(pdf, "TOCI")
    for element in [entry, *_below(entry)]:
        if any(isinstance(kid, int) for kid in kids(element)):
            element.ActualText = String("Leeswijzer 88")
            return


def page_missing(pdf: Pdf) -> None:
    del pdf.pages[len(pdf.pages) - 1]


def private_letters(pdf: Pdf) -> None:
    """A replacement text of letters that nobody can say."""

    def change(instructions: list[Any]) -> list[Any]:
        next(i for i in instructions if is_content(i)).operands[1]["/ActualText"] = String("\ue000\ue001")
        return instructions

    edit_contents(change)(pdf)


def glued(pdf: Pdf) -> None:
    """Every piece of text loses the space at its end, however the file has it."""
    for number, page in enumerate(pdf.pages):
        texts = {mcid: mark.text for mcid, mark in Contents(page, number + 1, {}).marks.items()}
        edit_contents(partial(_without_spaces, texts), number)(pdf)


def _without_spaces(texts: dict[int, str], instructions: list[Any]) -> list[Any]:
    for instruction in filter(is_content, instructions):
        text = texts[int(instruction.operands[1]["/MCID"])]
        if text != text.rstrip():
            instruction.operands[1]["/ActualText"] = String(text.rstrip())
    return instructions


def without_language(pdf: Pdf) -> None:
    del pdf.Root["/Lang"]


def foreign_words_unmarked(pdf: Pdf) -> None:
    for element in elements(pdf):
        if "/Lang" in element:
            del element["/Lang"]


def no_such_language(pdf: Pdf) -> None:
    first(pdf, "P")["/Lang"] = String("xq-nederlands")


def font_gone(pdf: Pdf) -> None:
    for found in pdf.objects:
        if isinstance(found, Dictionary) and found.get("/Type") == "/FontDescriptor":
            for key in ("/FontFile2", "/FontFile3"):
                if key in found:
                    del found[key]
                    return


def without(pattern: bytes) -> Callable[[Pdf], None]:
    """Something taken out of the XMP."""

    def change(pdf: Pdf) -> None:
        data = pdf.Root.Metadata.read_bytes()
        cut = re.sub(pattern, b"", data, flags=re.S)
        assert cut != data
        pdf.Root.Metadata = pdf.make_indirect(pikepdf.Stream(pdf, cut, Type=Name.Metadata, Subtype=Name.XML))

    return change


def script(pdf: Pdf) -> None:
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("1"))


def replace_text(role: str, text: str) -> Callable[[Pdf], None]:
    return lambda pdf: first(pdf, role).__setitem__("/ActualText", String(text))


DEFECTS = (
    Defect("figuur zonder Alt", drop("Figure", "/Alt"), {PAGE: "", OWN: "figuur heeft beschrijving"}),
    Defect(
        "bestandsnaam als Alt",
        lambda pdf: first(pdf, "Figure").__setitem__("/Alt", String("lijn.svg")),
        {OWN: "figuur heeft beschrijving"},
    ),
    Defect("BBox buiten de bladzijde", box_elsewhere, {OWN: "figuur heeft kader"}),
    Defect("BBox niet om de figuur", box_beside, {OWN: "figuur heeft kader"}),
    Defect("geen taal van het document", without_language, {PAGE: "", OWN: "taal"}),
    Defect("taal die niet bestaat", no_such_language, {OWN: "taal"}),
    Defect("vreemde woorden zonder taal", foreign_words_unmarked, {TWIN: "zelfde talen"}, "brief"),
    Defect("noot zonder naam", drop("Note", "/ID"), {PAGE: "", OWN: "noot heeft nummer, naam en tekst"}),
    Defect("twee noten met één naam", same_note_ids, {PAGE: "", OWN: "namen van tags"}),
    Defect("noten gewone alinea's", all_notes_plain, {OWN: "verwijzing leidt naar noot", TWIN: "zelfde noten"}),
    Defect("verwijzing leidt naar andere noot", swap_note_targets, {OWN: "verwijzing leidt naar noot"}),
    Defect("verwijzing geen Reference", unlink_call, {OWN: "noot wordt aangeroepen"}),
    Defect("noot leidt niet terug", way_back_lost, {OWN: "noot leidt terug"}),
    Defect("kopniveau overgeslagen", set_role("H2", "H4"), {PAGE: "", OWN: "kopniveaus"}),
    Defect("kop werd alinea", set_role("H3", "P"), {TWIN: "zelfde koppen"}),
    Defect("lege kop", replace_text("H2", ""), {OWN: "koppen hebben tekst"}),
    Defect("koppeling zonder Contents", contents_gone, {PAGE: "", OWN: "koppeling heeft omschrijving"}),
    Defect("koppeling zonder StructParent", parent_gone, {PAGE: "", OWN: "weg terug naar de tag"}),
    Defect(
        "koppeling niet in de boom",
        link_out_of_tree,
        {OWN: ("koppeling staat in de boom", "koppeling kan gevolgd worden")},
    ),
    Defect("koppeling naar een map", link_to_a_folder, {OWN: "koppeling leidt ergens heen"}),
    Defect("inhoud zonder tag", edit_contents(without_first_mark), {PAGE: "", OWN: "inhoud zonder tag"}),
    Defect("versiering in inhoud", edit_contents(artifact_in_content), {OWN: "versiering in inhoud"}),
    Defect("inhoud onder vreemd nummer", edit_contents(other_number), {OWN: ("tag zonder inhoud", "inhoud ongelezen")}),
    Defect("inhoud onder één nummer", edit_contents(marked_twice), {OWN: "inhoud dubbel gemerkt"}),
    Defect("alinea uit de boom", element_lost, {OWN: "tag buiten de boom"}),
    Defect("inhoud twee keer gelezen", content_read_twice, {OWN: "inhoud dubbel gelezen"}),
    Defect("ParentTree verwisseld", wrong_owner, {OWN: "weg terug naar de tag"}),
    Defect("naam niet in IDTree", id_unlisted, {OWN: "namen van tags"}),
    Defect("onbekende kopcel", set_headers(lambda pdf: Array([String("nergens")])), {OWN: "genoemde kopcel bestaat"}),
    Defect(
        "kopcel van een andere kolom",
        set_headers(headers_of_another),
        {OWN: ("genoemde kopcel hoort bij de cel", "geen kop vergeten")},
    ),
    Defect("geen Scope en geen Headers", no_headers_at_all, {PAGE: "", OWN: "kopcel heeft Scope"}),
    Defect("lege kopcel", replace_text("TH", ""), {OWN: "kopcel heeft tekst"}),
    Defect("geen kopcellen", no_header_cells, {OWN: "tabel heeft kopcellen"}),
    Defect("rij te kort", irregular, {PAGE: "", OWN: "tabel is regelmatig", TWIN: "zelfde tabellen"}),
    Defect("kopcel werd gewone cel", set_role("TH", "TD"), {OWN: "genoemde kopcel bestaat"}),
    Defect("inhoudsopgave zonder nummer", no_page_number, {OWN: "inhoudsopgave"}),
    Defect("inhoudsopgave met fout nummer", wrong_page_number, {OWN: "inhoudsopgave"}),
    Defect("TOCI buiten TOC", set_role("TOC", "Div"), {PAGE: ""}),
    Defect("LI buiten L", set_role("L", "Div"), {PAGE: ""}),
    Defect("onbekende rol", set_role("P", "Foo"), {PAGE: ""}),
    Defect("laatste bladzijde weg", page_missing, {OWN: "paginanummers"}),
    Defect("onbekende tekens", private_letters, {OWN: "tekens zijn bekend"}),
    Defect("woorden aan elkaar", glued, {OWN: "woorden staan los"}),
    Defect("lettertype niet in het bestand", font_gone, {PAGE: ""}),
    Defect("XMP zonder titel", without(rb"<dc:title>.*?</dc:title>"), {PAGE: ""}),
    Defect("XMP zonder pdfuaid", without(rb"<pdfuaid:part>1</pdfuaid:part>"), {PAGE: ""}),
    Defect("geen OutputIntent", lambda pdf: pdf.Root.__delitem__("/OutputIntents"), {PAGE: ""}),
    Defect("script", script, {PAGE: ""}),
    Defect(
        "titel niet getoond",
        lambda pdf: pdf.Root.ViewerPreferences.__setitem__("/DisplayDocTitle", False),
        {PAGE: ""},
    ),
    Defect("geen leesvolgorde voor Tab", lambda pdf: pdf.pages[0].obj.__delitem__("/Tabs"), {PAGE: ""}),
)
