"""What the shell of the pages does beyond links and forms, by mouse and by keyboard."""

import re

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import PHONE
from tests.browser.faults import MOST_SHIFT, layout_shift
from tests.browser.server import Site

MOST_BYTES = 200_000


@pytest.fixture
def home(page: Page, site: Site) -> Page:
    """The dashboard of the small firm, in the language of its owner."""
    page.goto(f"/o/{site.samples['o']}/")
    return page


@pytest.mark.parametrize("path", ["/", "/accounts/login/"])
def test_the_first_page_after_a_cold_start_is_light(visit: BrowserContext, path: str) -> None:
    page = visit.new_page()
    sizes: list[int] = []
    page.on("requestfinished", lambda request: sizes.append(request.sizes()["responseBodySize"]))
    page.goto(path, wait_until="networkidle")
    assert 0 < sum(sizes) <= MOST_BYTES
    types = page.evaluate("performance.getEntriesByType('resource').map((each) => new URL(each.name).host)")
    assert set(types) == {page.url.split("/")[2]}


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_start_page_says_what_it_is(browser: Browser, site: Site, language: str) -> None:
    page = browser.new_page(base_url=site.url, locale=language)
    page.goto("/", wait_until="load")
    assert page.get_attribute("html", "lang") == language
    assert page.get_attribute("meta[name=viewport]", "content") == "width=device-width, initial-scale=1"
    assert page.title().endswith("Réglo")
    assert len(page.get_attribute("meta[name=description]", "content") or "") in range(50, 160)
    assert page.eval_on_selector_all("img:not([width]), svg:not([width]):not([viewBox])", "each => each.length") == 0
    assert layout_shift(page) < MOST_SHIFT
    page.close()


def test_static_files_are_kept_for_good_and_come_compressed(visit: BrowserContext) -> None:
    page = visit.new_page()
    page.goto("/")
    style = page.get_attribute("link[rel=stylesheet]", "href") or ""
    assert re.search(r"reglo\.[0-9a-f]{12}\.css$", style)
    headers = page.request.get(style, headers={"Accept-Encoding": "br"}).headers
    assert headers["content-encoding"] == "br"
    assert "immutable" in headers["cache-control"]


def test_the_palette_opens_by_keyboard_and_leads_on(home: Page, site: Site) -> None:
    home.keyboard.press("Control+k")
    palette = home.locator("#palette")
    expect(palette).to_be_visible()
    expect(palette.locator("input")).to_be_focused()
    home.keyboard.type("librairie")
    found = palette.locator("a", has_text="Librairie")
    expect(found.first).to_be_visible()
    home.keyboard.press("ArrowDown")
    expect(palette.locator("#palette-results a").first).to_be_focused()
    home.keyboard.press("Escape")
    expect(palette).to_be_hidden()


def test_keys_typed_one_after_the_other_lead_to_pages(home: Page, site: Site) -> None:
    home.keyboard.press("g")
    home.keyboard.press("c")
    home.wait_for_url(f"**/o/{site.samples['o']}/customers/")


def test_keys_typed_in_a_field_stay_there(home: Page) -> None:
    address = home.url
    home.keyboard.press("/")
    expect(home.locator("#search")).to_be_focused()
    home.keyboard.type("g c ?")
    assert home.input_value("#search") == "g c ?"
    assert home.url == address


def test_a_question_mark_lists_the_shortcuts(home: Page) -> None:
    home.keyboard.press("?")
    expect(home.locator("#shortcuts")).to_be_visible()
    expect(home.locator("#shortcuts dd", has_text="Clients")).to_be_visible()
    home.keyboard.press("Escape")
    expect(home.locator("#shortcuts")).to_be_hidden()


def test_a_dangerous_act_is_asked_about_first(home: Page) -> None:
    home.evaluate("""() => {
      const form = document.createElement("form");
      form.action = "/nowhere-deleted";
      form.innerHTML = '<button data-confirm="All 3 drafts go.">Delete</button>';
      document.querySelector("main").append(form);
    }""")
    address = home.url
    home.get_by_role("button", name="Delete", exact=True).click()
    dialog = home.locator("#confirm")
    expect(dialog).to_contain_text("All 3 drafts go.")
    home.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    assert home.url == address
    home.get_by_role("button", name="Delete", exact=True).click()
    dialog.get_by_role("button", name="Delete", exact=True).click()
    home.wait_for_url("**/nowhere-deleted?")


