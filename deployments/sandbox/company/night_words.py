"""Longer words of the night, and its files."""

from typing import Final

from deployments.sandbox.slack.seed import Attachment

# As Slack keeps it: a mention of everybody is one, and what was typed in angle brackets is escaped.
HOSTILE: Final = (
    "<!channel> why does the console call this command line harmless? =cmd|' /C calc'!A0 "
    "&lt;/script&gt;&lt;script&gt;alert(1)&lt;/script&gt; [click](javascript:alert(1)) ![x](https://x.example/y.png) "
    "*bold* @everyone invoice_\u202egpj.exe"
)
LONG: Final = (
    "We found something odd when we compared the console with our own list of machines. Every night at two our script "
    "reads all hosts through the API, page by page, and writes them into our data base. Since the update to server "
    "version 4.62.1 about one host in fifty is missing from what the API answers, while the console shows all of them."
    "\n\nWhat we did so far:\n"
    + "\n".join(
        f"{number}. {step}"
        for number, step in enumerate(
            (
                "We read the list three times in a row. The missing hosts are not the same each time.",
                "We read it with 50 hosts a page instead of 100. Then twice as many are missing.",
                "We sorted by name instead of by the time they were last seen. Then none is missing.",
                "We read it while nobody worked, on Sunday at noon. Then hardly any is missing.",
                "We asked for one of the missing hosts by its serial number. It is there, and was seen a minute ago.",
                "We looked at the log of the load balancer: every page was answered with 200, in less than a second.",
            ),
            start=1,
        )
    )
    + "\n\nSo it looks to us as if a host that checks in while we turn the pages moves to a page that we have read "
    "already. Expected behavior: every host is listed once, however long it takes to read them. Actual behavior: "
    "those that check in meanwhile are left out. The hosts run Ubuntu 22.04 and Windows 11 with fleetd 1.30.0.\n\n"
    "We can work around it by sorting by name, so it does not stop us, but our report of last week was wrong. We would "
    "like to know whether this is a bug, or whether the API was never meant to be read in this way. The file says when "
    "each of them checked in. Missing in the first run: "
    + ", ".join(f"h-{number:04d}" for number in range(412, 9_000, 31))
)
CRASH: Final = Attachment("F0CRASH", "agent-crash.log", "text/plain", b"panic: runtime error\ngoroutine 1 [running]\n")
DEBUG: Final = Attachment("F0MISSING", "missing-hosts.csv", "text/csv", b"run,host,seen\n1,h-0412,02:03:11\n")
