"""Documents made to torment the placing of notes: long letters full of them, in every kind of place.

The same seed gives the same document. Geometry is that of the letter; the text is made of loose words.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field

from tests.pdfhulp import FONT

WOORDEN = (
    "politie eenheid basisteam wijkagent bezetting formatie instroom opleiding capaciteit motie toezegging "
    "kamerlid gemeente burgemeester onderzoek evaluatie voortgang planning halfjaar jaarverslag meldkamer "
    "cybercrime ondermijning veiligheid samenwerking informatievoorziening gebiedsgebonden de het een van op "
    "in met voor naar over wordt zijn is heeft kan zal en of maar ook nog dit die"
).split()

STYLE = """
@page { size: 210mm 297mm; margin: 56.4mm 49.7mm 19mm 28mm;
  @bottom-right-corner { content: "Pagina " counter(page) " van " counter(pages); vertical-align: top;
    font: 6.5pt/9pt "Proefletter"; white-space: nowrap }
  @footnote { border-top: .5pt solid black; padding-top: 3pt; margin-top: 9pt } }
@page :first { margin-top: 120.6mm }
body { margin: 0; font: 9pt/12pt "Proefletter"; hyphens: manual; orphans: 2; widows: 2 }
p, ul, ol, table, h2, h3 { margin: 0 0 12pt }
h2, h3 { font-size: 9pt; break-after: avoid; bookmark-label: attr(data-label) }
ul, ol { padding-left: 14pt }
table { border-collapse: collapse; width: 100%; font-size: 7.5pt; line-height: 10pt }
td, th { border: .5pt solid #999; padding: 2pt 4pt; vertical-align: top; text-align: left }
caption { text-align: left; font-weight: bold; break-after: avoid; padding-bottom: 3pt }
tr { break-inside: avoid }
.noot { float: footnote; font: 6.5pt/9pt "Proefletter"; text-align: left }
.noot-alinea { display: block }
.noot::footnote-call { content: attr(data-nr); font-size: 6.5pt; vertical-align: super; line-height: 0 }
.noot::footnote-marker { content: attr(data-nr) " " }
.inhoud { list-style: none; padding: 0 }
.inhoud a::after { content: "  " target-counter(attr(href), page) }
"""


@dataclass
class Maker:
    """Makes one document: `notes` calls in all, spread over paragraphs, lists, tables and headings."""

    seed: int
    notes: int
    density: float = 1.0
    note_lines: int = 6
    made: int = 0
    headings: list[tuple[str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.rng = random.Random(self.seed)

    def words(self, low: int, high: int) -> str:
        return " ".join(self.rng.choices(WOORDEN, k=self.rng.randint(low, high)))

    def note(self) -> str:
        """A note of one to `note_lines` lines with a first and a last word of its own; or ''."""
        if self.made >= self.notes:
            return ""
        self.made += 1
        number = self.made
        # Ten words fill about one line of 375 pt at 6.5 pt.
        length = 10 * self.rng.randint(1, self.note_lines) - 4
        text = f"begin{number:03}x " + self.words(max(1, length - 2), length) + f" eind{number:03}x"
        if self.rng.random() < 0.15:
            half = len(text.split()) // 2
            parts = (" ".join(text.split()[:half]), " ".join(text.split()[half:]))
            text = "".join(f'<span class="noot-alinea">{part}</span>' for part in parts)
        return f'<span class="noot" id="noot-{number}" data-nr="{number}">{text}</span>'

    def maybe(self, chance: float) -> str:
        return self.note() if self.rng.random() < chance * self.density else ""

    def sentence(self, chance: float) -> str:
        text = self.words(6, 24).capitalize() + self.maybe(chance) + "."
        if self.made and self.rng.random() < 0.03:
            earlier = self.rng.randint(1, self.made)
            text += f' Zie ook<a class="nootverwijzing" href="#noot-{earlier}">{earlier}</a>.'
        return text

    def paragraph(self) -> str:
        return "<p>" + " ".join(self.sentence(0.22) for _ in range(self.rng.randint(1, 6))) + "</p>"

    def heading(self) -> str:
        level = self.rng.choice((2, 2, 3))
        title = self.words(2, 7).capitalize()
        name = f"kop-{len(self.headings) + 1}"
        self.headings.append((name, title))
        return f'<h{level} id="{name}" data-label="{title}">{title}{self.maybe(0.15)}</h{level}>'

    def list(self, depth: int = 0) -> str:
        tag = self.rng.choice(("ul", "ol"))
        items = []
        for _ in range(self.rng.randint(2, 5)):
            item = self.sentence(0.2)
            if depth < 2 and self.rng.random() < 0.2:
                item += self.list(depth + 1)
            items.append(f"<li>{item}</li>")
        return f"<{tag}>" + "".join(items) + f"</{tag}>"

    def cells(self, tag: str, count: int, most: int, chance: float) -> str:
        cells = (f"<{tag}>{self.words(1, most)}{self.maybe(chance)}</{tag}>" for _ in range(count))
        return f"<tr>{''.join(cells)}</tr>"

    def table(self) -> str:
        columns = self.rng.randint(2, 3)
        caption = f"<caption>Tabel: {self.words(2, 6)}{self.maybe(0.3)}</caption>"
        head = self.cells("th", columns, 2, 0.15)
        rows = "".join(self.cells("td", columns, 9, 0.04) for _ in range(self.rng.randint(3, 30)))
        # Class names of the real templates: a wide table lies on a page of its own kind.
        kind = "tabelblok tabelblok-breed" if self.rng.random() < 0.1 else "tabelblok"
        return f'<div class="{kind}"><table>{caption}<thead>{head}</thead><tbody>{rows}</tbody></table></div>'

    def form(self) -> str:
        """A table of running text: two columns, long cells."""
        caption = f"<caption>Formulier{self.maybe(0.2)}</caption>"
        rows = []
        for _ in range(self.rng.randint(2, 5)):
            head = f"<th>{self.words(1, 3)}{self.maybe(0.1)}</th>"
            text = "".join(self.paragraph() for _ in range(self.rng.randint(1, 3)))
            rows.append(f"<tr>{head}<td>{text}</td></tr>")
        return f"<table>{caption}<tbody>{''.join(rows)}</tbody></table>"

    def blocks(self, count: int) -> str:
        kinds = (self.paragraph,) * 8 + (self.list,) * 2 + (self.heading,) * 2 + (self.table, self.form)
        body = []
        while len(body) < count or self.made < self.notes:
            body.append(self.rng.choice(kinds)())
        return "".join(body)


# The style sheet of the real letter and annexes, with a plain contents list.
DRUK = (
    '<link rel="stylesheet" href="https://doc.invalid/styles/druk.css">'
    "<style>.inhoud a::after { content: '  ' target-counter(attr(href), page) }</style>"
)
OWN = f"<style>{FONT}{STYLE}</style>"


def stress_document(
    seed: int,
    notes: int = 200,
    blocks: int = 0,
    density: float = 1.0,
    note_lines: int = 6,
    style: str = OWN,
) -> str:
    """HTML with `notes` notes, at least `blocks` blocks and a table of contents with page numbers."""
    maker = Maker(seed, notes, density, note_lines)
    body = maker.blocks(blocks)
    contents = "".join(f'<li><a href="#{name}">{title}</a></li>' for name, title in maker.headings)
    return (
        f'<!DOCTYPE html><html lang="nl"><head><meta charset="utf-8"><title>Proef</title>{style}</head>'
        f'<body class="brief"><ul class="inhoud">{contents}</ul>{body}</body></html>'
    )
