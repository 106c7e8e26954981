"""What holds for every text: what is known is found in it wherever it stands, and what tells nothing passes."""

from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.rules.privacy_gate import why_withheld
from tasks.rules.privacy_views import plain, readings
from tests.rules.leaks import ACCOUNTS, DISGUISES, DOMAINS, MAILS, PEOPLE, of_the_company

COMPANY = of_the_company()
QUICK = settings(max_examples=150, deadline=None)
KNOWN = st.sampled_from([*ACCOUNTS, *DOMAINS, *PEOPLE, *MAILS])
DISGUISE = st.sampled_from(sorted(DISGUISES))
# Each of these can be done to what the other has done already: it only changes how letters are drawn, or their case.
ANOTHER = st.sampled_from(
    ["as it is", "small", "capitals", "possessive", "spaces without width", "soft hyphen", "accents", "wide letters"]
)
AROUND = st.text(st.characters(exclude_characters="@", exclude_categories=("Cs",)), max_size=60)
PARTING = st.sampled_from([" ", "\n", " (", ' "', ": ", ", ", " - ", " / ", "> ", "\t", "\u3000"])
_LISTED = """
the host is offline after an update of server and a query shows no result in browser when users log in again with policy
label team script package version profile report table error page list button setting
"""
ORDINARY = st.sampled_from(_LISTED.split())


@QUICK
@given(KNOWN, DISGUISE, ANOTHER, AROUND, PARTING, AROUND)
def test_what_is_known_is_found_wherever_it_stands(
    word: str, disguise: str, another: str, before: str, parting: str, after: str
) -> None:
    hidden = DISGUISES[disguise](DISGUISES[another](word))

    assert why_withheld({"text": f"{before}{parting}{hidden}{parting}{after}"}, COMPANY) != ()


@QUICK
@given(st.lists(ORDINARY, max_size=60), st.sampled_from([" ", "\n", ", ", "; ", "/", "_", "-"]))
def test_a_text_of_ordinary_words_passes(words: list[str], parting: str) -> None:
    assert why_withheld({"title": " ".join(words).capitalize(), "text": parting.join(words)}, COMPANY) == ()


@QUICK
@given(AROUND, AROUND)
def test_any_text_can_be_looked_through(one: str, other: str) -> None:
    assert isinstance(why_withheld({"title": one, "text": f"{one}\n{other}"}, COMPANY), tuple)


@QUICK
@given(st.text(max_size=80))
def test_a_reading_is_plain_and_stays_so(text: str) -> None:
    assert all(plain(one) == one for one in readings(text))
