"""{getal} and {verschil} in a letter: what they print, and when the words that an author chose are refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from halfjaarbericht.problems import ContentError, Problem
from halfjaarbericht.verslag import Number
from tests.inhoudhulp import flat, inlines_of, read_report, write_content

NUMBERS = """\
data:
  eenheden:
    bestand: data/eenheden.csv
    sleutel: eenheid
    kolommen:
      eenheid: {soort: tekst}
      agenten: {opmaak: {eenheid: fte}}
cijfers:
  agenten: {totaal: {data: eenheden, kolom: agenten}}
  norm: {waarde: 5000}
  nu: {waarde: 3644, opmaak: {eenheid: fte}}
  toen: {waarde: 3600, opmaak: {eenheid: fte}}
  niets: {waarde: 0, opmaak: {eenheid: fte}}
  schuld: {waarde: -5, opmaak: {eenheid: fte}}
  inzet: {waarde: 12345, opmaak: {eenheid: uur, afronden: 1000}}
  inzet-vorig: {waarde: 12300, opmaak: {eenheid: uur, afronden: 1000}}
  rond: {waarde: 12000, opmaak: {eenheid: uur, afronden: 1000}}
  bedrag: {waarde: 23456789, opmaak: {eenheid: "€", schaal: miljoen, decimalen: 1}}
  erbij: {verschil: [nu, toen], opmaak: {eenheid: fte, afronden: 10}}
  eraf: {verschil: [toen, nu], opmaak: {eenheid: fte, afronden: 10}}
  groei: {verandering: [nu, toen], opmaak: {eenheid: "%", decimalen: 1}}
"""


def letter(folder: Path, role: str) -> Path:
    numbers = "\n".join(f"  {{getal}}`{line.split(':')[0].strip()}`" for line in NUMBERS.splitlines()[8:])
    brief = f"tekst: |\n  Dit zijn er {role}.\n\n{numbers}\n"
    return write_content(folder, {"2030-1/brief.yaml": brief, "2030-1/cijfers.yaml": NUMBERS})


def printed(folder: Path, role: str) -> str:
    report, problems = read_report(letter(folder, role))
    assert problems == ()
    found = (item for line in inlines_of(report.documents[0]) for item in flat(line) if isinstance(item, Number))
    return next(found).text.replace("\u00a0", "␣")


def only(folder: Path, role: str) -> Problem:
    with pytest.raises(ContentError) as caught:
        read_report(letter(folder, role))
    (problem,) = caught.value.problems
    assert (problem.path, problem.line) == ("content/2030-1/brief.yaml", 2)
    return problem


@pytest.mark.parametrize(
    ("role", "text"),
    [
        ("{getal}`inzet`", "12.000␣uur"),
        ("{getal}`inzet | ruim`", "ruim 12.000␣uur"),
        ("{getal}`inzet | circa kaal`", "circa 12.000"),
        ("{getal}`inzet | bijna`", "bijna 13.000␣uur"),
        ("{getal}`inzet | precisie`", "ruim 12.000␣uur"),
        ("{getal}`inzet | precisie woord`", "ruim twaalfduizend␣uur"),
        ("{getal}`rond | precisie`", "12.000␣uur"),
        ("{getal}`bedrag | ruim`", "ruim €␣23,4␣miljoen"),
        ("{getal}`bedrag | precisie`", "bijna €␣23,5␣miljoen"),
        ("{verschil}`nu - toen`", "44␣fte meer"),
        ("{verschil}`nu - toen | procent`", "1,2% meer"),
        ("{verschil}`toen - nu | procent`", "1,2% minder"),
        ("{verschil}`toen - nu | procent stijging`", "een daling van 1,2%"),
        ("{verschil}`nu - toen | procent hoger omhoog`", "1,2% hoger"),
        ("{verschil}`nu - toen | kaal omhoog`", "44␣fte"),
        ("{verschil}`toen - nu | stijging omlaag`", "een daling van 44␣fte"),
        ("{verschil}`inzet - inzet-vorig`", "45␣uur meer"),
        ("{verschil}`nu - nu | procent`", "evenveel"),
        ("{verschil}`erbij`", "40␣fte meer"),
        ("{verschil}`erbij | ruim`", "ruim 40␣fte meer"),
        ("{verschil}`eraf | ruim`", "ruim 40␣fte minder"),
        ("{verschil}`eraf | precisie stijging omlaag`", "een daling van ruim 40␣fte"),
        ("{verschil}`groei`", "1,2% meer"),
        ("{verschil}`groei | stijging circa`", "een stijging van circa 1,2%"),
    ],
)
def test_what_a_role_prints(tmp_path: Path, role: str, text: str) -> None:
    assert printed(tmp_path, role) == text


@pytest.mark.parametrize(
    ("role", "code", "message", "hint"),
    [
        ("{getal}`rond | ruim`", "E436", "'ruim' klopt niet bij 'rond': het getal is precies 12.000", "laat '| ruim'"),
        ("{getal}`norm | bijna`", "E435", "'norm' wordt niet afgerond", "afronden: 100"),
        ("{getal}`inzet | ruim bijna`", "E214", "'ruim' en 'bijna' gaan niet samen", "kies één"),
        ("{getal}`inzet | omhoog`", "E214", "kent '| omhoog' niet", ""),
        ("{getal}`inzet-vorig | bijna woord plus ruimt`", "E214", "kent '| ruimt' niet", "bedoelde u 'ruim'?"),
        ("{verschil}`nu - toen | ruim`", "E435", "'nu - toen' wordt niet afgerond", ""),
        ("{verschil}`nu - toen | omlaag`", "E437", "gaat omlaag, maar nu - toen is 44", "hier past 'omhoog'"),
        ("{verschil}`toen - nu | kaal omhoog`", "E437", "toen - nu is −44", "hier past 'omlaag'"),
        ("{verschil}`nu - nu | omhoog`", "E437", "nu - nu is 0", "er is geen verschil"),
        ("{verschil}`groei | omlaag`", "E437", "gaat omlaag, maar groei is", "hier past 'omhoog'"),
        ("{verschil}`nu - niets | procent`", "E423", "deling door nul", ""),
        ("{verschil}`nu - schuld | procent`", "E434", "'schuld' is negatief", ""),
        ("{verschil}`erbij | procent`", "E214", "twee getallen", "a - b"),
        ("{verschil}`inzet`", "E214", "heeft twee getallen nodig", "zelf een verschil"),
        ("{verschil}`nu - norm`", "E433", "'nu' is in fte, 'norm' in aantallen", ""),
    ],
)
def test_what_is_refused(tmp_path: Path, role: str, code: str, message: str, hint: str) -> None:
    problem = only(tmp_path, role)
    assert problem.code == code
    assert message in problem.message
    assert hint in problem.hint
