"""What others wrote stays literal: one line, bounded, nothing hidden."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.reports.slack_text import clean, mrkdwn, shorten

PERSIAN = "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645"  # a word that needs its zero-width joiner
FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467"


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Acme 2026", "Acme 2026"),
        ("  Acme\r\n\t2026 ", "Acme 2026"),
        ("Acme\u2028DATA all well", "Acme DATA all well"),
        ("a\u202egnp.exe", "agnp.exe"),
        ("A\u200bc\u200dme\ufeff", "Acme"),
        (f"{FAMILY} Acme", f"{FAMILY} Acme"),
        (PERSIAN, PERSIAN),
        ("\x1b[31mred", "[31mred"),
        ("bad \ud800 half", "bad \ufffd half"),
        ("", ""),
    ],
    ids=[
        "plain",
        "spaces",
        "line separator",
        "bidi",
        "zero width",
        "joined emoji",
        "Persian",
        "terminal",
        "half",
        "empty",
    ],
)
def test_text_is_one_line_of_visible_characters(written: str, shown: str) -> None:
    assert clean(written) == shown


@pytest.mark.parametrize(
    ("written", "limit", "shown"),
    [
        ("Acme 2026", 9, "Acme 2026"),
        ("Acme 2026 expansion", 10, "Acme 2026…"),
        ("Cafe\u0301 Paris", 5, "Caf…"),
        (f"ab{FAMILY}", 4, "ab…"),
        ("a" + "\u0301" * 300, 5, "a\u0301\u0301\u0301…"),
    ],
    ids=["fits", "cut at a space", "accent", "joined emoji", "nothing but accents"],
)
def test_a_long_name_is_cut_between_characters(written: str, limit: int, shown: str) -> None:
    assert shorten(written, limit) == shown


@pytest.mark.parametrize(
    ("written", "posted"),
    [
        ("<!channel> & <@U1>", "&lt;!channel&gt; &amp; &lt;@U1&gt;"),
        ("&lt;!here&gt;", "&amp;lt;!here&amp;gt;"),
        ("*Acme* _x_ ~y~ `z`", "\u2217Acme\u2217 ˍxˍ \u223cy\u223c \u02cbz\u02cb"),
        ("http://evil.example", "http\u2236//evil.example"),
        ("> quoted", "\u203a quoted"),
    ],
)
def test_where_slack_parses_it_the_text_means_nothing(written: str, posted: str) -> None:
    assert mrkdwn(written) == posted


@given(st.text(max_size=300), st.integers(2, 80))
def test_shortening_never_exceeds_its_limit_and_is_stable(written: str, limit: int) -> None:
    short = shorten(written, limit)
    assert len(short) <= limit
    assert shorten(short, limit) == short
