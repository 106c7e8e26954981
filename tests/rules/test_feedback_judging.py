"""Which signs count, what takes them back, and which words are quoted."""

import pytest

from tasks.rules import feedback_kind_signs, feedback_replies, feedback_signs
from tasks.rules.feedback import Judged, Kind, Priority
from tasks.rules.feedback_groups import GROUPS
from tasks.rules.feedback_judging import judge
from tasks.rules.feedback_policy import FeedbackPolicy
from tasks.rules.feedback_words import compiled, expanded, signs

from .feedback_talk import POLICY, talk

P0, P1, P2, P3 = Priority


def judged(*lines: str, policy: FeedbackPolicy = POLICY, product: str = "", every: float = 10) -> Judged:
    said = [text if ": " in text[:6] else f"ann: {text}" for text in lines]
    return judge(talk(*said, every=every), policy, product)


# What takes "the server is down" back, one word or two at a time.
DOUBTS = [
    ("The server is down", P0),
    ("The server is not down", P2),
    ("I don't think that the server is down", P2),
    ("Is the server down?", P1),
    ("Not sure if the server is down", P1),
    ("What happens if the server is down?", P3),
    ("When the server is down, do agents keep their results?", P3),
    ("If I open the site, the server is down", P0),  # tells what is seen
    ("The server was down last night", P3),
    ("The server has been down since last night", P0),
    ("The server was down last night and still is", P0),
    ("The server went down for ten minutes", P3),
    ("The server goes down every night for ten minutes, it is up again now", P2),
    ("The server is down. It works again", P3),
    ("It works again. No, the server is down", P0),
    ("The staging server is down", P2),
    ("The staging server is fine. The server is down", P0),
    ("This is our staging environment. The server is down", P2),
    ("We tested it in staging. In production the server is down", P0),
    ("Unlike staging, production is down", P0),
    ("Our Okta server is down", P2),
    ("AWS is down, so the server is down for everyone", P0),
    ("Okta is fine. The server is down", P0),
    ("The server is down for me, my colleagues can work", P2),
    ("The server is down. My colleagues can work", P2),
    ("One of our servers is down", P2),
    ("Urgent question: how do I add a label?", P3),
    ("The server is down in the Berlin office", P1),
    ("Every now and then the server is down for everyone", P1),
    ("The log says \"the server is down\"", P2),
    ("The log says\n2026-11-23T02:00:00Z ERR the server is down", P2),
    ("> The server is down\nread this in the forum", P2),
    ("We will take the server down tonight", P3),
    ("The server is down to two gigabytes", P2),
    ("How do we make sure that the server is down for an hour at most?", P3),
    ("Nobody can log in", P0),
    ("Nobody can log in to the demo instance", P2),
    ("Nobody can open the software tab", P2),
    ("Nobody can log in because Okta is down", P2),
]  # fmt: skip


@pytest.mark.parametrize(("text", "priority"), DOUBTS, ids=[text for text, _ in DOUBTS])
def test_what_makes_an_emergency_of_it_and_what_does_not(text: str, priority: Priority) -> None:
    assert judged(text).priority is priority


def test_an_emergency_stays_one_until_a_customer_says_that_it_is_over() -> None:
    asked = ["ann: nobody can log in, prod is down", "us: Which version?", "ann: 4.38.0", "us: Thanks, on it."]

    assert judged(*asked).priority is P0
    assert judged(*asked, "ann: by the way, how do I add a label?").priority is P0
    assert judged(*asked, "us: Fixed, it is up again.").priority is P0  # so we say
    assert judged(*asked, "ann: back up, thanks").priority is P3


def test_an_emergency_outlives_thanks() -> None:
    thanked = ["ann: nobody can log in, prod is down", "us: On it. Which version?", "ann: thanks!"]

    assert judged(*thanked, "ann: where do I see the version?").priority is P0


def test_an_emergency_that_is_called_off_is_none_of_the_next_matter() -> None:
    called_off = ["ann: nobody can log in", "ann: never mind, wrong address"]

    assert judged(*called_off, "ann: how do I add a label?").priority is P3


def test_an_outage_that_is_only_mentioned_is_not_what_it_is_about() -> None:
    found = judged("During last week's outage nobody could log in. Will we get a credit?")

    assert (found.kind, found.priority) == (Kind.QUESTION, P3)


def test_after_thanks_another_matter_begins() -> None:
    found = judged("ann: the export fails", "us: Fixed.", "ann: thanks!", "ann: how do I add a label?")

    assert (found.kind, found.priority) == (Kind.QUESTION, P3)


