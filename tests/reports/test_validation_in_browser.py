"""The page of the Salesforce check in a real browser, opened from disk: it fits, fetches and runs nothing, prints."""

import base64
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from selenium.common.exceptions import NoAlertPresentException
from selenium.webdriver import Chrome, ChromeOptions
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By

from tasks.reports.validation_page import page_file
from tasks.rules.verdicts import Outcome

from . import outcomes
from .outcomes import make_context
from .test_validation_is_safe import LONG, poisoned

CHROMIUM, DRIVER = Path("/usr/bin/chromium"), Path("/usr/bin/chromedriver")
SWITCHES = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip
ATTACK = '</style></table><script>alert(1)</script><img src="https://evil.example/x.png" onerror="alert(2)"><!--'
PAGES = {
    "full": outcomes.full(),
    "clean": outcomes.quiet(),
    "hostile": poisoned(ATTACK),
    "long": poisoned(LONG, 9),
    "wide": poisoned("x" * 255),
}

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not (CHROMIUM.exists() and DRIVER.exists()), reason="Chromium and its driver are not installed"),
]


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chrome]:
    options = ChromeOptions()
    options.binary_location = str(CHROMIUM)
    for switch in (*SWITCHES, f"--user-data-dir={tmp_path_factory.mktemp('chromium')}"):
        options.add_argument(switch)
    options.set_capability("goog:loggingPrefs", {"performance": "ALL", "browser": "ALL"})
    driver = Chrome(options=options, service=Service(str(DRIVER)))
    yield driver
    driver.quit()


def opened(browser: Any, outcome: Outcome, folder: Path, width: int = 1100) -> list[str]:
    """Open the page from disk at that width; what it requested, itself first."""
    file = page_file(outcome, make_context())
    (folder / file.name).write_bytes(file.content)
    size = {"width": width, "height": 1600, "deviceScaleFactor": 1, "mobile": width < 500}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    browser.get_log("performance")
    browser.get((folder / file.name).as_uri())
    events = [json.loads(entry["message"])["message"] for entry in browser.get_log("performance")]
    return [e["params"]["request"]["url"] for e in events if e["method"] == "Network.requestWillBeSent"]


@pytest.mark.parametrize("width", [1100, 390])
@pytest.mark.parametrize("name", PAGES)
def test_it_fits_fetches_nothing_and_runs_nothing(browser: Any, tmp_path: Path, name: str, width: int) -> None:
    requested = opened(browser, PAGES[name], tmp_path, width)
    assert requested == [browser.current_url]
    assert browser.execute_script("return performance.getEntriesByType('resource').length") == 0
    assert browser.execute_script("return document.documentElement.scrollWidth") <= width
    with pytest.raises(NoAlertPresentException):
        _ = browser.switch_to.alert.text
    assert browser.get_log("browser") == []


def test_a_verdict_is_a_word_and_a_mark(browser: Any, tmp_path: Path) -> None:
    opened(browser, PAGES["full"], tmp_path)
    tags = {tag.text for tag in browser.find_elements(By.CSS_SELECTOR, "td .tag")}
    assert tags == {"✓ as expected", "✗ differs", "◐ waived", "◎ needs eyes", "? could not check"}


def test_the_words_stand_out_from_the_page(browser: Any, tmp_path: Path) -> None:
    """Contrast of at least 4.5 to 1 against white, whatever the verdict."""
    opened(browser, PAGES["full"], tmp_path)
    colours = browser.execute_script(
        "const all = [...document.querySelectorAll('td, .tag, .mark, .quiet, a')];"
        "return [...new Set(all.map(one => getComputedStyle(one).color))]"
    )
    assert len(colours) > 5
    assert [colour for colour in colours if 1.05 / (_luminance(colour) + 0.05) < 4.5] == []


def _luminance(colour: str) -> float:
    parts = [int(part) / 255 for part in re.findall(r"\d+", colour)[:3]]
    red, green, blue = (part / 12.92 if part <= 0.04 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_on_paper_no_row_is_split_and_the_header_comes_again(browser: Any, tmp_path: Path) -> None:
    opened(browser, PAGES["full"], tmp_path)
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    styles = browser.execute_script(
        "const of = s => getComputedStyle(document.querySelector(s));"
        "return [of('tbody tr').breakInside, of('thead').display, of('tbody tr').display]"
    )
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
    printed = browser.execute_cdp_cmd("Page.printToPDF", {"preferCSSPageSize": True})
    pdf = base64.b64decode(printed["data"])
    assert styles == ["avoid", "table-header-group", "table-row"]
    assert pdf.startswith(b"%PDF")
    boxes = {tuple(round(float(n)) for n in box.split()) for box in re.findall(rb"/MediaBox \[([^\]]+)\]", pdf)}
    assert boxes == {(0, 0, 842, 595)}  # A4, landscape
