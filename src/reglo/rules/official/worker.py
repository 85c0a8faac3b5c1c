"""The process that runs the official artefacts: reads requests on standard input, answers on standard output.

Both ways a message is one line of JSON. Schemas and sheets are compiled when first asked for and kept, so a caller
that keeps the process pays for that once.
"""

import json
import os
import sys
from pathlib import Path
from typing import IO, Any

from lxml import etree
from saxonche import PySaxonApiError, PySaxonProcessor

from reglo.formats.xml import parse_xml, xpath_of

_SVRL = "{http://purl.oclc.org/dsdl/svrl}"


class Artefacts:
    """The compiled schemas and sheets of one process."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._saxon = PySaxonProcessor(license=False)
        self._xslt = self._saxon.new_xslt30_processor()
        self._schemas: dict[str, etree.XMLSchema] = {}
        self._sheets: dict[str, Any] = {}  # saxonche has no types

    def answer(self, request: dict[str, Any]) -> dict[str, Any]:
        """What the artefacts that `request` names say about its document."""
        root = parse_xml(request["document"].encode())
        return {
            "schema": self._schema_errors(request["schema"], root),
            "sheets": [self._run(sheet, root) for sheet in request["sheets"]],
        }

    def _schema_errors(self, name: str, root: etree._Element) -> list[dict[str, str]]:
        schema = self._schemas.get(name)
        if schema is None:
            schema = self._schemas[name] = etree.XMLSchema(file=str(self._folder / name))
        if schema.validate(root):
            return []
        prefixes = {name: uri for node in root.iter() for name, uri in node.nsmap.items() if name}
        errors: Any = schema.error_log  # the stubs do not say that one can iterate over it
        return [{"message": error.message or "", "where": _place(error.path, root, prefixes)} for error in errors]

    def _run(self, name: str, root: etree._Element) -> dict[str, Any]:
        """The outcome of one sheet. A sheet that throws (a value that is no number) has an `error` and no findings."""
        sheet = self._sheet(name)
        document = self._saxon.parse_xml(xml_text=etree.tostring(root, encoding="unicode"))
        try:
            output = sheet.transform_to_string(xdm_node=document)
        except PySaxonApiError as error:
            return {"error": str(error)}
        report = parse_xml(output.encode())
        return {"fired": sum(1 for _ in report.iter(f"{_SVRL}fired-rule")), "outcomes": _outcomes(report)}

    def _sheet(self, name: str) -> Any:
        sheet = self._sheets.get(name)
        if sheet is None:
            # Compiled from its file, so that document('…_codedb.xml') is looked for beside it.
            sheet = self._sheets[name] = self._xslt.compile_stylesheet(stylesheet_file=str(self._folder / name))
        return sheet


def _place(path: str | None, root: etree._Element, prefixes: dict[str, str]) -> str:
    """libxml2's path to an element (`/*/*[3]` where the namespace has no prefix) as one that people can follow."""
    found = root.xpath(path, namespaces=prefixes) if path else []
    if isinstance(found, list) and found and isinstance(found[0], etree._Element):
        return xpath_of(found[0])
    return path or ""


def _outcomes(report: etree._Element) -> list[dict[str, Any]]:
    return [
        {
            "assert": node.tag == f"{_SVRL}failed-assert",
            "rule": node.get("id"),
            "flag": node.get("flag"),
            "where": node.get("location"),
            "message": " ".join((node.findtext(f"{_SVRL}text") or "").split()),
        }
        for node in report.iter(f"{_SVRL}failed-assert", f"{_SVRL}successful-report")
    ]


def main() -> None:
    """Answer requests until standard input ends."""
    answers = _private_output()
    artefacts = Artefacts(Path(sys.argv[1]))
    for line in sys.stdin.buffer:
        answers.write(json.dumps(artefacts.answer(json.loads(line))).encode() + b"\n")
        answers.flush()


def _private_output() -> IO[bytes]:
    """Standard output for answers only: whatever a library prints goes to standard error instead."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return answers


if __name__ == "__main__":
    main()