def test_our_own_words_are_never_judged() -> None:
    found = judged("us: The server is down, nobody can log in", "ann: how do I add a label?")

    assert (found.kind, found.priority, found.kind_sign) == (Kind.QUESTION, P3, "how do I add a label?")


QUOTES = [
    ("Hi all, since the upgrade this morning Fleet is completely DOWN for everyone, please call", "DOWN"),
    ("we\u2019re \u201clocked out\u201d \u2014 all of us", "locked out"),
    ("Ser\u200bver do\u00adwn", "Server down"),
    ("Nobody\x00 can log in", "Nobody can log in"),
]


@pytest.mark.parametrize(("text", "words"), QUOTES, ids=[words for _, words in QUOTES])
def test_the_customers_own_words_are_quoted(text: str, words: str) -> None:
    sign = judged(text).priority_sign

    assert words in sign
    assert sign.isprintable()
    assert len(sign) <= 60


def test_a_sign_is_not_cut_within_a_word() -> None:
    text = "the queries of interdepartmental administrators crash immediately after the upgrade of everything else"

    sign = judged(text).kind_sign

    assert "crash" in sign
    assert set(sign.split()) <= set(text.split())


def test_nothing_is_quoted_where_no_sign_says_it() -> None:
    found = judged("The blue whale swims at dawn")

    assert (found.kind, found.priority, found.kind_sign, found.priority_sign) == (Kind.BUG, P2, "", "")


@pytest.mark.parametrize(
    ("name", "kind", "priority"),
    [
        ("outage", Kind.OUTAGE, P1),
        ("bug", Kind.BUG, P2),
        ("request", Kind.REQUEST, P3),
        ("question", Kind.QUESTION, P3),
        ("praise", Kind.PRAISE, P3),
        ("P0", Kind.OUTAGE, P0),
        ("P1", Kind.BUG, P1),
        ("P2", Kind.BUG, P2),
    ],
)
def test_the_settings_give_more_signs(name: str, kind: Kind, priority: Priority) -> None:
    found = judged("Código Añil!", policy=FeedbackPolicy(signs={name: (r"(?i)CÓDIGO (\w)ñil", "never")}))

    assert found.priority is priority
    assert found.kind is kind or name in {"P1", "P2"}
    assert "Código" in found.priority_sign


def test_a_sign_of_the_settings_can_be_doubted_too() -> None:
    policy = FeedbackPolicy(signs={"P0": ("code red",)})

    assert judged("code red", policy=policy).priority is P0
    assert judged("is it a code red if one host is offline?", policy=policy).priority is not P0


def test_a_pattern_that_fits_anything_says_nothing() -> None:
    assert judged("how do I add a label?", policy=FeedbackPolicy(signs={"P0": ("x*",)})).priority is P3


def test_the_products_name_is_a_name_of_what_is_down() -> None:
    assert judged("Ærø is down", product="Ærø").priority is P0
    assert judged("Ærø is down").priority is not P0


@pytest.mark.parametrize("product", ["Fleet", "a.b(c", "\u200b", "  "])
def test_any_name_of_a_product_will_do(product: str) -> None:
    assert judged("how do I add a label?", product=product).priority is P3


# --- the tables themselves ---
TABLES = {
    f"{module.__name__}.{name}": table
    for module in (feedback_signs, feedback_kind_signs, feedback_replies)
    for name, table in vars(module).items()
    if isinstance(table, tuple)
}


@pytest.mark.parametrize("table", TABLES.values(), ids=list(TABLES))
def test_signs_are_plain_text_and_fit_no_empty_text(table: tuple[str, ...]) -> None:
    assert table
    assert all(compiled((sign,)).search("") is None for sign in table)
    assert all(sign.isascii() for sign in table)


def test_every_group_is_used() -> None:
    text = "\n".join(sign for table in TABLES.values() for sign in table) + "\n".join(GROUPS.values())
    others = {"EXACTLY", "VERSION", "AGENTS", "ELSEWHERE", "BEGINNING"}  # of the details and the doubts

    assert {name for name in GROUPS if name not in text} <= others


def test_a_line_that_is_indented_further_goes_on() -> None:
    assert signs("    a\n        |b\n\n    c\n") == ("a|b", "c")


def test_a_group_that_is_none_is_an_error() -> None:
    with pytest.raises(KeyError, match="NOWHERE"):
        expanded("NOWHERE is down")
