"""The groups of words that signs are made of: in a sign a word in capitals stands for one of its group.

One alternative a line, or several short ones; a line that is indented further goes on with the one before. All are
regular expressions over plain text (see feedback_text): small letters, no accents, straight quotes.
"""

GROUPS = {
    # What may be down. The product's name is one of them.
    "SYSTEM": r"""
    (?:fleet|prod|production|(?:web ?|app(?:lication)? )?servers?|instances?|ui|gui|web ?(?:ui|app
        |interface)|dashboard|console|portal|app|application|platform|system|service|web ?site|site|deployment
        |environment|tenant|backend|cluster|pods?|containers?|load balancer|setup|installation|login page
        |PRODUCT)(?:'?s)?(?! ?(?:desktop|logs?|settings?|tab|page|version|details?|config\w*|docs?|list|menu
        |reports?|queries|query))
    """,
    "DOWN": r"""
    (?:down|dwon|donw)(?!-| ?(?:to|the|by|load\w*|time|stream|grad\w+|below|payment|here)\b| \d|\w)
    off ?line|unreachable|in-?accessible|un-?availa?ble|unresponsive|unusable|dead|gone|crashed
    kaputt?|frozen
    not (?:reachable|accessible|available|responding|responsive|usable|answering|up)
    (?:completely|completly|totally|entirely|fully|100%) broken
    broken for EVERYONE|out of (?:service|order)|locked up|on fire|dead in the water|died|collapsed
    useless|stone dead|fell over|fallen over|dark|black|at a (?:standstill|halt)|hosed|toast|tot
    not (?:coming|opening|loading|starting)(?: back)?(?: up)?
    """,
    # A number before any other word counts something: "500 more licences".
    "CODE": r"""
    ['\"]?(?:(?:http )?5(?:0[0234]|xx)'?s|5xx|(?:http )?50[0234](?! (?!for|to|on|from|errors?|internal
        |everywhere|in|at|when|and|after|since|again|status|page|responses?|bad|gateway|service|or|every|but|50)\w)
        |bad gateways?|gateway time-?outs?|service unavailable|internal server errors?)['\"]?
    """,
    "EVERYONE": r"""
    (?:everyone|every ?body|every one)(?! else| other)
    (?:all|any|every|each)(?: of)?(?: (?:the|our|my|us|single|you))*(?: (?!hosts?|new)\w{1,20})? ?(?:users?
        |admins?|people|persons?|staff|employees|colleagues|team ?mates|us)
    all of us
    the whole (?:company|team|org\w*|office)
    whole company|the entire (?:company|team|org\w*)|entire company
    """,
    "NOBODY": r"""
    no ?body|no-? ?one|not one|not a single|none of (?:us|the|our|my)
    no (?:users?|admins?|colleagues?|agents?|person)
    neither of us
    """,
    "EVERYTHING": r"""
    everything(?! else| is (?:fine|ok|good|up))
    everywhere
    (?:every|all|any|each)(?: single| of the)? (?:pages?|requests?|urls?|calls?|screens?|end ?points|services)
    100 ?% of
    """,
    "HOSTS": r"""
    hosts?|devices?|agents?|machines?|end ?points?|macs?|macbooks?|laptops?|clients?|computers?
    nodes?|workstations?|fleet|estate|pcs
    """,
    "MOST": r"""
    (?:almost|nearly|not quite) all|most|the majority|majority|(?:about |over |more than )?half
    hundreds|thousands|dozens
    \d{1,2}(?:[.,]\d)? ?(?:%|percent|prozent|pct)
    (?:large|big|huge|good) (?:part|number|share|chunk|portion)
    (?:two|three) (?:thirds|quarters)|\d{3,6}|\d{1,3}[.,]\d{3}|\d{1,3} ?k|many|lots|a lot
    (?:die )?meisten|la mayoria|la plupart
    """,
    "OFFLINE": r"""
    (?:hasn't|haven't|has not|have not|not) checked in
    off ?line|disconnected|unreachable|gone|down|dropped(?: off)?|lost|missing
    stopped (?:checking|reporting|talking|responding)
    not (?:checking in|reporting|connecting|responding|talking|online)
    (?:can't|cannot|can not|cant|do not|don't|dont) (?:connect|check in|reach|report)
    """,
    "ENTER": r"""
    log ?in|log ?on|log into|login to|sign ?in
    get (?:back |any ?)?(?:in|into|past|through|to)\b
    access|reach|enter|open|load|connect|use|do (?:anything|any work)|work|see anything
    """,
    "CANNOT": r"""
    can't|cannot|can not|cant|couldn't|could not|unable to|not able to|aren't able to|isn't able to
    are unable to|impossible to|not possible to|fail to
    """,
    "DOESNOT": r"""
    (?:do|does|did|is|are|was|were|has|have|had|will|would|could|can|ca|wo)(?:n't|nt| not)
    never|cannot|no longer|refuses? to|refused to|fails? to|failed to|not|stopped|unable to
    """,
    "SERVES": r"""
    (?:show|return|throw|giv|serv|respond(?:ing)? with|answer(?:ing)? with|end|get|see|report|display)(?:e
        |s|es|ing|ting|n)?
    """,
    "BE": r"""
    is|are|'s|'re|be|was|were|went|goes|go|has|have|had|been|gone|just|seems?|appears?|looks?
    looking|like|to be|happens? to be|keeps?|going|came|became|becomes|got|gets|stays?|remains?
    shows?(?: as)?|=|:
    """,
    "ADV": r"""
    completely|completly|completley|totally|fully|entirely|all|just|now|currently|still|again|hard
    super|basically|effectively|suddenly|both|also|actually|really|definitely|apparently|already
    once more|pretty much|anyway|reported as|showing as|shown as
    """,
    "THE": r"""
    the|our|your|my|this|whole|entire|hosted|managed|cloud|main|new|live|prod|production|customer
    fleet|PRODUCT|web|all|premium|self-hosted|remote|actual
    """,
    "INTENSE": r"""
    extremely|super|very|really|so|painfully|unbearably|insanely|terribly|incredibly|awfully|way too
    unusably|horribly|ultra
    """,
    "WEEKDAY": r"""
    (?:mon|tues|wednes|thurs|fri|satur|sun)day
    """,
    "DO": r"""
    send|share|enable|disable|turn|increase|raise|extend|reset|delete|remove|restart|upgrade|invite
    give|provide|schedule|set up|book|move|change|call|jump|grant|restore|rename|prepare|arrange
    forward|resend|merge|make|create|update|fix|look|check|take|help|switch|whitelist|allow|activate
    add|approve|introduce|connect
    """,
    "ASKS": r"""
    how (?:do|does|can|could|should|would|to|often|many|much|long|is|are|did|will|far|big)|what(?:'s|s)?
        |where|which|who(?:se|m)?|when (?:is|are|will|does|do|can|should|was)|why (?:do|does|is|would|should)
        |do (?!not|n't)\w+|is (?:there|it|this|the|that|your|my)|are (?:there|you|we|the|they|all|any|our|my
        |users|hosts)|am i|does|do (?:you|i|we|they|the|hosts|agents)|did (?:you|anything)|can (?:(?:i
        |we) (?!schedule|set up|book|arrange|please|(?:get|have) (?:a|an|our) (?:copy|invoice|quote|call|demo
        |trial|extension|root))|two|one|the|it|fleet\w*|PRODUCT|users|hosts|you (?:tell|explain|confirm
        |recommend|say|point)|anyone|someone (?:tell|explain|confirm))|could (?:you (?:tell|explain|confirm
        |point|say)|(?:i|we) (?!schedule|set up|book|arrange|get a|have a|move|please)|your)|should (?:i|we|it)
        |shall we|will (?:the|it|we|there|hosts|everyone|fleet|PRODUCT|this)|would (?:it (?!be possible)|this
        |that|a)|has (?:anyone|this)|have you|may (?:i|we)|muss|kann|wie|wo|wann|warum|welche\w*|gibt es|como
        |donde|cuando|cual|puedo|podemos|hay|est-ce|comment|ou est|pourquoi|quel\w*|peut-on
    """,
    "HELLO": r"""
    (?:(?:hi|hey|hello|hallo|hola|bonjour|good (?:morning|evening|afternoon|day)|thanks|thank you|thx|ok
        |okay|and|so|but|also|great|btw|by the way|quick q(?:uestion)?
        |(?:one |a |another )?(?:more )?(?:quick |last |theoretical )?question|just (?:curious|wondering)|hmm+
        |sorry|hypothetically|for the record|team|all|folks|guys|everyone|there|tom|before we \w+(?: \w+)?
        |please|any ?body|well|actually|one thing)\b[\s,:.!)-]{0,4}){0,5}
    """,
    # What others sell, or run.
    "ELSEWHERE": r"""
        \b(?:okta|vpn|slack|jira|zoom|aws|azure|gcp|us-(?:east|west)-\d|github|gitlab|google|office ?365|o365
            |microsoft|ms teams|salesforce|zendesk|splunk|datadog|elastic\w*|crowdstrike|jamf|intune|kandji|idp|entra
            |ldap|internet|wi-?fi|network|isp|cloudflare|proxy|data ?cent(?:er|re)|pagerduty|servicenow|confluence
            |sentinelone|exchange|snowflake|s3|kafka|siem|printer|power)\b(?! (?:integration|connector|webhook|channel
            |notification))
    """,
    # Where a question may begin: at the start of a sentence or clause, after a greeting.
    "BEGINNING": r"""
        (?:^|[,:;.!?)-] ?|\b(?:and|or|but|so|hey|hi|hello|hallo|ok|team|all|guys|folks|tom|there|check
            |question|is it just me|or) )
    """,
    # A version, with two numbers or three; and one with three.
    "VERSION": r"""
        v?\d{1,3}\.\d{1,3}(?:\.\d{1,4})?
    """,
    "EXACTLY": r"""
        v?\d{1,3}\.\d{1,3}\.\d{1,4}
    """,
    "AGENTS": r"""
        osqueryd?|orbit|fleetd|agents?|fleet desktop
    """,
}
