"""The public issue of a conversation: the customer's own words, literally, under their codename, without their name."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from tasks.rules.feedback import Details, IssueDraft
from tasks.rules.privacy_gate import known_of
from tasks.rules.request_draft import LONGEST_TITLE, NO_CODENAME, draft_of, marked, marker, texts_of
from tests.rules.request_builders import JUDGED, POLICY, drafted, said


def test_a_draft_in_full() -> None:
    details = Details({"Fleet server version": "4.62.1", "Web browser": "Chrome *126*"}, ("Operating system", "Agent"))

    draft = drafted(
        "Hi team!\nScripts time out after 5 minutes.\n\nExpected: 30 minutes.\nThanks, Gwen",
        "It is #12 again, <b>really</b>",
        ours="We look into it.",
        files=2,
        details=details,
    )

    assert draft == IssueDraft(
        "Scripts time out after 5 minutes",
        "> \\[…\\]\n>\n> Scripts time out after 5 minutes.\n>\n> Expected: 30 minutes.\n>\n> \\[…\\]\n\n"
        "> It is #\u206012 again, \\<b\\>really\\</b\\>\n\n"
        "With 2 files, which we have.\n\n"
        "- Fleet server version: 4.62.1\n- Web browser: Chrome \\*126\\*\n\n"
        "Not told yet: Operating system, Agent.\n\n"
        "Asked for by `customer-ceraskia`.\n\n"
        f"{marker(said('x').key)}\n",
        ("customer request", "customer-ceraskia"),
    )


@pytest.mark.parametrize(
    ("texts", "title"),
    [
        (["Scripts time out. It began on Monday."], "Scripts time out"),
        (["Hi! Scripts time out after an hour"], "Scripts time out after an hour"),
        (["Hello Tom, hi all, scripts time out again."], "scripts time out again"),
        (["Good morning everyone - the console is slow today"], "the console is slow today"),
        (["@Tom Okafor: could you add a dark mode?"], "could you add a dark mode?"),
        (["@here the export has no column for owners"], "the export has no column for owners"),
        (["Hi can you add a dark mode, please"], "Hi can you add a dark mode, please"),
        (["Hi Fleet agents crash at night, every night"], "Hi Fleet agents crash at night, every night"),
        (["Hey", "Quick one.", "The label page shows no hosts"], "The label page shows no hosts"),
        (["Thanks!", "The label page shows no hosts"], "The label page shows no hosts"),
        (["Dark mode"], "Dark mode"),
        (["- Export as CSV, with owners\n- Import as CSV, too"], "Export as CSV, with owners"),
        (["", "The label page shows no hosts"], "The label page shows no hosts"),
        (["Is v4.62.1 broken for iOS?"], "Is v4.62.1 broken for iOS?"),
        (["See @x and #7 there"], "See @\u2060x and #\u20607 there"),
        (["word " * 40], ("word " * 40)[: LONGEST_TITLE - 1].rstrip() + "…"),
    ],
)
def test_the_title_is_the_first_sentence_that_says_something(texts: list[str], title: str) -> None:
    assert drafted(*texts).title == title


@pytest.mark.parametrize("text", ["", ":+1:", "!!!", "12"])
def test_without_words_it_is_withheld(text: str) -> None:
    draft = drafted(text, files=1)

    assert draft.title == "A customer's bug"
    assert draft.withheld == (
        "The customer wrote no words that could be a title: give the issue a title and a text of your own.",
    )


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Delmar Foods needs a dark mode now", 'The title holds an account\'s name: "Delmar Foods".'),
        ("We need a dark mode.\nGwen Archer", 'The text holds a person\'s name: "Gwen Archer".'),
        ("We need a dark mode.\nCall +1 415 555 0132", 'The text holds a phone number: "Call +1 415 555 0132".'),
        ("We need a dark mode.\nhttps://fleet.delmarfoods.example", "The text holds "),
        ("We need a dark mode.\nSee 10.1.2.3", 'The text holds an IP address: "10.1.2.3".'),
        ("We need a dark mode. See dana@x.example", 'The text holds an e-mail address: "dana@x.example".'),
        ("We need a dark mode. D e l m a r says so", 'The text holds an account\'s name: "D e l m a r".'),
    ],
)
def test_what_names_the_customer_is_withheld_with_the_reason(text: str, reason: str) -> None:
    draft = drafted(text)

    assert any(one.startswith(reason) for one in draft.withheld)
    assert "[redacted]" not in draft.body


def test_the_customer_s_own_name_is_found_in_small_letters_too() -> None:
    def draft(customer: str) -> IssueDraft:
        return draft_of(
            said("The target list is empty"), JUDGED, Details(), codename="Metis", policy=POLICY,
            known=known_of(["Target"]), customer=customer,
        )  # fmt: skip

    assert draft("").withheld == ()
    assert draft("Target").withheld != ()


def test_who_wrote_is_found_though_no_contact() -> None:
    draft = draft_of(
        said("Archer's laptop is offline"), JUDGED, Details(), codename="Metis", policy=POLICY,
        known=known_of(["Acme"]), customer="Acme",
    )  # fmt: skip

    assert draft.withheld == ('The title holds a last name: "Archer".', 'The text holds a last name: "Archer".')


def test_a_codename_that_became_a_customer_is_withheld() -> None:
    draft = drafted("We need a dark mode", known=known_of(["Ceraskia Inc"]))

    assert [one for one in draft.withheld if "label" in one] == [
        'The label customer-ceraskia holds an account\'s name: "ceraskia".'
    ]


def test_without_a_codename_it_waits_for_one() -> None:
    draft = drafted("We need a dark mode", codename="")

    assert draft.labels == ("customer request",)
    assert "Asked for by a customer who stays anonymous." in draft.body
    assert draft.withheld == (NO_CODENAME,)


def test_long_messages_are_quoted_in_part() -> None:
    draft = drafted("\n".join(f"Line {number} of the log says nothing" for number in range(200)))

    assert draft.body.count("> Line") == 80
    assert "There is more; it is not repeated here." in draft.body
    assert len(drafted("word " * 20_000).body) < 8_000


def test_the_gate_reads_all_that_everybody_would() -> None:
    draft = IssueDraft("One", "Two", ("bug", "customer-metis"))

    assert texts_of(draft) == {
        "title": "One", "text": "Two", "label bug": "bug", "label customer-metis": "customer-metis"
    }  # fmt: skip


MARKDOWN = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
NASTY = st.text(st.sampled_from("ab @#<>!-[](){}*_~`\\|&;:/.\n\t1=+$\u202e\u200b"), max_size=60)


@settings(max_examples=150, deadline=None)
@given(st.lists(NASTY, min_size=1, max_size=3))
def test_nothing_in_the_words_links_calls_formats_or_hides(texts: list[str]) -> None:
    draft = drafted(*texts)

    tokens = MARKDOWN.parse(draft.body)
    inner = [child for token in tokens for child in token.children or []]
    assert {one.type for one in inner} <= {"text", "softbreak", "code_inline", "text_special"}
    assert {one.type for one in tokens} <= {
        "blockquote_open", "blockquote_close", "paragraph_open", "paragraph_close", "inline", "html_block"
    }  # fmt: skip
    assert [one.content for one in tokens if one.type == "html_block"] == [f"{marker(said('x').key)}\n"]
    assert not re.search(r"@(?=\w)|#(?=\w)", f"{draft.title}{draft.body}")
    assert marked(draft.body) == said("x").key
    assert len(draft.title) <= LONGEST_TITLE
    assert draft.title.strip()
