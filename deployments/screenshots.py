"""python -m deployments.screenshots: the pictures that the README shows, taken anew from a demo. Needs Chromium."""

import argparse
import io
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import requests
from PIL import Image
from selenium.webdriver import Chrome, ChromeOptions
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support import expected_conditions as seen
from selenium.webdriver.support.wait import WebDriverWait

from deployments.demo import Shown, demonstrated
from deployments.demo_slack import CRO
from deployments.processes import DidNotStartError

DOCS = Path(__file__).resolve().parents[1] / "docs"
DESKTOP, PHONE, WINDOW_HEIGHT, LONGEST_PICTURE = 1100, 390, 1000, 1600
NARROW, PHONE_HEIGHT = 640, 844
PATIENCE_SECONDS = 60
DECIDED = "aside article.message:nth-last-of-type(2)"  # the reply to the decision; the one to the undo is the last
# What is scrolled inside the page at desktop width; a picture shows all of it.
LONGEST = (
    "Math.max(document.documentElement.scrollHeight, ...[...document.querySelectorAll('.scroller, aside .messages')]"
    ".map(part => part.scrollHeight + part.getBoundingClientRect().top))"
)
# From an element on, with what is left out above and below it.
TO_THE_END = (
    "100 + arguments[0].parentElement.lastElementChild.getBoundingClientRect().bottom"
    " - arguments[0].getBoundingClientRect().top"
)
SWITCHES = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--hide-scrollbars",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip


def main() -> int:
    """0 when every picture was written; 1 with the reason when the demo failed or there is no Chromium."""
    parser = argparse.ArgumentParser(prog="python -m deployments.screenshots", description=__doc__)
    parser.add_argument("--out", type=Path, default=DOCS, help="where the pictures go (default: docs)")
    out = parser.parse_args().out
    chromium, driver = shutil.which("chromium"), shutil.which("chromedriver")
    if not chromium or not driver:
        sys.stderr.write("Screenshots need chromium and chromedriver on the PATH.\n")
        return 1
    out.mkdir(parents=True, exist_ok=True)
    try:
        with (
            _browser(chromium, driver) as browser,
            demonstrated(before_deciding=lambda shown: _undecided(browser, shown, out)) as shown,
        ):
            _report(browser, shown.slack, out, "decided", DECIDED, before=2)
            _report(browser, shown.activity_slack, out, "activity-review", "aside .day")
            _check(browser, shown.slack, out)
            _report(browser, shown.slack, out, "feedback-sweep", "aside .day")
            missing_report(browser, shown.slack, shown.prefect.ui, out)
    except DidNotStartError as error:
        sys.stderr.write(f"\n{error}\n")
        return 1
    return 0


@contextmanager
def _browser(chromium: str, driver: str) -> Iterator[Chrome]:
    with tempfile.TemporaryDirectory(prefix="revenue-rituals-browser-") as profile:
        options = ChromeOptions()
        options.binary_location = chromium
        for switch in (*SWITCHES, f"--user-data-dir={profile}"):
            options.add_argument(switch)
        browser = Chrome(options=options, service=Service(driver))
        try:
            browser.execute_cdp_cmd("Emulation.setTimezoneOverride", {"timezoneId": "America/Los_Angeles"})
            yield browser
        finally:
            browser.quit()


def _undecided(browser: Chrome, shown: Shown, out: Path) -> None:
    """While the report waits for a decision: the report, its run, and the forms."""
    _report(browser, shown.slack, out, "pipeline-review", "aside .day")
    _from_slack(browser, f"{shown.slack}?as={CRO}", out)
    _prefect(browser, shown, out)


def _report(browser: Chrome, channel: str, out: Path, name: str, from_reply: str, *, before: int = 0) -> None:
    """The newest report at that address but for `before` newer ones, and its thread from that reply on, on a desktop
    and on a phone."""
    for width, device in ((DESKTOP, ""), (PHONE, "-phone")):
        thread = _parent(browser, channel, out / f"{name}{device}.png", width, before)
        _resize(browser, width)
        browser.get(thread)
        _when(browser, "aside .message")
        _take(browser, width, out / f"{name}-thread{device}.png", _when(browser, from_reply))


def _parent(browser: Chrome, channel: str, to: Path, width: int, before: int) -> str:
    """A picture of the report, without those that came after it; where its thread is."""
    _resize(browser, width)
    browser.get(channel)
    newest = _there(browser, f".scroller article.message:nth-last-of-type({before + 1})")
    thread = browser.find_elements(By.CSS_SELECTOR, "a.replies")[-1 - before].get_attribute("href") or ""
    if before:
        browser.execute_script(
            "while (arguments[0].nextElementSibling) arguments[0].nextElementSibling.remove()", newest
        )
    _take(browser, width, to, newest)
    return thread


def _check(browser: Chrome, channel: str, out: Path) -> None:
    """The report of the Salesforce check, and the page in its thread, on a desktop and on a phone."""
    for width, device in ((DESKTOP, ""), (PHONE, "-phone")):
        browser.get(_parent(browser, channel, out / f"salesforce-check{device}.png", width, before=1))
        address = _when(browser, "aside a.file[download$='.html']").get_attribute("href") or ""
        with tempfile.NamedTemporaryFile(suffix=".html") as page:
            page.write(requests.get(address, timeout=PATIENCE_SECONDS).content)
            page.flush()
            _resize(browser, width)
            browser.get(f"file://{page.name}")
            _take(browser, width, out / f"salesforce-check-page{device}.png")


