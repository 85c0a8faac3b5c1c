"""What the file itself must be: its first line, its characters, its lines. What the reader stumbled over, as rules."""

from collections.abc import Mapping

from reglo.core.findings import Severity, Text
from reglo.core.rule import Rule
from reglo.formats.fec import Problem, ProblemKind
from reglo.rules.fec.fault import Fault

_EXPORT_AGAIN = Text(
    fr="Exportez de nouveau depuis le logiciel de comptabilité, sans passer par un tableur.",
    en="Export again from the accounting software, without a spreadsheet in between.",
)
_HEADER = Text(
    fr="Mettez sur la première ligne les noms de l'article, dans son ordre.",
    en="Put the names of the article on the first line, in its order.",
)

NO_ENTRY = Rule(
    identifier="FEC-NO-ENTRY",
    statement=Text(fr="Le fichier contient au moins une écriture.", en="The file holds at least one entry."),
    fix=Text(fr="Vérifiez l'exercice choisi à l'export.", en="Look at the fiscal year chosen for the export."),
    source="DGFiP, Test Compta Demat",
    example=Text(
        fr="Bon : la ligne des noms, puis des écritures. Mauvais : la ligne des noms seule.",
        en="Good: the line of names, then entries. Bad: the line of names alone.",
    ),
)

