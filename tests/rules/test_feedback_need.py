"""Whether a conversation waits for us, and since when. A talk begins on Mon 23 Nov 2026, 02:00 in Los Angeles."""

import pytest

from tasks.rules.feedback import Kind, Need, SharedFile
from tasks.rules.feedback_judging import asked_at, is_theirs, judge
from tasks.rules.feedback_need import together
from tasks.rules.feedback_policy import FeedbackPolicy

from .feedback_talk import POLICY, at, line, talk

PICTURE = SharedFile("error.png", "https://slack.example/f1")
LOG = SharedFile("fleet.log", "https://slack.example/f2")
WAITS, DONE, NONE = Need.ANSWER, Need.ANSWERED, Need.NO_REPLY


# --- messages that belong together ---
def test_messages_of_one_author_within_five_minutes_are_one() -> None:
    first, second, third = line(0, "ann: hi"), line(5, "ann: the export fails", (PICTURE,)), line(9.9, "ann: ", (LOG,))

    [one] = together([first, second, third], 5)

    assert (one.text, one.files, one.at, one.ts) == ("hi\nthe export fails", (PICTURE, LOG), first.at, first.ts)


def test_the_minutes_count_from_the_message_before_and_not_from_the_first() -> None:
    said = [line(minute, "ann: and") for minute in (0, 4, 8, 12)]

    assert len(together(said, 5)) == 1
    assert len(together(said, 3.9)) == 4


def test_somebody_elses_message_keeps_them_apart() -> None:
    assert len(together([line(0, "ann: hi"), line(1, "bob: hi"), line(2, "ann: hi")], 5)) == 3


def test_five_minutes_and_a_second_are_too_long() -> None:
    assert len(together([line(0, "ann: hi"), line(5 + 1 / 60, "ann: there")], 5)) == 2


def test_a_request_and_the_thanks_right_after_it_are_one_request() -> None:
    conversation = talk("ann: how do I add a label?", "ann: thanks!", every=2)

    assert judge(conversation, POLICY).need is WAITS


def test_how_close_is_together_is_a_setting() -> None:
    conversation = talk("ann: we upgraded to 4.41 today", "ann: any idea why it is slow?", every=20)

    assert asked_at(conversation, FeedbackPolicy(together_minutes=30)) == at(0)
    assert asked_at(talk("ann: ok", "ann: any idea why it is slow?", every=20), POLICY) == at(20)


