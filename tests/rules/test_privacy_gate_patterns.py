"""What is refused whoever it is of, and what only looks like it."""

import pytest

from tasks.rules.privacy_gate import known_of, why_withheld

HOMES = "/" + "home"
KNOWN = known_of(["Acme"], public=["fleetdm.com"])

MAIL, PHONE, IP, HARDWARE = "an e-mail address", "a phone number", "an IP address", "a hardware address"
HOME, HOST, OURS = "the home folder of a person", "the name of a host", "the address of a system of ours"
SALESFORCE, SLACK, KEY = "the id of a Salesforce record", "an id of Slack", "a key, password or token"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("write to jo.ann+x@firm.co", MAIL),
        ("jo (at) firm (dot) co", MAIL),
        ("jo[at]firm[.]co", MAIL),
        ("jo @ firm.co", MAIL),
        ("jo&#64;firm&period;co", MAIL),
        ("jo%40firm.co", MAIL),
        ("jo\uff20firm\uff0eco", MAIL),
        ("root@web-01:~$ ls", MAIL),
        ("call +1 415 555 0132", PHONE),
        ("+44 (0)20 7946 0958", PHONE),
        ("(415) 555-0132", PHONE),
        ("415.555.0132", PHONE),
        ("my number: tel. 030 901820", PHONE),
        ("\uff0b\uff11 415 555 0132", PHONE),
        ("10.1.2.3", IP),
        ("10.1.2.3:8080/x", IP),
        ("ip10.1.2.3", IP),
        ("10[.]1[.]2[.]3", IP),
        ("10.0.0.0/8", IP),
        ("203.0.113.7, twice", IP),
        ("fe80::1ff:fe23:4567:890a", IP),
        ("[2001:db8::1]:443", IP),
        ("2001:0db8:0000:0000:0000:ff00:0042:8329", IP),
        ("::ffff:10.1.2.3", IP),
        ("aa:bb:cc:dd:ee:ff", HARDWARE),
        ("AA-BB-CC-00-EE-FF", HARDWARE),
        ("/Users/dreyes/Library/Logs", HOME),
        ("C:\\Users\\dreyes\\AppData", HOME),
        (f"{HOMES}/dreyes/.ssh", HOME),
        ("fleet.firm.io", HOST),
        ("https://fleet.firm.io:8080/x", HOST),
        ("mdm.firm.corp", HOST),
        ("db01.firm.internal", HOST),
        ("printer.local", HOST),
        ("hxxps://firm[.]de", HOST),
        ("firm dot de", HOST),
        ("http://intranet/x", HOST),
        ("ip-10-1-2-3", HOST),
        ("DESKTOP-4F7K2LQ", HOST),
        ("janes-macbook-pro", HOST),
        ("x.docs.github.com", HOST),
        ("acme.cloud.fleetdm.com", HOST),
        ("github.com.evil.co", HOST),
        ("https://firm.lightning.force.com/lightning/r/Account/001Ax00000KpQ2ZIAV/view", OURS),
        ("https://firm.slack.com/archives/C030A767HQV/p1795447680000100", OURS),
        ("firm.zendesk.com/agent/tickets/7", OURS),
        ("https://docs.google.com/document/d/x", OURS),
        ("001Ax00000KpQ2ZIAV", SALESFORCE),
        ("0015g00000Kp12Z", SALESFORCE),
        ("C030A767HQV", SLACK),
        ("<@U030A767HQV>", SLACK),
        ("slack://channel?id=x", SLACK),
        ("password=hunter2!", KEY),
        ('"enroll_secret": "a1b2c3d4e5"', KEY),
        ("Authorization: Bearer a1b2c3d4e5f6g7", KEY),
        ("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.x", KEY),
        ("xoxb-1234567890-abcdefghij", KEY),
        ("ghp_16C7e42F292c6912E7710c838347Ae178B4a", KEY),
        ("AKIAIOSFODNN7EXAMPLE", KEY),
        ("-----BEGIN RSA PRIVATE KEY-----", KEY),
        ("ABCD-1234-EFGH-5678", KEY),
        ("password=a-b-c-d-e", KEY),
        ("mysql://fleet:s3cret@db/fleet", KEY),
        ("q8Xz71bQp0LkM3nv9ZtR", KEY),
        ("d41d8cd98f00b204e9800998ecf8427e", KEY),
        ("8d1f2c3a-5b6e-4f70-9a81-b2c3d4e5f607", KEY),
    ],
)
def test_it_is_refused(text: str, kind: str) -> None:
    assert any(kind in reason for reason in why_withheld({"text": f"We see {text} today"}, KNOWN))


@pytest.mark.parametrize(
    "text",
    [
        "fleetctl@4.63.0", "npm i x@latest", "git@github.com:fleetdm/fleet.git", "@here", "GET /api?since=@1", "5@3",
        "2026-11-23 08:00:12", "1795447680.000100", "20241021224359", "4.63.0", "v1.2.3.4", "120.0.6099.109",
        "10.0.22631.4460", "127.0.0.1:8080", "::1", "12:30:45", "std::string", "1,200,000", "9 of 1 200",
        "localhost", "http://localhost:8080", "https://fleet/api", "github.com", "https://docs.github.com/en",
        "https://www.fleetdm.com/docs", "fleetdm.com", "fleet.example.com", "hosts.id", "os_version.name",
        "README.md",
        "main.go", "install.sh", "config.yml", "com.apple.Safari", "org.mozilla.firefox",
        "it works.Then it does not", "it fails.Tell.Us", "org.gnome.software", "some-test-2024-beta",
        "Node.js", "e.g. this", "/Users/Shared/x", f"{HOMES}/ubuntu", "C:\\Users\\Public", "/var/log/orbit/orbit.log",
        "commit 4ab7141c", "sha256", "utf8mb4_unicode_ci", "FLEET_SERVER_ADDRESS", "CVE-2024-3094", "password: wrong",
        "the token is expired", "secret = null", "Content-Type", "TEXTFIELD", "X86_64", "GB18030",
        "page=3&per_page=100",
        "getHostByIdentifier2", "com.fleetdm.orbit.update", "ERR-1053", "AES-256-GCM-SIV", "300 hosts 200 users",
    ],
)  # fmt: skip
def test_what_only_looks_like_it_passes(text: str) -> None:
    assert why_withheld({"text": f"We see {text} today"}, KNOWN) == ()


def test_a_key_is_not_repeated() -> None:
    [reason] = why_withheld({"text": "first\nxoxb-1234567890-abcdefghij"}, KNOWN)

    assert reason == "The text holds a key, password or token in line 2."


def test_an_id_of_salesforce_with_wrong_last_letters_is_none() -> None:
    assert why_withheld({"text": "001Ax00000KpQ2ZIAA"}, KNOWN) == ()
