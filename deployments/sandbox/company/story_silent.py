"""Deals on which nobody has spoken for 45 days or more: the ones to close, and the ones that something holds back."""

from deployments.sandbox.company.story import (
    Deal,
    Handover,
    call,
    called_us,
    mail_in,
    mail_out,
    meeting,
    noise,
)

TO_CLOSE = (
    Deal(("45 days", "bulk mail"), "propose", "Acme 2026", "Acme", "tom", "Discovery", 120_000, 38, 160,
         (meeting(96), mail_out(90), mail_in(82), call(70), mail_out(58), mail_out(45), noise("bulk mail", 6))),
    Deal(("46 days", "cadence"), "propose", "Tidewater Energy 2026", "Tidewater Energy", "priya", "Demo",
         64_000, 24, 130, (mail_in(60), meeting(58), call(46), noise("cadence", 3))),
    Deal(("never touched", "internal call"), "propose", "Juniper Robotics pilot 2026", "Juniper Robotics",
         "lena", "Discovery", 18_000, 50, 120, (noise("internal call", 10),)),
    Deal(("archived", "integration user"), "propose", "Cobalt Insurance 2026", "Cobalt Insurance", "marcus",
         "Proposal", 85_000, 32, 430, (noise("archived call", 400), noise("integration", 2)), next_due=20),
    # Half past six in the evening in the office is the next day in UTC, where this would be 44 days.
    Deal(("midnight", "automatic reply"), "propose", "Larkspur Media 2026", "Larkspur Media", "jo", "Demo",
         42_000, 29, 110, (mail_in(71), call(63), mail_out(45, at="18:30"), noise("automatic reply", 20))),
    Deal(("account with two deals",), "propose", "Redwood University campus 2026", "Redwood University", "tom",
         "Proposal", 52_000, 45, 170, (mail_in(77), meeting(61), call(10, on="account"))),
)  # fmt: skip

HELD_BACK = (
    Deal(("slack",), "held", "Globex expansion 2026", "Globex", "tom", "Negotiation", 210_000, 25, 150,
         (meeting(75), mail_in(66), mail_out(52)), kind="Existing Customer - Upgrade"),
    Deal(("meeting booked",), "held", "Initech 2026", "Initech", "priya", "Proposal", 96_000, 36, 140,
         (call(62), mail_in(57), mail_out(50), meeting(-24))),
    Deal(("inbound on account",), "held", "Harbor Credit Union fraud desk 2026", "Harbor Credit Union", "lena",
         "Proposal", 74_000, 30, 150, (meeting(72), mail_out(66), mail_in(5, on="account")),
         kind="Existing Customer - Upgrade"),
    Deal(("open quote",), "held", "Willow Bank 2026", "Willow Bank", "marcus", "Negotiation", 310_000, 27, 200,
         (meeting(80), mail_in(64), mail_out(58)), quote="Sent"),
    Deal(("owner change",), "held", "Zephyr Airlines 2026", "Zephyr Airlines", "jo", "Demo", 150_000, 37, 190,
         (mail_in(88), call(70)), handover=Handover(6, "greg")),
    Deal(("renewal",), "held", "Umbrella renewal 2026", "Umbrella", "daniel", "Negotiation", 145_000, 35, 120,
         (meeting(84), mail_in(60)), kind="Renewal"),
    Deal(("renewal",), "held", "Delmar Foods renewal 2026", "Delmar Foods", "lena", "Proposal", 92_000, 33, 140,
         (call(75),), kind="Renewal"),
    Deal(("renewal",), "held", "Verity Labs renewal 2026", "Verity Labs", "priya", "Discovery", 36_000, 50, 110,
         (mail_in(93), mail_out(90)), kind="Renewal"),
)  # fmt: skip

# Nadia's mailbox was unplugged from Salesforce six weeks ago: what looks silent here may not be.
UNTRUSTED = (
    Deal(("capture broke",), "held", "Alder Clinics 2026", "Alder Clinics", "nadia", "Demo", 48_000, 40, 190,
         (mail_in(74), meeting(66), mail_out(52))),
    Deal(("capture broke",), "held", "Basalt Mining 2026", "Basalt Mining", "nadia", "Proposal", 135_000, 26, 210,
         (call(81), mail_in(63), mail_out(47))),
    Deal(("capture broke",), "held", "Cedar Point Retail 2026", "Cedar Point Retail", "nadia", "Discovery", 66_000,
         55, 160, (mail_out(79), call(68))),
    Deal(("capture broke",), "held", "Dovetail Software 2026", "Dovetail Software", "nadia", "Demo", 24_000, 31, 150,
         (called_us(76), mail_out(61))),
    Deal(("capture broke",), "held", "Ember Foods 2026", "Ember Foods", "nadia", "Proposal", 39_000, 34, 175,
         (meeting(85), mail_out(48))),
    Deal(("capture broke",), "held", "Flint Motors 2026", "Flint Motors", "nadia", "Negotiation", 188_000, 28, 240,
         (mail_in(62), meeting(60), mail_out(46))),
    Deal(("capture broke",), "warn", "Gable Homes 2026", "Gable Homes", "nadia", "Discovery", 21_000, 60, 145,
         (call(67), mail_out(42))),
)  # fmt: skip
