"""What the pages are built from."""

import json
from pathlib import Path

import pytest
from tools.build_static import ICONS, ROOT, SOURCE, icons_named, sprite


def test_icons_are_found_in_templates_and_code(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("""{% icon "plus" %} {% icon 'x' "large" %} {% icon name %}""")
    (tmp_path / "b.py").write_text("""Entry(icon="mail")\ndef empty(icon: str = "file-text"): ...\nicons = "no"\n""")
    assert icons_named(tmp_path) == ["file-text", "mail", "plus", "x"]


@pytest.mark.skipif(not ICONS.exists(), reason="needs the icons: make pages")
def test_every_icon_that_is_named_is_drawn() -> None:
    drawn = sprite(icons_named(SOURCE))
    assert 'id="file-invoice"' in drawn
    assert "M0 0h24v24H0z" not in drawn


@pytest.mark.skipif(not ICONS.exists(), reason="needs the icons: make pages")
def test_a_name_that_tabler_does_not_have_is_told() -> None:
    with pytest.raises(SystemExit, match="no-such-icon"):
        sprite(["no-such-icon"])


def test_the_lock_file_pins_all_packages_and_names_no_registry() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    installed = {name: facts for name, facts in packages.items() if name}
    assert all(facts["integrity"].startswith("sha512-") for facts in installed.values())
    assert not any("resolved" in facts for facts in installed.values())
