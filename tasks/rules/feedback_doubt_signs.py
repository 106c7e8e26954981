"""The words that take the sign of an outage back, or make less of it.

Those that end with $ stand right before the sign, those that begin with ^ right after it. Blocks as in feedback_signs.
"""

import re

from tasks.rules.feedback_words import expanded, signs


def _any(block: str) -> re.Pattern[str]:
    return re.compile("|".join(expanded(sign) for sign in signs(block)))


# The part of a sentence that a sign belongs to begins after these.
CLAUSE = _any(r"""
    [,:;()]|[ ]-[ ]|[ ](?:but|and|so|because|however|although|though)[ ]
""")

# Where a question may begin: at the start of a sentence or clause, after a greeting.
BEGINS = _any(r"""
    BEGINNING$
""")
ASKED = _any(r"""
    BEGINNING(?:is|are|isn't|aren't|was|has|does|do) $
    \b(?:(?:not|isn't|aren't|never) sure|know|tell|see|check|confirm|wondering|unclear) (?:if|whether) $
""")
MEANWHILE = _any(r"""
    ^ (?:while|when|if|during|after|until|in case|unless)\b
""")
SUPPOSED = _any(r"""
    \b(?:if|whether|when(?:ever)?|while|once|unless|until|in case|should|suppose|supposing|imagine|assuming
        |assume|every time|avoid that|prevent that|make sure that) (?!(?:i|we|they|you|users?|someone
        |people) (?:open|log|go|try|click|visit|load|access|look))(?:[^\s,]{1,30} ){0,4}$
""")
IMAGINED = _any(r"""
    ^\W*(?:so |ok |and )?(?:suppose|supposing|imagine|assuming|hypothetical\w*|theoretical\w*|what if)\b
""")
IN_GENERAL = _any(r"""
    \bhow (?:do|does|would|can|could|should|will) (?:i|we|you|one|it)\b
    \bhow often\b
    \bhow long (?:do|does|will|would)\b
    \bhow (?:we|i|you)(?:'d|'ll| would| will| can| could| should)\b
    \b(?:cope with|survive|in case of|risk assessment)\b
    \b(?:read|heard) (?:on|in|about|that)\b
    \bwhat (?:happens|would|if|should|does|is)\b
    \b(?:runbook|playbook|drill|disaster recovery|tabletop|simulat\w+|scenario|theoretical\w*|hypothetical\w*
        |avoid|prevent|in the event|plan for|(?:for|planned|scheduled) maintenance|release notes?|changelog|docs)\b
""")
TO_COME = _any(r"""
    \b(?:will|would|might|going to|gonna|won't be)\b
""")
NOT = _any(r"""
    \b(?:not|no|isn't|wasn't|without|never|any)(?: an?| the| [a-z]+ly)? $
    \b(?:don't|doesn't|do not|does not|didn't|not|never|nobody|no one) (?:\w+ )?(?:think|believe|say\w*|mean
        |claim|suggest|seem)\b[^,]{0,30}$
""")
ON_PURPOSE = _any(r"""
    \b(?:tak(?:e|es|ing)|took|bring(?:ing)?|brought|shut(?:ting)?|put(?:ting)?|scal(?:e|ing)|spin(?:ning)?
        |power(?:ing)?|turn(?:ing)?|drill(?:ing)?|scroll\w*|roll(?:ing)?|pull(?:ing)?|tear(?:ing)?
        |mark(?:ing)?) (?:\w+ ){0,3}$
""")
OTHERS_SERVER = _any(r"""
    ELSEWHERE(?:'s)? $
""")
OTHERS = _any(r"""
    ELSEWHERE(?: [^\s,]{1,30}){0,3}? (?:down|outage|unavailable|issues?|incident|off ?line|unreachable|gone
        |broken|dead)\b
""")
FEW = _any(r"""
    \b(?:only (?:me|i|one|for|on|the|in)|just (?:me|one|for me)|for me|from my|(?:second|third|other|spare
        |backup|standby|secondary|old|former|previous) (?:\w+ )?(?:server|instance|node)|my own|one of|a single
        |(?:some|several|few|couple|one|two|three
        |[123]) (?:of )?(?:the )?(?:one |two |three |\d )?(?:our |the |my )*(?:\w+ )?(?:users?|people|hosts?
        |admins?|servers?|machines?|laptops?|pages?|colleagues?|devices?|containers?|pods?|nodes?|replicas?|macs?
        |macbooks?))\b
""")
SELF = _any(r"""
    (?:i|i'm)\b
""")
HERE = _any(r"""
    \b(?:when|if|as soon as|every time|after) (?:i|we|he|she|they|you|users?|people) (?!open|log|go|try|click
        |visit|load|access|want|look|come|enter|sign|start|reload|refresh)\w+
    \bwhen (?:it|a|the) \w+|/\w+/\w+
""")
PART_AFTER = _any(r"""
    \b(?:on|in|from|of) (?:the|this|that|our|one) (?!login|sign|front|landing|start|main|home|any|every
        |whole)(?:[\w-]{1,30} ){0,2}(?:page|tab|endpoint|screen|view|menu|report|list|drop-?down)\b
""")
AREA = _any(r"""
    \b(?:in|on|from|of|at) (?:the|our|one) (?!whole|entire)(?:(?:[\w-]+ )?(?:region|office|site|branch|subnet
        |country|location)|[\w-]+ team)\b
""")
PART = _any(r"""
    ^(?: to)?(?: (?:the|our|a|any|new|live|one|this))*(?: (?!login|any|every|single)[\w-]+){0,2} (?:tab|page
        |screen|feature|reports?|query|queries|endpoint|button|menu|integration|webhook|export|scripts?|desktop)\b
""")
ONLY_ME = _any(r"""
    \b(?:only (?:for )?me|just (?:for )?me|my colleagues? can|(?:all |the )?(?:others?|rest) (?:can|are fine
        |is fine)|works for (?:others|my colleagues?|everyone else)|only one who|(?:every ?one|every ?body) else
        |the (?:web|ui|gui|api|rest|others?) (?:works|is (?:fine|ok))|everything (?:else|is fine|works) except
        |everything else|has no problem)\b
""")
# Before the sign: a single one, or something that is a part.
ONE = _any(r"""
    (?:^|\b)(?:i|he|she|fleetctl|cli|agent|orbit|osquery|fleetd) $
    \b(?:a|an|one|another|my|the) (?:new |single |other )?(?:user|hire|colleague|admin|person|customer|host
        |laptop|mac|machine|teammate|boss|account) $
""")
PART_BEFORE = _any(r"""
    \b(?:tab|(?<!login )(?<!every )(?<!any )(?<!each )page|screen|export|query|queries|endpoint
        |reports?(?! that)|button|upload|download|search|integration|webhook|scripts?|polic(?:y|ies)|labels?
        |command|feed|menu|desktop)\b[^,.;:]{0,30}$
""")
HOSTS = _any(r"""
    \b(?:HOSTS)(?: \w+){0,2} $
""")
NOW_AND_THEN = _any(r"""
    \b(?:sometimes|occasional\w*|intermittent\w*|once in a while|now and then|from time to time|sporadic\w*
        |random\w*|come and go|every so often|on and off|maybe one in|half of the time|some of the|(?:many|some
        |most|several|a few) (?:of the )?(?:requests|pages|calls|logins|queries))\b
""")
WAS = _any(r"""
    \b(?:was|were|had|could|couldn't)\b
""")
ONCE = _any(r"""
    \b(?:last (?:night|week|month|year|\w+day)|yesterday\w*|(?:on|this|last) (?:mon|tues|wednes|thurs|fri|satur
        |sun)day|this morning|earlier|the other day|between \d|back then|during)\b
""")
FOR_A_WHILE = _any(r"""
    \bfor (?:about |around |roughly |only )?(?:a few|half an|an?|\d+|\w+) (?:second|minute|min|hour)
""")
STILL = _any(r"""
    \b(?:still|since|not back|and counting|until now|up to now|right now|again)\b
""")
DURING = _any(r"""
    \bduring (?:the |our )?(?:last|yesterday|\w+day)[^,]{0,20}$
""")

