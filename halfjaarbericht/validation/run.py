"""All checkers over all that was built: the way in of this folder."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from halfjaarbericht.built import BuiltDocument
from halfjaarbericht.tagtree.reading import Unreadable, read_tree
from halfjaarbericht.validation import outloud, page, web
from halfjaarbericht.validation.finding import Absent, Finding, Foreign, Outcome
from halfjaarbericht.validation.pdfs import CheckedPdf, PdfFile, check_pdfs

GET_TEST = "pip install 'halfjaarbericht[test]'; in een werkkopie doet `python3 build.py test` dat zelf"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What all checkers said: `pdfs` and `pages` count our own PDFs; those of others stand apart."""

    pdfs: int
    pages: int
    web_pages: int
    outcomes: tuple[Outcome, ...]
    absent: tuple[Absent, ...]
    foreign: tuple[Foreign, ...]

    @property
    def findings(self) -> list[Finding]:
        """Everything that is wrong, by file."""
        return sorted(finding for outcome in self.outcomes for finding in outcome.findings)


def validate(root: Path, documents: Sequence[BuiltDocument], pages: Sequence[Path], output: Path) -> Verdict:
    """Check the PDFs of `documents` and the web `pages`, all of them in `output`; the tools for pages are looked for
    in the project at `root`. Never raises for a broken file."""
    ours: list[PdfFile] = []
    theirs: list[PdfFile] = []
    for document in documents:
        if document.pdf:
            file = PdfFile(document.pdf, _name(document.pdf, output), document.html)
            (theirs if document.external else ours).append(file)
    checked = check_pdfs(ours)
    outcomes = list(_by_checker(checked))
    absent = [Absent(lacking, GET_TEST) for lacking in (page.missing(), outloud.missing()) if lacking]
    for told in _check_pages(root, pages, output):
        if isinstance(told, Absent):
            absent.append(told)
        else:
            outcomes.append(told)
    foreign = tuple(_foreign(file) for file in theirs)
    count = sum(pdf.pages for pdf in checked)
    return Verdict(len(ours), count, len(pages), tuple(outcomes), tuple(absent), foreign)


def _name(file: Path, output: Path) -> str:
    return file.relative_to(output).as_posix()


def _by_checker(checked: Sequence[CheckedPdf]) -> Iterator[Outcome]:
    """The outcomes of checkers over all files, in the order in which they are first met."""
    for checker in dict.fromkeys(said.checker for pdf in checked for said in pdf.said):
        own = [said for pdf in checked for said in pdf.said if said.checker == checker]
        findings = tuple(finding for said in own for finding in said.findings)
        yield Outcome(checker, len(own), max(said.rules for said in own), findings)


def _foreign(file: PdfFile) -> Foreign:
    """A PDF of others: what it says it is."""
    try:
        tree = read_tree(file.path)
    except Unreadable as error:
        return Foreign(file.name, 0, str(error))
    said = [*_standards(tree.claims), "met tags" if tree.tagged else "zonder tags: niet toegankelijk"]
    return Foreign(file.name, len(tree.pages), ", ".join(said))


def _standards(claims: Mapping[str, str]) -> Iterator[str]:
    if "pdfaid:part" in claims:
        yield f"PDF/A-{claims['pdfaid:part']}{claims.get('pdfaid:conformance', '').lower()}"
    if "pdfuaid:part" in claims:
        yield f"PDF/UA-{claims['pdfuaid:part']}"


_Checker = Callable[[Path, Sequence[Path], dict[str, str]], tuple[int, list[Finding]]]
_PAGE_CHECKERS: tuple[tuple[str, _Checker], ...] = (
    (web.NU, web.nu_checker),
    (web.HTML_VALIDATE, web.html_validate),
    (web.AXE, web.axe),
)


def _check_pages(root: Path, pages: Sequence[Path], output: Path) -> Iterator[Outcome | Absent]:
    if not pages:
        return
    names = {page.as_posix(): _name(page, output) for page in pages}
    checkout = web.workshop(root)
    for checker, check in _PAGE_CHECKERS:
        lacking = web.missing(checkout, checker)
        if checkout is None or lacking:
            yield Absent(checker, lacking)
            continue
        try:
            rules, findings = check(checkout, pages, names)
        except web.ToolFailed as error:
            rules, findings = 0, [Finding("", checker, "vastgelopen", "", str(error))]
        yield Outcome(checker, len(pages), rules, tuple(findings))
