"""Nights of the feedback sweep for its report's tests: one with every case, one that needs nobody, one emergency."""

from datetime import date

from tasks.rules.feedback import Details, Item, Kind, Need, Priority, Sweep
from tests.sweeps import (
    ZENDESK,
    at,
    channel_id,
    make_candidate,
    make_channels,
    make_conversation,
    make_customer,
    make_draft,
    make_item,
    make_message,
    make_reply,
    make_request,
    make_sweep,
)


def _outage() -> Item:
    text = "Morning! Since the upgrade the console shows 502 for all users, nobody can log in. Please help"
    return make_item(
        text, at(22, "22:41"), kind=Kind.OUTAGE, kind_sign="502", priority=Priority.P0,
        priority_sign="502 for all users", reason='asks: "502 for all users"',
        due=at(23, "02:41"), goal=at(23, "07:00"),
        files=("gateway.log", "screen shot.png"), ticket_url=f"{ZENDESK}/4711",
        messages=(make_message("Still down after a restart", at(22, "23:05")),),
        details=Details(
            {"Fleet server version": "4.60.1", "Actual behavior": "502"}, ("Operating system", "Web browser"),
            "Thanks for telling us. Which operating system do the hosts run?\nAnd which web browser do you use?",
        ),
    )  # fmt: skip


def _waiting() -> Item:
    return make_item(
        "One of our hosts does not check in any more", at(19, "14:10"), customer=make_customer("Hooli", value=None),
        kind=Kind.BUG, kind_sign="does not check in", priority=Priority.P2, priority_sign="does not", from_before=True,
        due=at(20, "14:10"), goal=at(19, "15:10"), reason='asks: "does not check in any more"',
        message={"name": "Ada Park"},
        candidates=(make_candidate(11800, "Hosts stop checking in after an update", 0.31),),
    )  # fmt: skip


def _late_question() -> Item:
    return make_item(
        "Is there a way to see which queries are slow?", at(20, "09:30"),
        customer=make_customer("Vandelay", renewal=None),
        due=at(23, "05:30"), red=at(24, "05:30"), goal=at(20, "10:30"), from_before=True, kind_sign="Is there a way",
    )  # fmt: skip


def _degraded() -> Item:
    customer = make_customer("Globex", value=80_400.0, renewal=date(2027, 1, 29))
    channel = channel_id("Globex")
    return make_item(
        "Hi again. Agent upgrade fails on every laptop of the sales team, queries are very slow", at(23, "05:10"),
        customer=customer, kind=Kind.BUG, kind_sign="fails", priority=Priority.P1, priority_sign="very slow",
        due=at(23, "10:00"), goal=at(23, "07:00"), after=f"{at(20, '16:00').timestamp():.6f}",
        conversation=make_conversation(
            make_message("How do we upgrade the agent?", at(20, "14:58"), channel, name="Kim Lee"),
            make_reply("With the next release it is one click.", at(20, "15:20"), channel),
            make_message(
                "Hi again. Agent upgrade fails on every laptop of the sales team, queries are very slow",
                at(23, "05:10"), channel, name="Kim Lee",
            ),
            channel=channel, after=f"{at(20, '16:00').timestamp():.6f}",
        ),
        details=Details({}, ("Operating system", "Web browser", "Expected behavior"), "Which operating system is it?"),
        ticket_url=f"{ZENDESK}/4712",
    )  # fmt: skip


def _wanted() -> Item:
    return make_item(
        "Feature request: we would love to export the list of hosts as CSV", at(21, "11:02"),
        customer=make_customer("Initech", value=45_000.0, codename="Orpheus", renewal=date(2026, 11, 12)),
        kind=Kind.REQUEST, kind_sign="Feature request", candidates=(
            make_candidate(), make_candidate(9021, "Download query results", 0.28), make_candidate(77, "CSV", 0.19),
        ),
        draft=make_draft(), details=Details({}, ("Fleet server version",), "Which version of the server do you run?"),
    )  # fmt: skip


def _file_only() -> Item:
    return make_item(
        "", at(20, "06:30"), customer=make_customer("Stark Industries", value=1_250_000.0), files=("trace.har",),
        reason="a file or pasted lines, and no word", disputed=True, from_before=True,
        due=at(23, "06:30"), red=at(24, "06:30"), goal=at(20, "07:30"),
    )  # fmt: skip


def _withheld() -> Item:
    return make_item(
        "Could you add SSO for wayne.example?", at(21, "08:15"), customer=make_customer("Wayne", codename=""),
        kind=Kind.REQUEST, kind_sign="Could you add", draft=make_draft(
            "SSO", withheld=("It names the domain wayne.example.", "The customer has no codename yet."),
        ),
    )  # fmt: skip


def _told() -> list[Item]:
    done, channel = Need.ANSWERED, channel_id("Acme")
    return [
        make_item(
            "Where is the release calendar?", at(21, "18:02"), need=done, reason="answered by Tom Okafor",
            messages=(make_reply("Here: the handbook has it.", at(21, "18:20"), channel),), kind_sign="Where is",
        ),
        make_item(
            "Does 4.60 need a new licence?", at(20, "17:45"), customer="Globex", need=done,
            reason="answered by Ana Snyder",
            messages=(make_reply("No, yours is fine.", at(20, "17:58"), channel_id("Globex"), name="Ana Snyder"),),
        ),
        make_item(
            "Thanks, that did it!", at(20, "16:20"), customer="Umbrella", need=Need.NO_REPLY,
            reason='settled: "that did it"', kind=Kind.PRAISE, kind_sign="Thanks",
        ),
        make_item("ok", at(22, "12:00"), customer="Hooli", need=Need.NO_REPLY, reason='says "ok"'),
    ]  # fmt: skip


def full() -> Sweep:
    """A weekend with every case: overdue or not, from before, files alone, drafted, withheld, answered, unread."""
    items = (
        _outage(), _waiting(), _late_question(), _file_only(), _degraded(), _withheld(), _wanted(), *_told(),
    )  # fmt: skip
    read = make_channels("Acme", "Globex", "Hooli", "Initech", "Stark Industries", "Vandelay", "Wayne", "Umbrella")
    unread = make_channels("Cyberdyne", trouble="The bot is not in the channel: invite it.")
    return make_sweep(
        items,
        channels=(*read, *unread),
        strangers=("customer-soylent", "ext-tyrell"),
        requests=(
            make_request(790, "Discount for a school", at(12, "09:00")), make_request(),
            make_request(815, "Who owns Hooli?", at(19, "16:30")), make_request(816, "New price list", at(20, "05:00")),
        ),
        notes=("Zendesk could not be asked for 1 of 7 threads: its ticket may be missing here.",),
    )  # fmt: skip


def clean() -> Sweep:
    """A night that needs nobody."""
    return make_sweep(_told(), channels=make_channels("Acme", "Globex", "Hooli", "Umbrella"))


def only_p0() -> Sweep:
    """A closed day with one emergency: Sat 21 Nov, 06:00, at which two hours are left."""
    item = make_item(
        "Everything is down, nobody can log in", at(21, "04:10"), kind=Kind.OUTAGE, kind_sign="is down",
        priority=Priority.P0, priority_sign="Everything is down", due=at(21, "08:10"),
    )  # fmt: skip
    return make_sweep([item], until=at(21, "06:00"))
