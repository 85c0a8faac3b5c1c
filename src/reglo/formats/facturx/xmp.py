"""What the metadata of a Factur-X PDF say: that it carries an invoice, under which name, in which profile.

Factur-X 1.0.8 chapter 6 names the properties; ISO 19005-3, 6.6.2.3 demands that a schema of one's own be described
beside them.
"""

from dataclasses import dataclass

_NAMESPACE = "urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#"
_PROPERTIES = {
    "DocumentFileName": "The name of the embedded XML document",
    "DocumentType": "The type of the hybrid document in capital letters",
    "Version": "The version of the standard that the embedded XML document follows",
    "ConformanceLevel": "The profile of the embedded XML document",
}

_END_OF_SCHEMAS = "</rdf:Bag></pdfaExtension:schemas>"
_END_OF_PROPERTIES = "</rdf:RDF>"


@dataclass(frozen=True, slots=True, kw_only=True)
class Declaration:
    """The four properties of Factur-X."""

    filename: str  #: factur-x.xml or xrechnung.xml
    level: str  #: MINIMUM, BASIC WL, BASIC, EN 16931, EXTENDED, XRECHNUNG
    version: str  #: of the standard: 1.0 for every Factur-X so far


def declared(xmp: str, declaration: Declaration) -> str:
    """The metadata packet `xmp`, as Typst writes it, with `declaration` and the description of its schema."""
    return _before(_before(xmp, _END_OF_SCHEMAS, _schema()), _END_OF_PROPERTIES, _values(declaration))


def _before(text: str, mark: str, addition: str) -> str:
    place = text.rindex(mark)
    return text[:place] + addition + text[place:]


def _values(declaration: Declaration) -> str:
    values = {
        "DocumentType": "INVOICE",
        "DocumentFileName": declaration.filename,
        "Version": declaration.version,
        "ConformanceLevel": declaration.level,
    }
    written = "".join(f"<fx:{name}>{value}</fx:{name}>" for name, value in values.items())
    return f'<rdf:Description rdf:about="" xmlns:fx="{_NAMESPACE}">{written}</rdf:Description>'


def _schema() -> str:
    properties = "".join(
        '<rdf:li rdf:parseType="Resource">'
        f"<pdfaProperty:name>{name}</pdfaProperty:name>"
        "<pdfaProperty:valueType>Text</pdfaProperty:valueType>"
        "<pdfaProperty:category>external</pdfaProperty:category>"
        f"<pdfaProperty:description>{description}</pdfaProperty:description>"
        "</rdf:li>"
        for name, description in _PROPERTIES.items()
    )
    return (
        '<rdf:li rdf:parseType="Resource">'
        "<pdfaSchema:schema>Factur-X PDFA Extension Schema</pdfaSchema:schema>"
        f"<pdfaSchema:namespaceURI>{_NAMESPACE}</pdfaSchema:namespaceURI>"
        "<pdfaSchema:prefix>fx</pdfaSchema:prefix>"
        f"<pdfaSchema:property><rdf:Seq>{properties}</rdf:Seq></pdfaSchema:property>"
        "</rdf:li>"
    )