def test_the_focus_stays_within_a_dialog(home: Page) -> None:
    home.keyboard.press("?")
    for _ in range(6):
        home.keyboard.press("Tab")
        inside = home.evaluate("document.activeElement === document.body || !!document.activeElement.closest('dialog')")
        assert inside


def test_shift_ticks_a_range_of_rows(home: Page) -> None:
    home.evaluate("""() => {
      const boxes = '<input type="checkbox" data-tick>'.repeat(5);
      const form = document.createElement("form");
      form.id = "ticks";
      form.innerHTML = '<input type="checkbox" data-tick-all>' + boxes + '<button data-needs-ticks>Issue</button>';
      document.querySelector("main").append(form);
    }""")
    boxes = home.locator("#ticks [data-tick]")
    boxes.nth(1).click()
    boxes.nth(3).click(modifiers=["Shift"])
    assert [boxes.nth(place).is_checked() for place in range(5)] == [False, True, True, True, False]
    expect(home.locator("#ticks button")).to_be_enabled()
    home.locator("#ticks [data-tick-all]").click()
    assert all(boxes.nth(place).is_checked() for place in range(5))
    home.locator("#ticks [data-tick-all]").click()
    expect(home.locator("#ticks button")).to_be_disabled()


def test_a_refused_fragment_is_told_as_a_toast(home: Page) -> None:
    home.evaluate(
        """document.dispatchEvent(new CustomEvent("toast", { detail: { message: "Refused", level: "error" } }))"""
    )
    toast = home.locator("#toasts .toast-error")
    expect(toast).to_contain_text("Refused")
    toast.locator("[data-toast-close]").click()
    expect(toast).to_have_count(0)


def test_the_menu_is_a_drawer_on_a_phone(page: Page, site: Site) -> None:
    page.set_viewport_size(PHONE)
    page.goto(f"/o/{site.samples['o']}/")
    link = page.locator("#sidebar a[data-shortcut='g c']")
    expect(link).to_be_hidden()
    page.locator(".topbar-menu").click()
    expect(link).to_be_visible()
    page.keyboard.press("Escape")
    expect(link).to_be_hidden()
    page.locator(".topbar-menu").click()
    link.click()
    page.wait_for_url(f"**/o/{site.samples['o']}/customers/")


def test_the_bars_stay_while_a_long_page_scrolls(page: Page, site: Site) -> None:
    page.goto(f"/o/{site.samples['o']}/customers/new/")
    page.get_by_role("button", name="Créer le client").scroll_into_view_if_needed()
    page.keyboard.press("End")
    page.wait_for_function("window.scrollY > 300")
    tops = "['.topbar', '.sidebar'].map((each) => document.querySelector(each).getBoundingClientRect().top)"
    assert page.evaluate(tops) == pytest.approx([0, 60], abs=1)


def test_the_theme_is_kept_and_there_from_the_first_paint(page: Page, site: Site) -> None:
    page.goto(f"/o/{site.samples['o']}/")
    page.locator(".menu summary").click()
    page.locator("button[name=theme][value=dark]").click()
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")
    assert 'data-bs-theme="dark"' in page.request.get("/organisations/").text()
    page.locator(".menu summary").click()
    page.locator("button[name=theme][value=system]").click()
    expect(page.locator("html")).not_to_have_attribute("data-bs-theme", re.compile(".*"))


def test_the_content_is_one_key_away(home: Page) -> None:
    home.keyboard.press("Tab")
    expect(home.locator(".skip-link")).to_be_focused()
    home.keyboard.press("Enter")
    expect(home.locator("#content")).to_be_focused()


def test_pages_work_without_script(browser: Browser, site: Site) -> None:
    context = browser.new_context(base_url=site.url, java_script_enabled=False)
    context.add_cookies([{"name": "sessionid", "value": site.samples["session"], "url": site.url}])
    page = context.new_page()
    page.goto(f"/o/{site.samples['o']}/")
    page.locator("#search").fill("librairie")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=librairie")
    expect(page.locator("main")).to_contain_text("Librairie du Port")
    context.close()
