"""Names of machines and addresses of pages in a text: which of them everybody may know, and which not."""

import re
from collections.abc import Collection, Iterator

# Domains of those whose pages issues refer to. Only these hosts of theirs: others may be somebody's own.
_PUBLIC_PAGES = """
    apple.com archlinux.org chromium.org cisa.gov debian.org docker.com docker.io fedoraproject.org firefox.com ghcr.io
    github.com githubusercontent.com gnu.org go.dev golang.org google.com helm.sh ietf.org jamf.com kernel.org
    kubernetes.io letsencrypt.org microsoft.com mitre.org mozilla.org mysql.com nodejs.org npmjs.com nvd.nist.gov
    okta.com
    openssl.org opentelemetry.io oracle.com osquery.io postgresql.org prometheus.io pypi.org python.org quay.io
    redhat.com redis.io rfc-editor.org rpm.org semver.org sqlite.org stackoverflow.com swift.org systemd.io terraform.io
    ubuntu.com w3.org wikipedia.org yaml.org
"""
_PUBLIC_HOSTS = """
    api blog bugs bugzilla community dev developer developers dl docs download downloads en help learn man packages pkg
    raw registry releases security support updates wiki www
"""
_PLACEHOLDERS = ("example.com", "example.org", "example.net")  # RFC 2606
# Of those domains that everybody may know, or not at all: what is behind these is a customer's or ours.
_OURS = re.compile(
    r"(?:^|\.)(?:salesforce\.com|force\.com|salesforce-sites\.com|documentforce\.com|slack\.com|slack-files\.com"
    r"|zendesk\.com|zdassets\.com|gong\.io|hubspot\.com|zoom\.us|loom\.com|notion\.so|atlassian\.net|sharepoint\.com"
    r"|(?:docs|drive|mail|meet|calendar|sites|groups)\.google\.com|teams\.microsoft\.com)$"
)
_GENERIC = """
    academy africa agency ai arpa asia bank biz blog build business capital care cat center chat church city cloud
    club coffee com community company computer consulting corp dev digital edu education energy engineering eu
    example expert farm finance fun fund games global gmbh gov group health help home hosting inc industries
    insurance int internal international intra intranet invalid io jobs lan law legal life limited llc local
    localdomain ltd market marketing mil mobi museum net news ngo onion online ooo org partners photo press
    private pro productions prod realty rocks sale school science security services shop site software solutions
    store studio tech technology test tours trade training travel university vc ventures vip wiki world xyz zone
"""
# As well the end of a column, a file or a program: a host needs three parts.
_AMBIGUOUS = """
    app as cc data design directory do email events host hs id in info is it js kt link live management md media
    ml name network no pl plus ps pub py radio rb rs search sh so space support system systems team tf to today
    tools ts vb video work works
"""
_COUNTRIES = """
    ac ad ae af ag ai al am ao aq ar as at au aw ax az ba bb bd be bf bg bh bi bj bm bn bo br bs bt bw by bz ca cc cd cf
    cg ch ci ck cl cm cn co cr cu cv cw cx cy cz de dj dk dm do dz ec ee eg er es et eu fi fj fk fm fo fr ga gd ge gf gg
    gh gi gl gm gn gp gq gr gs gt gu gw gy hk hm hn hr ht hu id ie il im in io iq ir is it je jm jo jp ke kg kh ki km kn
    kp kr kw ky kz la lb lc li lk lr ls lt lu lv ly ma mc md me mg mh mk ml mm mn mo mp mq mr ms mt mu mv mw mx my mz na
    nc ne nf ng ni nl no np nr nu nz om pa pe pf pg ph pk pl pm pn pr ps pt pw py qa re ro rs ru rw sa sb sc sd se sg sh
    si sk sl sm sn so sr ss st su sv sx sy sz tc td tf tg th tj tk tl tm tn to tr tt tv tw tz ua ug uk us uy uz va vc ve
    vg vi vn vu wf ws ye yt za zm zw
"""
_HOST = re.compile(
    r"(?P<scheme>[a-z][a-z0-9+.-]{1,15}://)?(?:[^\s/@]{1,80}@)?(?<![\w.-])"
    r"(?P<host>(?:[a-z0-9_](?:[a-z0-9_-]{0,62})\.)+[a-z][a-z0-9-]{1,24})(?![\w-])",
    re.IGNORECASE,
)
_BARE = re.compile(
    r"\b(?:https?|ftp|ssh|ldaps?|smb|rdp|vnc|mysql|redis|postgres(?:ql)?)://([\w-]+)(?![\w.-])", re.IGNORECASE
)
_NAMED = re.compile(
    r"\b(?:ip-\d{1,3}-\d{1,3}-\d{1,3}-\d{1,3}|(?:DESKTOP|LAPTOP|WIN|EC2AMAZ)-(?=[A-Z]*\d)[A-Z0-9]{6,}"
    r"|\w+s-(?:macbook|mbp|imac|mac-mini|mac-studio|laptop|pc)\b[\w-]*)",
    re.IGNORECASE,
)
_LOOPBACK = {"localhost", "fleet", "server", "host", "hostname", "your-server", "redis", "mysql", "db", "mock"}
_SECOND = {"co", "com", "org", "net", "ac", "gov", "edu"}
_PACKAGES = {"com", "org", "net", "io"}  # "com.apple.Safari" is no host