# --- need, and since when ---
TALKS = [
    # what is asked, and answered or not
    (["ann: how do I add a label?"], WAITS, 0),
    (["ann: how do I add a label?", "us: In the menu."], DONE, 0),
    (["ann: how do I add a label?", "us: In the menu.", "ann: and a team?"], WAITS, 20),
    (["ann: how do I add a label?", "ann: hello?", "bob: we wait for this too"], WAITS, 0),
    (["ann: the export fails", "us: Which version do you run?"], DONE, 0),  # now we wait for them
    (["ann: the export fails", "us: Which version do you run?", "ann: 4.38.0"], WAITS, 20),
    (["ann: the export fails", "us: Looking into it.", "ann: ok", "ann: any news?"], WAITS, 30),
    # thanks
    (["ann: how do I add a label?", "ann: thanks in advance"], WAITS, 0),
    (["ann: how do I add a label?", "us: In the menu.", "ann: thanks!"], DONE, 20),
    (["ann: the export fails", "us: Try again?", "ann: thanks, but it still fails"], WAITS, 20),
    (["ann: the export fails", "us: Try again?", "ann: thanks, works now"], DONE, 20),
    (["us: We upgraded you to 4.41.", "ann: great, thanks! what is new?"], WAITS, 10),
    (["ann: Thanks for yesterday. The agent on our Linux boxes eats all the memory"], WAITS, 0),
    # yes, no, ok: it depends on what we asked
    (["us: Shall I restart it tonight?", "ann: ok"], WAITS, 10),
    (["us: Shall I restart it tonight?", "ann: 👍"], WAITS, 10),
    (["us: Shall I restart it tonight?", "ann: no, not needed"], NONE, 10),
    (["us: Shall I restart it tonight?", "ann: no thanks"], NONE, 10),
    (["us: Is it working now?", "ann: yes"], NONE, 10),
    (["us: Is it working now?", "ann: no"], WAITS, 10),
    (["us: Do you still see the error?", "ann: yes"], WAITS, 10),
    (["us: Do you still see the error?", "ann: no"], NONE, 10),
    (["us: Anything else?", "ann: nope"], NONE, 10),
    (["us: Could you send us the logs?", "ann: sure"], NONE, 10),
    (["us: Could you send us the logs?", "ann: no"], WAITS, 10),
    (["us: Are you on Windows 11?", "ann: yes"], WAITS, 10),
    (["us: We released 4.41.", "ann: ok"], NONE, 10),
    (["us: We could enable it for you.", "ann: yes please"], WAITS, 10),
    # customers among themselves
    (["ann: where are the logs?", "bob: I think in /var/log", "ann: never mind, found it"], NONE, 20),
    (["ann: where are the logs?", "bob: never mind, found it"], NONE, 10),
    (["ann: where are the logs?", "bob: how long are they kept?", "ann: found it"], WAITS, 10),
    (["ann: where are the logs?", "bob: and what is a pack?", "cat: never mind, found it"], WAITS, 0),
    (["ann: where are the logs?", "us: In /var/log.", "bob: @Ann Lee did you look there?"], DONE, 20),
    (["ann: where are the logs?", "us: In /var/log.", "bob: @Ann Lee it fails for me with an error"], WAITS, 20),
    # what asks for nothing
    (["ann: FYI we rotate our secret tonight"], NONE, 0),
    (["ann: FYI the server is down"], WAITS, 0),
    (["ann: FYI the server was down last night"], NONE, 0),
    (["ann: no rush, no need to reply: how do I add a label?"], WAITS, 0),
    (["ann: I'm out of office until Monday."], NONE, 0),
    (["ann: :tada: :+1:"], NONE, 0),
    (["ann: "], NONE, 0),
    (["ann: The blue whale swims at dawn"], WAITS, 0),  # nobody knows what it means: somebody should look
]


@pytest.mark.parametrize(("lines", "need", "minute"), TALKS, ids=[" / ".join(lines) for lines, *_ in TALKS])
def test_what_waits_for_us_and_since_when(lines: list[str], need: Need, minute: int) -> None:
    conversation = talk(*lines)

    assert judge(conversation, POLICY).need is need
    assert asked_at(conversation, POLICY) == at(minute)


REASONS = [
    (["ann: how do I add a label?"], 'asks: "how do I add a label?"'),
    (["ann: how do I add a label?", "us: In the menu.", "sue*: or by API"], "answered by Tom Okafor"),
    (["ann: thanks a lot"], 'says "thanks a lot"'),
    (["ann: where is it?", "ann: ah, found it"], 'settled: "ah, found it"'),
    (["us: Shall I restart it?", "ann: ok"], 'answers us: "ok"'),
    (["us: 4.41 is out.", "ann: 🎉", "bob: @Ann Lee can you look?"], "to Ann Lee, not to us"),
]


@pytest.mark.parametrize(("lines", "reason"), REASONS, ids=[reason for _, reason in REASONS])
def test_the_reason_is_given(lines: list[str], reason: str) -> None:
    assert judge(talk(*lines), POLICY).reason == reason


def test_a_file_without_a_word_is_looked_at() -> None:
    assert judge(talk(line(0, "ann: ", (PICTURE,))), POLICY).need is WAITS


def test_what_we_announced_and_nobody_took_up_is_no_item() -> None:
    ours = talk("us: 4.41 is out.", "sue*: The notes are in the docs.")

    assert not is_theirs(ours)
    assert judge(ours, POLICY).need is NONE
    assert asked_at(ours, POLICY) == at(0)
    assert is_theirs(talk("us: 4.41 is out.", "ann: 🎉"))


def test_a_yes_to_our_offer_is_a_request() -> None:
    assert judge(talk("us: Shall I restart it tonight?", "ann: ok"), POLICY).kind is Kind.REQUEST


def test_more_signs_of_the_settings_say_that_no_reply_is_needed() -> None:
    policy = FeedbackPolicy(signs={"no reply": (r"(?i)\bover and out\b",)})
    conversation = talk("ann: our team signs off for today, OVER and out")

    assert judge(conversation, POLICY).need is WAITS
    assert judge(conversation, policy).need is NONE
