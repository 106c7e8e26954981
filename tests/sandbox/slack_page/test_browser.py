"""The page in a real browser: it renders, asks nobody else, opens nothing, and fits a phone."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from selenium.common.exceptions import NoAlertPresentException
from selenium.webdriver import Chrome, ChromeOptions
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.wait import WebDriverWait
from starlette.applications import Starlette

from deployments.sandbox.server import serve
from deployments.sandbox.slack.page.routes import routes
from deployments.sandbox.slack.state import SlackState
from deployments.sandbox.slack.view_blocks import checked_view
from tests.sandbox.slack.small_slack import APP, NOW, REP, SALES, seed
from tests.sandbox.slack.wire import modal, text_input

from .company import EMPTY, PIPELINE, REPORT_TS, state
from .test_untrusted import CORPUS, PLACES

CHROMIUM, DRIVER = Path("/usr/bin/chromium"), Path("/usr/bin/chromedriver")
SWITCHES = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not (CHROMIUM.exists() and DRIVER.exists()), reason="Chromium and its driver are not installed"),
]


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    slack = state()
    for place in PLACES.values():
        for words in CORPUS:
            content = {k: v for k, v in place(words).items() if k not in {"ts", "user", "files", "root"}}
            slack.post(slack.conversations[EMPTY], slack.users["U0JANE"], content)
    with serve(Starlette(routes=routes(slack))) as url:
        yield url


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


def logged(browser: Any, kind: str) -> list[dict[str, Any]]:
    """What the browser has logged since it was last asked; Selenium gives this call no types."""
    return list(browser.get_log(kind))


def opened(browser: Chrome, url: str, width: int) -> list[str]:
    """Open the page at that width; what it requested."""
    size = {"width": width, "height": 1600, "deviceScaleFactor": 1, "mobile": width < 500}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    logged(browser, "performance")
    browser.get(url)
    events = [json.loads(entry["message"])["message"] for entry in logged(browser, "performance")]
    return [e["params"]["request"]["url"] for e in events if e["method"] == "Network.requestWillBeSent"]


@pytest.mark.parametrize("width", [1200, 390])
@pytest.mark.parametrize(
    "path",
    [f"/slack/{PIPELINE}", f"/slack/{PIPELINE}/{REPORT_TS}", f"/slack/{EMPTY}", "/slack/C0NOWHERE"],
    ids=["report", "thread", "hostile", "missing"],
)
def test_fits_asks_nobody_else_and_runs_nothing(browser: Chrome, address: str, path: str, width: int) -> None:
    requested = opened(browser, address + path, width)
    assert requested
    assert all(url.startswith((f"{address}/slack", "data:")) for url in requested)
    assert browser.execute_script("return document.documentElement.scrollWidth") <= width
    with pytest.raises(NoAlertPresentException):
        _ = browser.switch_to.alert.text
    complaints = [e for e in logged(browser, "browser") if "404 (Not Found)" not in e["message"]]
    assert complaints == []


def test_report_is_in_sight(browser: Chrome, address: str) -> None:
    opened(browser, f"{address}/slack/{PIPELINE}", 1200)
    shown = browser.find_element(By.CSS_SELECTOR, ".message .content")
    assert "6 need their owner" in shown.text
    chart = shown.find_element(By.CSS_SELECTOR, "svg.plot")
    assert chart.size["width"] > 300
    assert chart.size["height"] > 150
    colour = browser.execute_script(
        "return getComputedStyle(arguments[0]).fill", chart.find_element(By.TAG_NAME, "rect")
    )
    assert colour == "rgb(18, 100, 163)"
    assert [b.text for b in shown.find_elements(By.CSS_SELECTOR, ".button")] == [
        "Decide",
        "Open list in Salesforce",
        "Close all",
    ]


def test_channels_open_on_a_phone(browser: Chrome, address: str) -> None:
    opened(browser, f"{address}/slack/{PIPELINE}", 390)
    channel = browser.find_element(By.CSS_SELECTOR, f".sidebar a[href='/slack/{EMPTY}']")
    assert not channel.is_displayed()
    browser.find_element(By.CSS_SELECTOR, ".workspace").click()
    assert channel.is_displayed()
    channel.click()
    assert browser.current_url == f"{address}/slack/{EMPTY}"


@pytest.mark.parametrize("width", [1200, 390])
def test_a_modal_fits_and_is_sent_off(browser: Chrome, width: int) -> None:
    slack = SlackState(seed(), lambda: NOW)
    view = modal(*[text_input(f"why {n}") for n in range(12)], title="Decide")
    slack.views.open(APP, slack.users[REP], checked_view(view))
    with serve(Starlette(routes=routes(slack))) as url:
        requested = opened(browser, f"{url}/slack/{SALES}?as={REP}", width)
        assert all(one.startswith((f"{url}/slack", "data:")) for one in requested)
        assert browser.execute_script("return document.documentElement.scrollWidth") <= width
        start = browser.find_element(By.CSS_SELECTOR, ".modal footer .primary")
        box = browser.execute_script("return arguments[0].getBoundingClientRect().toJSON()", start)
        assert (box["right"] <= width, box["bottom"] <= 1600, start.is_displayed()) == (True, True, True)
        browser.find_element(By.CSS_SELECTOR, ".modal .field input").send_keys("because", Keys.ENTER)
        WebDriverWait(browser, 20).until(lambda seen: seen.find_elements(By.CSS_SELECTOR, ".field .error"))
        shown = [one.text for one in browser.find_elements(By.CSS_SELECTOR, ".field .error")]
        kept = browser.find_element(By.CSS_SELECTOR, ".modal .field input").get_attribute("value")
    assert (shown, kept) == (["Please complete this required field."] * 11, "because")
    assert logged(browser, "browser") == []