def is_public(host: str, public: Collection[str]) -> bool:
    """Whether everybody may read this host's name. `public` are domains of our own, in small letters."""
    host = host.casefold().strip(".")
    if _OURS.search(host):
        return False
    if any(host == one or host.endswith(f".{one}") for one in _PLACEHOLDERS):
        return True
    first, _, rest = host.partition(".")
    return any(one in _KNOWN or one in public for one in (host, rest if first in _FIRST else host))


def hosts(text: str, public: Collection[str], domains: Collection[str]) -> Iterator[tuple[str, str]]:
    """What kind of host is named, and how.

    public    domains of our own       domains   of customers: "acme.example"
    """
    for found in _HOST.finditer(text):
        host = found["host"]
        if _is_host(host, bool(found["scheme"]), domains) and not is_public(host, public):
            yield _kind(host, domains), host
    for found in _BARE.finditer(text):
        if found[1].casefold() not in _LOOPBACK:
            yield "the name of a host", found[1]
    for found in _NAMED.finditer(text):
        yield "the name of a host", found[0]


def without_public(text: str, public: Collection[str]) -> str:
    """The text without the hosts that everybody may know: "github.com" names no customer who is called GitHub. What
    stands before them stays: "acme@", "acme.example.com"."""

    def rest(found: re.Match[str]) -> str:
        host = found["host"]
        if not is_public(host, public):
            return found[0]
        ours = next((one for one in _PLACEHOLDERS if host.casefold().endswith(one)), host)
        return found[0][: -len(ours)] + " "

    return _HOST.sub(rest, text)


def domain_of(host: str) -> str:
    """What was registered of a host: "acme.co.uk" of "mdm.acme.co.uk"."""
    labels = host.casefold().strip(".").split(".")
    is_second = len(labels[-1]) == 2 and labels[-2:-1] and labels[-2] in _SECOND  # noqa: PLR2004
    return ".".join(labels[-3:] if is_second else labels[-2:])


def _kind(host: str, domains: Collection[str]) -> str:
    if _OURS.search(host.casefold()):
        return "the address of a system of ours"
    return "a customer's domain" if domain_of(host) in domains else "the name of a host"


def _is_host(host: str, is_address: bool, domains: Collection[str]) -> bool:
    if is_address or domain_of(host) in domains:
        return True
    first, *_, last = labels = host.split(".")
    if first.casefold() in _PACKAGES or (last != last.lower() and host != host.upper()):
        return False
    return last.casefold() in (_ENDS if len(labels) == 2 else _ENDS | _ENDS_OF_THREE)  # noqa: PLR2004


_KNOWN, _FIRST = frozenset(_PUBLIC_PAGES.split()), frozenset(_PUBLIC_HOSTS.split())
_ENDS_OF_THREE = frozenset(_AMBIGUOUS.split())
_ENDS = frozenset(_GENERIC.split()) | frozenset(_COUNTRIES.split()) - _ENDS_OF_THREE