#: One rule a kind of problem.
FILE_RULES: Mapping[ProblemKind, Rule] = {
    ProblemKind.ENCODING: Rule(
        identifier="FEC-ENCODING",
        statement=Text(
            fr="Le fichier est en ASCII, en ISO 8859-15 ou en UTF-8.", en="The file is in ASCII, ISO 8859-15 or UTF-8."
        ),
        fix=Text(fr="Choisissez UTF-8 ou ISO 8859-15 à l'export.", en="Choose UTF-8 or ISO 8859-15 for the export."),
        source="LPF A47 A-1 XII 1°",
        example=Text(
            fr="Bon : UTF-8. Mauvais : UTF-16, EBCDIC.",
            en="Good: UTF-8. Bad: UTF-16, EBCDIC.",
        ),
    ),
    ProblemKind.ENCODING_MIXED: Rule(
        identifier="FEC-ENCODING-MIXED",
        statement=Text(
            fr="Tout le fichier est dans un seul jeu de caractères.", en="The whole file is in one character set."
        ),
        fix=_EXPORT_AGAIN,
        source="LPF A47 A-1 XII 1°",
        example=Text(
            fr="Bon : tout en UTF-8. Mauvais : des lignes en UTF-8, d'autres en ISO 8859-15.",
            en="Good: all in UTF-8. Bad: some lines in UTF-8, others in ISO 8859-15.",
        ),
    ),
    ProblemKind.BYTE_ORDER_MARK: Rule(
        identifier="FEC-BYTE-ORDER-MARK",
        statement=Text(
            fr="Le fichier commence par le nom de la première colonne, sans marque d'ordre des octets.",
            en="The file begins with the name of its first column, without a byte order mark.",
        ),
        fix=Text(
            fr="Choisissez « UTF-8 sans BOM » à l'export si le logiciel le propose.",
            en="Choose “UTF-8 without BOM” for the export where the software offers it.",
        ),
        source="DGFiP, Test Compta Demat (la marque y est ôtée)",
        severity=Severity.INFORMATION,
        example=Text(
            fr="Bon : JournalCode. Mauvais : EF BB BF JournalCode.",
            en="Good: JournalCode. Bad: EF BB BF JournalCode.",
        ),
    ),
    ProblemKind.SEPARATOR: Rule(
        identifier="FEC-SEPARATOR",
        statement=Text(
            fr="Les zones sont séparées par une tabulation ou par le caractère |.",
            en="Columns are separated by a tab or by the character |.",
        ),
        fix=Text(fr="Choisissez la tabulation à l'export.", en="Choose the tab for the export."),
        source="LPF A47 A-1 VI 1° c",
        example=Text(
            fr="Bon : VE|Ventes|1. Mauvais : VE;Ventes;1.",
            en="Good: VE|Ventes|1. Bad: VE;Ventes;1.",
        ),
    ),
    ProblemKind.NO_HEADER: Rule(
        identifier="FEC-HEADER",
        statement=Text(
            fr="La première ligne porte les noms des champs.", en="The first line holds the names of the columns."
        ),
        fix=_HEADER,
        source="LPF A47 A-1 VII 4°, VIII 9°",
        example=Text(
            fr="Bon : JournalCode|JournalLib. Mauvais : VE|Ventes.",
            en="Good: JournalCode|JournalLib. Bad: VE|Ventes.",
        ),
    ),
    ProblemKind.QUOTES: Rule(
        identifier="FEC-QUOTES",
        statement=Text(
            fr="Les valeurs ne sont pas entre guillemets : seul le séparateur les sépare.",
            en="Values do not stand in quotation marks: the separator alone separates them.",
        ),
        fix=Text(fr="Ôtez le délimiteur de texte à l'export.", en="Export without a text delimiter."),
        source="LPF A47 A-1 VI 1°, XII",
        example=Text(
            fr='Bon : VE|Ventes. Mauvais : "VE"|"Ventes".',
            en='Good: VE|Ventes. Bad: "VE"|"Ventes".',
        ),
    ),
    ProblemKind.COLUMN_MISSING: Rule(
        identifier="FEC-COLUMN-MISSING",
        statement=Text(fr="Tous les champs de l'article sont là.", en="All columns of the article are there."),
        fix=_HEADER,
        source="LPF A47 A-1 VII 1°, VIII 3° à 8°",
        example=Text(
            fr="Bon : 18 champs. Mauvais : sans ValidDate.",
            en="Good: 18 columns. Bad: without ValidDate.",
        ),
    ),
    ProblemKind.COLUMN_TWICE: Rule(
        identifier="FEC-COLUMN-TWICE",
        statement=Text(fr="Chaque champ n'est là qu'une fois.", en="Each column is there once only."),
        fix=_HEADER,
        source="LPF A47 A-1 VII 1°",
        example=Text(
            fr="Bon : Debit, Credit. Mauvais : Debit, Debit.",
            en="Good: Debit, Credit. Bad: Debit, Debit.",
        ),
    ),
    ProblemKind.COLUMN_NAME: Rule(
        identifier="FEC-COLUMN-NAME",
        statement=Text(
            fr="Un champ porte le nom de l'article, à la lettre.",
            en="A column bears the name of the article, to the letter.",
        ),
        fix=_HEADER,
        source="LPF A47 A-1 VII 1°",
        severity=Severity.WARNING,
        example=Text(
            fr="Bon : Montantdevise. Mauvais : MontantDevise.",
            en="Good: Montantdevise. Bad: MontantDevise.",
        ),
    ),
    ProblemKind.COLUMN_ORDER: Rule(
        identifier="FEC-COLUMN-ORDER",
        statement=Text(
            fr="Les champs de l'article sont les premiers, et dans son ordre.",
            en="The columns of the article come first, and in its order.",
        ),
        fix=_HEADER,
        source="LPF A47 A-1 VII 1°",
        example=Text(
            fr="Bon : JournalCode, JournalLib. Mauvais : JournalLib, JournalCode.",
            en="Good: JournalCode, JournalLib. Bad: JournalLib, JournalCode.",
        ),
    ),
    ProblemKind.COLUMN_EXTRA: Rule(
        identifier="FEC-COLUMN-EXTRA",
        statement=Text(
            fr="Un champ de plus que ceux de l'article est permis s'il les suit, et se décrit.",
            en="A column beside those of the article is allowed after them, and is to be described.",
        ),
        fix=Text(
            fr="Décrivez ce champ dans la notice qui accompagne le fichier (XI), ou ôtez-le.",
            en="Describe this column in the note that goes with the file (XI), or leave it out.",
        ),
        source="LPF A47 A-1 VII 1°, XI",
        severity=Severity.INFORMATION,
        example=Text(
            fr="Bon : 18 champs. À décrire : un 19e, CodeEtablissement.",
            en="Good: 18 columns. To be described: a 19th, CodeEtablissement.",
        ),
    ),
    ProblemKind.CELLS: Rule(
        identifier="FEC-CELLS",
        statement=Text(
            fr="Chaque ligne a autant de zones que la première.", en="Every line has as many cells as the first one."
        ),
        fix=Text(
            fr="Cherchez dans cette ligne un libellé qui contient le séparateur ou une fin de ligne.",
            en="Look in this line for a text that contains the separator or a line end.",
        ),
        source="LPF A47 A-1 VI 1°",
        example=Text(
            fr="Bon : 18 zones. Mauvais : 17, ou 19.",
            en="Good: 18 cells. Bad: 17, or 19.",
        ),
    ),
    ProblemKind.BLANK_LINE: Rule(
        identifier="FEC-BLANK-LINE",
        statement=Text(fr="Aucune ligne n'est vide.", en="No line is blank."),
        fix=Text(fr="Ôtez les lignes vides.", en="Take the blank lines out."),
        source="DGFiP, Test Compta Demat",
        severity=Severity.WARNING,
        example=Text(
            fr="Bon : une ligne après l'autre. Mauvais : une ligne vide entre deux.",
            en="Good: one line after the other. Bad: a blank line between two.",
        ),
    ),
    ProblemKind.LONG_LINE: Rule(
        identifier="FEC-LONG-LINE",
        statement=Text(
            fr="Les enregistrements sont séparés par un retour chariot, une fin de ligne ou les deux.",
            en="Records are separated by a carriage return, a line feed or both.",
        ),
        fix=Text(
            fr="Cette ligne a plus de 64 000 caractères : il y manque une fin de ligne.",
            en="This line has more than 64,000 characters: a line end is missing from it.",
        ),
        source="LPF A47 A-1 VI 1° a",
        example=Text(
            fr="Bon : un mouvement par ligne. Mauvais : tout sur une ligne.",
            en="Good: a movement a line. Bad: all on one line.",
        ),
    ),
    ProblemKind.CHARACTERS: Rule(
        identifier="FEC-CHARACTERS",
        statement=Text(
            fr="Aucune ligne ne porte de caractère de commande ou illisible.",
            en="No line has control characters or unreadable ones.",
        ),
        fix=Text(
            fr="Exportez en UTF-8 ; un € ou un œ illisible vient d'un fichier Windows-1252 dit ISO 8859-15.",
            en="Export as UTF-8; an unreadable € or œ comes from Windows-1252 called ISO 8859-15.",
        ),
        source="LPF A47 A-1 XII 1°",
        severity=Severity.WARNING,
        example=Text(
            fr="Bon : 12 €. Mauvais : l'octet 0 ou 80 à la place.",
            en="Good: 12 €. Bad: the byte 0 or 80 instead.",
        ),
    ),
    ProblemKind.ACCENTS: Rule(
        identifier="FEC-ACCENTS",
        statement=Text(fr="Les lettres accentuées se lisent.", en="Accented letters can be read."),
        fix=Text(
            fr="Ces accents ont été encodés deux fois en UTF-8 : exportez de nouveau, sans conversion.",
            en="These accents were encoded as UTF-8 twice: export again, without conversion.",
        ),
        source="LPF A47 A-1 XII 1°",
        severity=Severity.WARNING,
        example=Text(
            fr="Bon : Société. Mauvais : SociÃ©tÃ©.",
            en="Good: Société. Bad: SociÃ©tÃ©.",
        ),
    ),
}


def fault_of(problem: Problem) -> Fault:
    """What the reader stumbled over, as a breach of its rule."""
    return Fault(FILE_RULES[problem.kind], problem.row, problem.column, problem.value or None)
