"""What an archive says to whoever opens it in ten years."""

from collections.abc import Mapping
from datetime import date

from reglo.reporting.archive.layout import CUSTOMERS, ENTRIES, JOURNAL, MANIFEST, SEALS, SUMS

NAMES = {"fr": "LISEZMOI.txt", "en": "README.txt"}

_FR = """Archive de {organisation} (SIREN {siren}), du {start} au {end}
Faite par Réglo, à conserver dix ans (C. com. L123-22 ; pour l'impôt, LPF L102 B : six ans).

Contenu
  invoices/          chaque document émis : PDF (Factur-X), XML (CII), et le document lui-même en JSON
  fec/               fichier des écritures comptables (LPF A47 A-1), avec sa description
  {entries}        toutes les lignes d'écritures, dans toutes les devises
  {customers}      les clients
  {seals}        les scellés : chacun contient l'empreinte du précédent et celle de ce qu'il scelle
  {journal}      l'historique : qui a fait quoi, quand
  {sums}         l'empreinte SHA-256 de chaque fichier
  {manifest}      la liste des fichiers, leur taille, leur empreinte, les extrémités des chaînes
{left_out}
Vérifier
  Avec Réglo, sans base de données :  reglo verify CETTE-ARCHIVE.zip
  À la main, une fois l'archive décompressée :  sha256sum -c {sums}
  L'empreinte du ZIP entier (sha256sum CETTE-ARCHIVE.zip) est dans l'historique de Réglo : notez-la ailleurs.

Refaire le calcul d'un scellé
  SHA-256 de la liste JSON [previous, organisation, sequence, invoice, number, kind, digest, at], en UTF-8, telle que
  json.dumps(liste, ensure_ascii=False) de Python l'écrit. digest est l'empreinte du JSON du document (kind document),
  ou celle du texte « xml EMPREINTE », fin de ligne, « pdf EMPREINTE » (kind files).
"""
_EN = """Archive of {organisation} (SIREN {siren}), from {start} to {end}
Made by Réglo, to be kept for ten years (C. com. L123-22; for the tax office, LPF L102 B: six years).

What is in it
  invoices/          each document that was issued: PDF (Factur-X), XML (CII), and the document itself as JSON
  fec/               the file of accounting entries (LPF A47 A-1), with its description
  {entries}        all lines of the ledger, in every currency
  {customers}      the customers
  {seals}        the seals: each holds the hash of the one before and of what it seals
  {journal}      the journal: who did what, when
  {sums}         the SHA-256 of each file
  {manifest}      the list of files, their size, their hash, the ends of the chains
{left_out}
To verify
  With Réglo, without a database:  reglo verify THIS-ARCHIVE.zip
  By hand, once it is unpacked:  sha256sum -c {sums}
  The hash of the whole ZIP (sha256sum THIS-ARCHIVE.zip) stands in the journal of Réglo: note it elsewhere too.

To work out a seal again
  SHA-256 of the JSON list [previous, organisation, sequence, invoice, number, kind, digest, at], in UTF-8, as
  json.dumps(list, ensure_ascii=False) of Python writes it. digest is the hash of the document's JSON (kind document),
  or of the text "xml HASH", line feed, "pdf HASH" (kind files).
"""
_LEFT_OUT_FR = """
Le FEC est en euros. Ces écritures n'y sont pas, faute de cours ; elles sont dans {entries} : {told}
"""
_LEFT_OUT_EN = """
The FEC is in euros. These entries are not in it, for want of a rate; they are in {entries}: {told}
"""


def readmes(*, organisation: str, siren: str, start: date, end: date, left_out: Mapping[str, int]) -> Mapping[str, str]:
    """Name and text of each, one a language."""
    told = ", ".join(f"{count} {currency}" for currency, count in left_out.items())
    facts = {
        "organisation": organisation,
        "siren": siren,
        "start": start.isoformat(),
        "end": end.isoformat(),
        "entries": ENTRIES,
        "customers": CUSTOMERS,
        "seals": SEALS,
        "journal": JOURNAL,
        "sums": SUMS,
        "manifest": MANIFEST,
    }
    texts = {"fr": (_FR, _LEFT_OUT_FR), "en": (_EN, _LEFT_OUT_EN)}
    return {
        NAMES[language]: text.format(left_out=note.format(entries=ENTRIES, told=told) if told else "", **facts)
        for language, (text, note) in texts.items()
    }