def _from_slack(browser: Chrome, channel: str, out: Path) -> None:
    """On the CRO's phone: the form that Decide opens, the question behind it, and what /rituals answers."""
    _resize(browser, PHONE, PHONE_HEIGHT)
    browser.get(channel)
    _press(browser, "//article[last()]//button[normalize-space()='Decide']")
    _when(browser, ".modal")
    _shot(browser, out / "slack-decide-phone.png")
    _press(browser, "//footer//button[normalize-space()='Next']")
    WebDriverWait(browser, PATIENCE_SECONDS).until(
        seen.text_to_be_present_in_element((By.CSS_SELECTOR, ".modal h2"), "Are you sure?")
    )
    _shot(browser, out / "slack-confirm-phone.png")
    _press(browser, "//header//button[@aria-label='Close all']")
    _resize(browser, NARROW, PHONE_HEIGHT)
    browser.get(channel)
    typed = _when(browser, "[name=text]")
    typed.send_keys("/rituals")
    typed.submit()
    answer = _there(browser, "article.message:last-of-type")
    _take(browser, NARROW, out / "slack-rituals.png", answer)


def _press(browser: Chrome, button: str) -> None:
    """The last button of that XPath."""
    WebDriverWait(browser, PATIENCE_SECONDS).until(seen.presence_of_element_located((By.XPATH, button)))
    browser.execute_script("arguments[0].click()", browser.find_elements(By.XPATH, button)[-1])


def missing_report(browser: Chrome, channel: str, ui: str, out: Path) -> None:
    """What stands in the channel when a report does not: the message of Prefect's automation, and of `watch`."""
    # Prefect reads its address when it is imported: only now.
    from deployments.screenshots_alarms import say_missing  # noqa: PLC0415

    say_missing(ui)
    _resize(browser, DESKTOP)
    browser.get(channel)
    _take(
        browser, DESKTOP, out / "missing-report.png", _there(browser, ".scroller article.message:nth-last-of-type(2)")
    )


def _prefect(browser: Chrome, shown: Shown, out: Path) -> None:
    """The run with its artifacts, the report among them; the form that starts one, and the one that decides."""
    _resize(browser, DESKTOP)
    browser.get(f"{shown.runs['review']}?tab=Artifacts")
    password = _when(browser, "input")
    password.send_keys(shown.prefect.auth)
    password.submit()
    _when(browser, "nav a, aside a, [data-sidebar]")
    browser.get(f"{shown.runs['review']}?tab=Artifacts")
    _when(browser, "a[href*='/artifacts/key/pipeline-review']")
    _take(browser, DESKTOP, out / "run.png")
    browser.get(f"{shown.prefect.ui}/v2/deployments?flowOrDeploymentName=weekly")
    deployment = _when(browser, "a[href*='/deployments/deployment/']").get_attribute("href") or ""
    browser.get(f"{deployment.partition('?')[0].rstrip('/')}/run")
    _when(browser, "textarea")
    _take(browser, DESKTOP, out / "run-form.png")
    browser.get(shown.decide)
    _when(browser, "textarea, input[value*='-']")
    _take(browser, DESKTOP, out / "decide-form.png")


def _when(browser: Chrome, selector: str) -> WebElement:
    """The first element of that CSS selector, once it is visible."""
    found = seen.visibility_of_element_located((By.CSS_SELECTOR, selector))
    return WebDriverWait(browser, PATIENCE_SECONDS).until(found)


def _there(browser: Chrome, selector: str) -> WebElement:
    """The first element of that CSS selector, once it is there, also where it has to be scrolled to."""
    found = seen.presence_of_element_located((By.CSS_SELECTOR, selector))
    return WebDriverWait(browser, PATIENCE_SECONDS).until(found)


def _resize(browser: Chrome, width: int, height: int = WINDOW_HEIGHT) -> None:
    size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width == PHONE}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)


def _take(browser: Chrome, width: int, to: Path, top: WebElement | None = None) -> None:
    """The page from `top` on as a small PNG: 128 colours are plenty for text and a chart."""
    longest = int(browser.execute_script(f"return Math.ceil({TO_THE_END if top else LONGEST})", top))
    _resize(browser, width, min(longest, LONGEST_PICTURE))
    if top:
        # Of the thread the header stays in place and covers what is below it.
        below_the_header = (
            "arguments[0].style.scrollMarginTop = arguments[0].closest('aside') ? '56px' : '8px';"
            "arguments[0].scrollIntoView()"
        )
        browser.execute_script(below_the_header, top)
    _shot(browser, to)


def _shot(browser: Chrome, to: Path) -> None:
    """What the window shows."""
    shot = Image.open(io.BytesIO(browser.get_screenshot_as_png())).convert("RGB")
    shot.quantize(128).save(to, optimize=True)
    sys.stdout.write(f"{to.name}: {shot.width} x {shot.height}, {to.stat().st_size // 1024} kB\n")


if __name__ == "__main__":
    sys.exit(main())
