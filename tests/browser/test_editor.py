"""The editor of documents in a real browser: by keyboard alone, by paste, by two people, without connection."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, ViewportSize, expect

from tests.browser.conftest import PHONE, WIDE
from tests.browser.faults import Watch, accessibility_faults, too_wide
from tests.browser.server import Site

PASTE = """([field, text]) => {
  const data = new DataTransfer();
  data.setData("text/plain", text);
  field.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""


@pytest.fixture
def editor(page: Page, site: Site) -> Iterator[Page]:
    """The editor of a new invoice without a customer; what goes wrong on the console fails the test."""
    watch = Watch(page, site.url.removeprefix("http://"))
    page.goto(f"/o/{site.samples['o']}/drafts/new/")
    page.locator("button[value='380']").click()
    ready(page)
    yield page
    assert not [each for each in watch.take() if "409" not in each and "ERR_INTERNET_DISCONNECTED" not in each]


def ready(page: Page) -> None:
    page.wait_for_selector("#editor[data-ready]")


def cells(page: Page, column: str) -> list[str]:
    return [each.input_value() for each in page.locator(f"tbody.line [data-cell={column}]").all()]


def saved(page: Page) -> None:
    expect(page.locator("#save-state")).to_have_attribute("data-state", "saved")


def write(page: Page, *lines: tuple[str, str, str]) -> None:
    """Type lines by keyboard alone, from the first cell on."""
    page.locator("[data-cell=name]").first.focus()
    for name, quantity, price in lines:
        for text, key in ((name, "Tab"), (quantity, "Tab"), ("", "Tab"), (price, "Enter")):
            page.keyboard.type(text)
            page.keyboard.press(key)
    saved(page)


def paste(field: Locator, text: str) -> None:
    field.focus()
    field.page.evaluate(PASTE, [field.element_handle(), text])


def plain(text: str) -> str:
    return re.sub(r"\s", " ", text)


THREE = (("Conseil", "2", "450"), ("Audit", "1", "1 200,50"), ("Formation", "3", "99,90"))


def test_three_lines_are_typed_without_a_mouse_and_the_totals_follow(editor: Page) -> None:
    write(editor, *THREE)
    assert cells(editor, "name") == ["Conseil", "Audit", "Formation", ""]
    expect(editor.locator("#answer .answer")).to_have_attribute("data-gross", re.compile(r"2\s880,24|2,880\.24"))
    assert [plain(each) for each in editor.locator("[data-net]").all_inner_texts()][:2] in (
        ["900,00", "1 200,50"],
        ["900.00", "1,200.50"],
    )
    editor.reload()
    ready(editor)
    assert cells(editor, "name") == ["Conseil", "Audit", "Formation", ""]


def test_arrows_go_from_cell_to_cell(editor: Page) -> None:
    write(editor, *THREE)
    editor.locator("[data-cell=name]").nth(0).focus()
    for key, place in (
        ("ArrowDown", "f-lines-1-name"),
        ("ArrowRight", "f-lines-1-quantity"),
        ("ArrowRight", "f-lines-1-unit"),
        ("ArrowRight", "f-lines-1-price"),
        ("ArrowUp", "f-lines-0-price"),
        ("ArrowLeft", "f-lines-0-unit"),
        ("Enter", "f-lines-1-unit"),
    ):
        editor.keyboard.press(key)
        assert editor.evaluate("document.activeElement.id") == place


def test_lines_are_inserted_moved_duplicated_and_removed_by_keyboard_and_taken_back(editor: Page) -> None:
    write(editor, *THREE)
    editor.locator("#f-lines-0-name").focus()
    editor.keyboard.press("Alt+ArrowDown")
    assert cells(editor, "name") == ["Audit", "Conseil", "Formation", ""]
    editor.keyboard.press("Control+d")
    assert cells(editor, "name") == ["Audit", "Conseil", "Conseil", "Formation", ""]
    editor.keyboard.press("Control+Delete")
    assert cells(editor, "name") == ["Audit", "Conseil", "Formation", ""]
    editor.keyboard.press("Control+Enter")
    editor.keyboard.type("Devis")
    assert cells(editor, "name") == ["Audit", "Conseil", "Formation", "Devis", ""]
    editor.keyboard.press("Escape")
    editor.locator("#f-lines-0-name").focus()
    editor.keyboard.press("Control+Delete")
    editor.keyboard.press("Control+z")
    assert cells(editor, "name") == ["Audit", "Conseil", "Formation", "Devis", ""]
    saved(editor)
    editor.reload()
    ready(editor)
    assert cells(editor, "name") == ["Audit", "Conseil", "Formation", "Devis", ""]


def test_a_removed_line_comes_back_by_the_button(editor: Page) -> None:
    write(editor, *THREE)
    editor.locator("#f-lines-1-name").focus()
    editor.keyboard.press("Control+Delete")
    assert cells(editor, "price") == ["450", "99,90", ""]
    editor.locator("[data-undo]").click()
    assert cells(editor, "price") == ["450", "1 200,50", "99,90", ""]


def test_a_block_of_a_spreadsheet_fills_cells_and_adds_lines(editor: Page) -> None:
    head = "Désignation\tQté\tUnité\tP.U. HT\tTVA\n"
    block = head + 'Vis inox\t1 000\tpièce\t0,12\t20 %\n"Pose\nsur site"\t2,5\theures\t1 234,50 €\t10%\n'
    paste(editor.locator("#f-lines-0-name"), block)
    assert cells(editor, "name") == ["Vis inox", "Pose sur site"]
    assert cells(editor, "quantity") == ["1 000", "2,5"]
    assert cells(editor, "unit") == ["H87", "HUR"]
    assert cells(editor, "price") == ["0,12", "1 234,50 €"]
    assert cells(editor, "vat") == ["20", "10"]
    saved(editor)
    expect(editor.locator("#answer .answer")).to_have_attribute("data-gross", re.compile(r"3\s538,88|3,538\.88"))


def test_a_block_without_heads_and_units_is_understood(editor: Page) -> None:
    paste(editor.locator("#f-lines-0-name"), "Vis\t100\t0,12\nBoulons\t20\t1 234,50\n")
    assert cells(editor, "quantity") == ["100", "20"]
    assert cells(editor, "price") == ["0,12", "1 234,50"]


def test_a_text_without_tabs_is_pasted_as_text(editor: Page) -> None:
    field = editor.locator("#f-lines-0-name")
    paste(field, "Conseil")
    assert cells(editor, "name") == [""]  # left to the browser, which a script cannot make paste


def test_what_is_missing_leads_to_its_field(editor: Page) -> None:
    write(editor, ("Conseil", "1", ""))
    link = editor.locator("[data-focus='f-lines-0-price']")
    link.click()
    assert editor.evaluate("document.activeElement.id") == "f-lines-0-price"
    editor.locator("[data-focus='f-customer']").click()
    assert editor.evaluate("document.activeElement.id") == "f-customer"


def test_a_customer_is_chosen_by_keyboard_and_a_product_fills_its_line(editor: Page) -> None:
    editor.locator("#f-customer").focus()
    editor.keyboard.type("port")
    expect(editor.locator("#customer-options [role=option]").first).to_be_visible()
    editor.keyboard.press("ArrowDown")
    editor.keyboard.press("Enter")
    expect(editor.locator(".page-title")).to_contain_text("Port")
    expect(editor.locator("#f-lines-0-name")).to_be_focused()
    editor.keyboard.type("journ")
    expect(editor.locator("#product-options [role=option]").first).to_be_visible()
    editor.keyboard.press("ArrowDown")
    editor.keyboard.press("Enter")
    assert cells(editor, "name")[0] == "Journée de conseil"
    assert cells(editor, "price")[0].startswith("450")
    expect(editor.locator("#f-lines-0-quantity")).to_be_focused()


def test_the_second_of_two_people_is_told_and_keeps_what_was_typed(editor: Page, visit: BrowserContext) -> None:
    write(editor, *THREE)
    other = visit.new_page()
    other.goto(editor.url)
    ready(other)
    write(other, ("Theirs", "1", "1"))
    editor.locator("#f-lines-0-name").fill("Mine")
    stale = editor.locator("#stale")
    expect(stale).to_be_focused()
    assert cells(editor, "name")[0] == "Mine"
    address = editor.url
    editor.locator("[data-keep-mine]").click()
    editor.wait_for_url(lambda url: url != address)
    ready(editor)
    assert cells(editor, "name")[0] == "Mine"
    other.reload()
    ready(other)
    assert cells(other, "name")[0] == "Theirs"


def test_without_connection_what_is_typed_stays_and_comes_back(editor: Page, visit: BrowserContext) -> None:
    write(editor, ("Conseil", "1", "10"))
    visit.set_offline(True)
    editor.locator("#f-lines-0-name").fill("Typed on a train")
    expect(editor.locator("#save-state")).to_have_attribute("data-state", "offline")
    editor.on("dialog", lambda dialog: dialog.accept())
    visit.set_offline(False)
    editor.reload()
    expect(editor.locator("#f-lines-0-name")).to_have_value("Typed on a train")
    saved(editor)


def test_the_page_is_drawn_beside_the_form(editor: Page) -> None:
    write(editor, *THREE)
    expect(editor.locator("#preview img").first).to_be_visible()


def test_a_group_has_a_sub_total(editor: Page) -> None:
    write(editor, *THREE)
    editor.locator("#f-lines-1-name").focus()
    editor.locator("tbody.line").nth(1).locator("[data-line-menu]").click()
    editor.locator("[data-do=group]").click()
    editor.keyboard.type("Lot 2")
    saved(editor)
    total = editor.locator("tbody.group [data-net]")
    expect(total).to_have_text(re.compile(r"1\s500,20|1,500\.20"))


def test_a_line_is_dragged_by_its_handle(editor: Page) -> None:
    write(editor, *THREE)
    handle = editor.locator("tbody.line").nth(0).locator("[data-handle]")
    goal = editor.locator("tbody.line").nth(2).bounding_box()
    assert goal
    handle.hover()
    editor.mouse.down()
    editor.mouse.move(goal["x"] + 5, goal["y"] + goal["height"] - 2, steps=8)
    editor.mouse.up()
    assert cells(editor, "name") == ["Audit", "Formation", "Conseil", ""]


def test_an_invoice_is_issued_after_a_question_that_says_what_will_happen(page: Page, site: Site) -> None:
    page.goto(f"/o/{site.samples['o']}/drafts/new/?customer={site.samples['customers']}")
    page.locator("button[value='380']").click()
    ready(page)
    write(page, ("Conseil", "1", "100"))
    if page.locator("[data-focus='f-nature']").count():
        page.locator("[data-focus='f-nature']").click()
        page.keyboard.press("ArrowDown")
        saved(page)
    page.locator("[data-issue]").click()
    question = page.locator("#issue-dialog")
    expect(question).to_be_visible()
    expect(question.locator("#issue-title")).to_contain_text(re.compile(r"F20\d\d-\d{4}"))
    assert not accessibility_faults(page)
    question.locator("[data-once]").click()
    page.wait_for_url(re.compile(r"/invoices/\d+/$"))
    expect(page.locator("#preview img").first).to_be_visible()


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
def test_nobody_is_kept_out_of_the_editor(editor: Page, size: ViewportSize) -> None:
    write(editor, *THREE, ("Sans prix", "", ""))
    editor.set_viewport_size(size)
    for fold in editor.locator("details.fold").all():
        fold.evaluate("each => { each.open = true; }")
    editor.locator("tbody.line").first.evaluate("each => each.classList.add('is-open')")
    saved(editor)
    assert not accessibility_faults(editor)
    assert not too_wide(editor)
    editor.evaluate("document.documentElement.dataset.bsTheme = 'dark'")
    assert not accessibility_faults(editor, ["color-contrast"])