TEST_SITE = _any(r"""
    \b(?:staging|home ?lab|uat|pre-?prod(?:uction)?|non-?prod(?:uction)?|localhost|sand[- ]?box)\b
    \b(?:stage|test(?:ing)?|qa|dev|development|lab|demo|poc|trial|evaluation|eval
        |preview)(?: fleet)? (?:instance|server|env|environment|fleet|cluster|deployment|box|setup|system|tenant|vm
        |site)\b
    \b(?:in|on|our|my|the) (?:qa|dev|lab|poc)\b
    \bnot (?:yet )?(?:in |our |on |the )?(?:yet )?prod(?:uction)?\b
    \b(?:isn't|no) (?:our )?prod(?:uction)?\b
""")
NOT_THERE = _any(r"""
    \b(?:not|isn't|tested|tried|worked|validated|fine) (?:the |our |in |on |only |just )*(?:staging|test|qa|dev
        |lab)\b[^,.]*
    \b(?:staging|test|qa|dev|lab|stage)(?: \w+)? (?:is|works|looks|seems|instance is
        |still works)(?: \w+)? (?:fine|ok|okay|up|good|unaffected|not affected)
    \b(?:staging|stage|qa|dev) (?:works|fine|ok)\b
""")
PRODUCTION = _any(r"""
    (?<!not )(?<!non-)(?<!pre-)(?<!non)(?<!pre)(?<!isn't )(?<!no )(?<!not our )(?<!not yet )(?<!not in )
        \bprod(?:uction)?\b(?! (?:is |works |looks |seems )?(?:fine|ok|okay|up|good|unaffected|not affected))
""")
EVERYONE = _any(r"""
    \b(?:(?:EVERYONE)|(?:NOBODY)|(?:EVERYTHING))\b
""")
AGAIN = _any(r"""
    \b(?:(?:second|third|fourth|fifth|2nd|3rd|\dth) time|again and again|every (?:night|day|morning|few|week)
        |keeps|repeatedly|over and over)\b
""")
# What production says of: one cannot get in.
ENTRY = _any(r"""
    log|sign|sso|auth|access|reach|connect|open|load|console|restart|crash|com(?:e|ing)|standstill
""")
