"""Every text of the pages is in both languages."""

import re
from pathlib import Path

import pytest
from lxml import html
from tools.messages import SOURCE, collected, is_translated, kept, rooms_with_texts, sources_of

ROOMS = list(rooms_with_texts())
TEMPLATES = sorted(path for room in ROOMS for path in (room / "templates").rglob("*.html"))

#: Names and signs that are the same in every language.
SAME_EVERYWHERE = re.compile(
    r"Réglo|CSV|XLSX|PDF|XML|JSON|SIREN|SIRET|IBAN|BIC|TOTP|Factur-X|UBL|CII|EUR|HTTPS?|\b[a-z]\b|[\W\d_]+",
    re.IGNORECASE,
)
SPOKEN_ATTRIBUTES = ("alt", "title", "placeholder", "aria-label", "data-confirm", "data-copied", "data-failed")

_COMMENTS = re.compile(r"{#.*?#}|{%\s*comment\b.*?{%\s*endcomment\s*%}", re.DOTALL)
_BLOCKS = re.compile(r"{%\s*(blocktranslate|blocktrans)\b.*?{%\s*end\1\s*%}", re.DOTALL)
_CLASSES = re.compile(r"{%\s*block (body_class|width)\s*%}.*?{%\s*endblock.*?%}", re.DOTALL)
_TAGS = re.compile(r"{%.*?%}|{{.*?}}", re.DOTALL)
_SPEAKING_TAG = re.compile(r"{%\s*(?:empty|badge|progress|amount)\b(.*?)%}", re.DOTALL)
_LITERAL = re.compile(r"""(_\()?(["'])((?:(?!\2).)*)\2""")


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.name)
def test_every_text_of_a_room_has_its_french(room: Path) -> None:
    known = {message.id: message for message in kept(room)}
    wanted = [message.id for message in collected(room) if message.id]
    missing = [text for text in wanted if text not in known or not is_translated(known[text])]
    assert not missing, f"run `python tools/messages.py {room.name}` and translate"


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.name)
def test_a_translation_keeps_the_values_of_its_text(room: Path) -> None:
    values = re.compile(r"%\(\w+\)[sd]")
    for message in kept(room):
        if not message.id or not is_translated(message):
            continue
        texts = message.id if isinstance(message.id, tuple) else (message.id,)
        forms = message.string if isinstance(message.string, tuple) else (message.string,)
        wanted = set(values.findall(texts[-1]))
        assert all(set(values.findall(form)) <= wanted for form in forms), message.id
        assert set(values.findall(forms[-1])) == wanted, message.id


def test_rooms_that_share_a_text_say_it_with_the_same_french() -> None:
    """Django merges the catalogues: of two words for one text, only the earlier room's would be shown."""
    said: dict[tuple[str | None, str], set[str]] = {}
    for message in (message for room in ROOMS for message in kept(room) if message.id):
        said.setdefault((message.context, str(message.id)), set()).add(str(message.string))
    assert not [text for text, words in said.items() if len(words) > 1], "give the text a context, or one French"


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_a_template_says_nothing_outside_translations(path: Path) -> None:
    assert not list(untranslatable(path.read_text(encoding="utf-8")))


def test_texts_outside_translations_are_found() -> None:
    source = '{% block a %}<p>{% translate "Said" %} Not said</p><input placeholder="Name">{% endblock %}'
    assert list(untranslatable(source)) == ["Not said", "Name"]
    assert list(untranslatable("{% empty 'Nothing yet' _('Here') %}")) == ["Nothing yet"]
    assert not list(untranslatable("<p>Réglo · {{ name }} {# a remark #} (SIREN)</p><kbd>Ctrl</kbd>"))


def test_all_templates_and_code_are_read() -> None:
    assert len(TEMPLATES) > 20
    assert SOURCE / "web" / "navigation.py" in sources_of(SOURCE / "web")


def untranslatable(source: str) -> list[str]:
    """The words of a template that no translation tag holds, in text, attributes and arguments of components."""
    source = _COMMENTS.sub("", source)
    literals = [
        text
        for arguments in _SPEAKING_TAG.findall(source)
        for marked, _quote, text in _LITERAL.findall(arguments)
        if not marked and (" " in text or text[:1].isupper())
    ]
    if "<{%" in source:  # an element whose name is decided by a tag: allauth's buttons, which hold no text
        return literals
    bare = _TAGS.sub(" ", _CLASSES.sub(" ", _BLOCKS.sub(" ", source))).strip()
    return [text for text in [*_visible(bare), *literals] if SAME_EVERYWHERE.sub("", text)]


def _visible(source: str) -> list[str]:
    if not source:
        return []
    root = html.fragment_fromstring(f"<div>{source}</div>", create_parent="main")
    for hidden in root.xpath("//script|//style|//code|//kbd|//head/meta"):
        hidden.drop_tree()
    texts = [text.strip() for text in root.itertext(tag=None) if isinstance(text, str)]
    spoken = [element.get(name, "").strip() for element in root.iter("*") for name in SPOKEN_ATTRIBUTES]
    return [text for text in [*texts, *spoken] if text]
