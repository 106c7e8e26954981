import pytest

from deployments.sandbox.slack.page.mrkdwn import mrkdwn, plain_text
from deployments.sandbox.slack.page.names import Names

LINK = '<a href="{0}" target="_blank" rel="noopener noreferrer">{1}</a>'


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("*bold* _italic_ ~strike~ `code`", "<b>bold</b> <i>italic</i> <s>strike</s> <code>code</code>"),
        ("*bold _and italic_*", "<b>bold <i>and italic</i></b>"),
        ("2*3*4, snake_case_name, ~100", "2*3*4, snake_case_name, ~100"),
        ("* not bold *, **, _ _", "* not bold *, **, _ _"),
        ("*one\ntwo*", "*one\ntwo*"),
        ("(*bold*), *bold*!", "(<b>bold</b>), <b>bold</b>!"),
        ("`*plain* <@U1> &lt;`", "<code>*plain* &lt;@U1&gt; &lt;</code>"),
        ("`see <https://a.example|a.example>`", "<code>see a.example</code>"),
        ("*<https://a.example/*x*|a>*", f"<b>{LINK.format('https://a.example/*x*', 'a')}</b>"),
        ("<https://a.example/?a=1&amp;b=2|A &amp; B>", LINK.format("https://a.example/?a=1&amp;b=2", "A &amp; B")),
        ("<https://a.example>", LINK.format("https://a.example", "https://a.example")),
        ("see https://a.example/x.", f"see {LINK.format('https://a.example/x', 'https://a.example/x')}."),
        ("&lt;https://a.example&gt;", f"&lt;{LINK.format('https://a.example', 'https://a.example')}&gt;"),
        ("<mailto:a@b.example|a@b.example>", LINK.format("mailto:a@b.example", "a@b.example")),
        ("<@U1>", '<span class="mention person">@Tom Oduya</span>'),
        ("<@U9|guest>", '<span class="mention person">@guest</span>'),
        ("<#C0PIPELINE|old>", '<a class="mention channel" href="/slack/C0PIPELINE">#pipeline</a>'),
        ("<#C9|else>", '<span class="mention channel">#else</span>'),
        ("<!channel>", '<span class="mention broadcast">@channel</span>'),
        ("<!subteam^S1|@sales>", '<span class="mention person">@sales</span>'),
        ("&lt;!channel&gt; &lt;@U1&gt;", "&lt;!channel&gt; &lt;@U1&gt;"),
        ("&amp;lt;!channel&amp;gt;", "&amp;lt;!channel&amp;gt;"),
        ("<!unknown> <javascript:alert(1)|x>", "&lt;!unknown&gt; &lt;javascript:alert(1)|x&gt;"),
        ("• one\n• two", "• one\n• two"),
        (":tada: :no_such_emoji: 10:30:00", "🎉 :no_such_emoji: 10:30:00"),
        ("a < b > c", "a &lt; b &gt; c"),
    ],
)  # fmt: skip
def test_one_line(source: str, html: str, names: Names) -> None:
    assert mrkdwn(source, names) == f'<div class="text">{html}</div>'


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("a\n> b\n> c\nd", '<div class="text">a</div><blockquote>b\nc</blockquote><div class="text">d</div>'),
        ("&gt; sent by a person", "<blockquote>sent by a person</blockquote>"),
        ("a\n>>> b\nc", '<div class="text">a</div><blockquote>b\nc</blockquote>'),
        ("a\n```\nx *y*\n```\nb", '<div class="text">a</div><pre>x *y*\n</pre><div class="text">b</div>'),
        ("", ""),
    ],
)
def test_paragraphs(source: str, html: str, names: Names) -> None:
    assert mrkdwn(source, names) == html


@pytest.mark.parametrize(
    ("template", "shown"),
    [  # the moment is Mon 23 Nov 2026 07:28:05 in the office, two minutes before now
        ("{date_num} {time}", "2026-11-23 7:28 AM"),
        ("{date} {time_secs}", "November 23, 2026 7:28:05 AM"),
        ("{date_short}", "Nov 23, 2026"),
        ("{date_long}", "Monday, November 23, 2026"),
        ("{date_pretty}, {ago}", "today, 1 minute ago"),
        ("{unknown}", "{unknown}"),
    ],
)
def test_dates_are_told_in_the_office_time_zone(template: str, shown: str, names: Names) -> None:
    html = mrkdwn(f"<!date^1795447685^{template}|fallback>", names)
    assert html == f'<div class="text"><time datetime="2026-11-23T07:28:05-08:00">{shown}</time></div>'


@pytest.mark.parametrize("moment", ["soon", "99999999999999999999", "", "nan"])
def test_a_date_that_cannot_be_read_shows_its_fallback(moment: str, names: Names) -> None:
    assert mrkdwn(f"<!date^{moment}^{{date}}|23 Nov>", names) == '<div class="text">23 Nov</div>'


def test_plain_text_is_only_text() -> None:
    assert plain_text("*a* <@U1> &lt;!here&gt; :tada:") == "*a* &lt;@U1&gt; &lt;!here&gt; 🎉"
    assert plain_text(":tada:", short_names=False) == ":tada:"


@pytest.mark.timeout(5)
@pytest.mark.parametrize("piece", ["*a", "_", "<", "`", "~ ", "<*", "&gt;", ":a", "h", "*<a", "```", "<https://a|"])
def test_hostile_repetition_takes_no_time(piece: str, names: Names) -> None:
    assert mrkdwn(piece * 10_000, names)
