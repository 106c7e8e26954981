"""By which words the required details of a request are known (handbook L281 to L288). As those of feedback_signs."""

from tasks.rules.feedback_words import compiled, signs

NUMBER = signs(r"""
    VERSION
""")
AGENT_NAME = compiled(("AGENTS",))
# Whose versions are neither the server's nor, by themselves, anything that we asked for.
OTHERS = compiled(
    signs(r"""
    AGENTS|desktop|mac ?os|os ?x|windows|ubuntu|debian|rhel|centos|ios|chrome|firefox|safari|edge|mysql|redis
""")
)

# Also as people fill in a list: "Server version: 4.38.1".
SERVER = signs(r"""
    (?:fleet|PRODUCT|server|instance)(?: server)?(?: version)? ?(?:[:=-] ?)?VERSION
    version ?[:=-] ?VERSION
    (?:SYSTEM|PRODUCT) (?:server |version |release |is |on |at |runs |running |now |still )*VERSION
    (?:we|we're|we are|i'm|are|is|still|now) (?:still |now |currently )*(?:on|at|running|using
        |run) (?:version )?VERSION
    (?:(?:up|down)grad(?:ed?|ing)|updat(?:ed?|ing)|moved|migrated|went|rolled back) (?:FEW )?(?:to
        |from) (?:version )?VERSION
    (?:running|version|since|after|release) (?:the )?VERSION
    ^on VERSION
    (?:on|with|from|in) EXACTLY
""")
AGENT = signs(r"""
    AGENTS (?:version |is |on |at |to |v)*VERSION
    AGENTS(?: version)? ?[:=-] ?(?:AGENTS )?(?:version )?VERSION
""")
WHICH_AGENT = signs(r"""
    fleetd|orbit|fleet desktop|osqueryd
    (?:vanilla|plain|pure|stock|only|just|using|use|with|run|running|is) osquery
    osquery (?:version )?VERSION
""")
SYSTEMS = signs(r"""
    (?:operating system|os)(?: version)? ?[:=] ?\S{1,30}(?: \S{1,30})?
    (?:mac ?os|os ?x)(?: (?:sonoma|ventura|monterey|big sur|sequoia|catalina))?(?: \d[\d.]*)?
    sonoma|ventura|monterey|big sur|sequoia|catalina|macs?|macbooks?
    windows (?:server )?(?:\d\w*|xp|vista)(?: \d\dh\d)?
    on windows|win ?1[01]
    windows(?= (?:hosts?|machines?|servers?|laptops?|devices?|clients?|pcs?|computers?|workstations?))
    (?:ubuntu|debian|centos|rhel|red hat|fedora|rocky(?: linux)?|alma(?:linux)?|suse|arch linux|amazon linux
        |oracle linux)(?: (?:linux )?\d[\d.]*)?
    linux|chrome ?os|chromebooks?|ipados|ipads?|ios|iphones?|android
""")
BROWSERS = signs(r"""
    browser ?[:=] ?\S{1,30}(?: \d\S{0,20})?
    (?:google )?chrome(?! ?(?:os|book|_|extension))(?: \d[\d.]*)?
    firefox(?: \d[\d.]*)?|safari(?: \d[\d.]*)?|brave|vivaldi|internet explorer|ie ?11|chromium
    (?:ms |microsoft )?(?<!right )(?<!left )(?<!top )(?<!bottom )(?<!the )(?<!an )edge(?! (?:case|of
        |device))(?: \d[\d.]*)?
""")
# "Is this expected?" tells no expectation.
EXPECTED = signs(r"""
    (?<!this )(?<!that )(?<!it )(?<!as )expected(?: behaviou?r| result)?(?!\?)
    expect(?:ing)?
    should(?:n't)?(?: not)? (?!we|i|you|it\b)\w+
    supposed to|instead of|rather than|used to
    (?:worked|was fine|was ok|were fine) (?:before|until|on|in)
""")
ACTUALLY = signs(r"""
    actual(?:ly)?(?: behaviou?r| result)?(?: is)?:? ?
""")
# What is seen. "It does not work" tells nothing.
ACTUAL = signs(r"""
    errors?|CODE|40\d|42\d|crash\w*
    (?:says?|shows?|showing|displays?|returns?|gives?|gets?|getting|sees?|seeing|lists?|reports?
        |sends?) \S{1,40}
    hangs?|hanging|spins?|spinning|empty|blank|missing|times? out|time-?outs?|timed out|off ?line
    stuck|nothing happens|does nothing|duplicat\w+|disappear\w*|vanish\w*|gone|lost|slow|wrong
    fails? with|denied|refused|keeps? \w+ing|ignores?|instead|DOWN|locked out|CANNOT \w+|NOBODY
    but \w+
    DOESNOT (?!work\b|function\b)\w+|still \w+
""")
