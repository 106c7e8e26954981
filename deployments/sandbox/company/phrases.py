"""What people write: subjects and texts by kind of activity. `{us}`, `{them}` and `{deal}` are filled in."""

PHRASES: dict[str, tuple[tuple[str, str], ...]] = {
    "mail out": (
        (
            "Next steps for {deal}",
            "Hi {them}, here is the summary we promised. Which day suits you for the review?\n\n{us}",
        ),
        ("The security questionnaire", "Hi {them}, the answers are attached. Two are still with our lawyers.\n\n{us}"),
        (
            "Prices for the first year",
            "Hi {them}, the first year as discussed, with the discount for two years.\n\n{us}",
        ),
        ("Checking in", "Hi {them}, did the test on the first hundred machines go through?\n\n{us}"),
    ),
    "mail in": (
        ("Re: Next steps for {deal}", "Hi {us}, thanks. Let me talk to finance and come back to you.\n\n{them}"),
        (
            "Question about the rollout",
            "Hi {us}, can the agent be installed without a restart? Our team asks.\n\n{them}",
        ),
        ("Re: Prices for the first year", "Hi {us}, received. Our buyer has two questions on the terms.\n\n{them}"),
    ),
    "automatic reply": (
        ("Automatic reply: Next steps for {deal}", "I am out of the office and will answer when I return."),
    ),
    "call out": (
        ("Call with {them}", "Spoke about dates and who else has to agree."),
        ("Call: test results", "All well."),
    ),
    "call in": (("{them} called", "Asked about the support hours."),),
    "internal call": (("Internal: account planning", "Planned the next weeks among ourselves."),),
    "archived call": (("First call with {them}", "Introduction."),),
    "linkedin": (("LinkedIn: {them}", "Exchanged a few words after the conference."),),
    "bulk mail": (("What is new this month", "Newsletter."),),
    "cadence": (("Cadence step 4: reminder", "Sent automatically."),),
    "integration": (("Website visit recorded", "Recorded by the website."),),
    "to-do": (("Prepare the offer", "To do."),),
    "meeting": (("Demo with {them}", ""), ("Review with {them}", ""), ("Technical questions", "")),
}


def phrase(kind: str, number: int, us: str, them: str, deal: str) -> tuple[str, str]:
    """Subject (cut to Salesforce's 255 characters) and text of the activity `number`."""
    choices = PHRASES[kind]
    subject, body = choices[number % len(choices)]
    return subject.format(us=us, them=them, deal=deal)[:255], body.format(us=us, them=them, deal=deal)
