"""The signs of what needs no reply: thanks, an ok, a notice, an absence. And what was asked of a customer before."""

from tasks.rules.feedback_words import signs

# What was unusable is usable again.
RECOVERED = signs(r"""
    (?:works?|working|worked|loads?|loading|ok|okay|fine|good|well|green|online|normal|up|up and running|stable
        |healthy|reachable|available) (?:\w+ )?(?:now|again)
    now (?:it|everything|all)(?:'s| is)? (?:works|fine|ok|good|back|up)
    (?:it|they|fleet|servers?|instances?|everything|all|site|service|ui|console|we|prod|production|hosts|agents
        |SYSTEM)(?:'s|'re| is| are| was| came| has come| seems| looks)? (?:all |now |just )*back(?: (?:up|on ?line
        |to normal|again))?
    back to normal
    (?:^|(?<=, ))back (?:up|on ?line|again)
    (?:^|(?<=, ))works(?=[ .!]*$)
    (?:everything|all) (?:works|is well|is fine|is good|is back)
    recovered|(?:self-?)?healed
    (?:it|this|everything)(?:'s| is| has| has been| was| runs)? (?:been )?(?:stable|fine|ok|up|good|healthy
        |well) (?:ever )?since
    since then all is well|came back (?:by itself|on its own)|is (?:solved|resolved|over)
    resolved itself|went away|false alarm
    (?:wieder|jetzt) (?:da|online|ok|gut)
    ya funciona|de nouveau
""")

# What they asked for is settled, whoever settled it.
SETTLED = signs(r"""
    never ?mind|nvm|forget (?:it|about it|that)|disregard|sorry for the noise
    (?:sorry,? |(?:it )?was (?:only |just )?)my (?:vpn|wi-?fi|proxy|firewall|network|browser|laptop)
    my (?:vpn|wi-?fi|proxy|firewall|network|browser|laptop) was
    my (?:bad|mistake|fault)|ignore (?:that|this|my|me)|scratch that
    (?:found|figured|worked|sorted|solved|fixed) (?:it|that|this)(?: out)?
    got it (?:working|to work|fixed|sorted|solved)
    see it now
    (?:fixed|resolved|solved|sorted|as expected) (?:now|again)
    (?:it|that|this)(?:'s| is| was| got) (?:now )?(?:fixed|resolved|solved|sorted(?: out)?)
    (?:problem|issue) (?:is )?(?:solved|resolved|fixed|gone)
    that (?:did|fixed|solved|worked)(?: it| the trick)?
    did the trick
    (?:please |you can |feel free to |go ahead and )close (?:it|this|the (?:ticket|case|issue|thread))
""")

# After that, something else fails all the same.
BUT = signs(r"""
    but|however|although|though|except|still|yet|now|again|another
""")

# Whatever else it tells, it says itself that it needs none.
NOTHING_NEEDED = signs(r"""
    no help (?:is )?(?:needed|required)
    so you don't wonder|just so you know
    no (?:action|reply|response|answer) (?:is )?(?:needed|required|necessary)
    no need to (?:reply|respond|answer|act|do)
    nothing (?:is )?(?:to do|needed|required|for you to do)
""")

# A notice: tells something, and asks for nothing, however much it tells.
NOTICE = signs(r"""
    fyi|for your information
    just (?:so|a note|an fyi|letting you know)
    heads[- ]up|for the record|update from our side
    out of (?:the )?office|ooo
    on (?:\w+ )?(?:vacation|leave|holiday|pto)
    auto(?:matic|mated)?[- ]?(?:reply|response)
    be away|away from (?:my|the)|abwesend|nicht im buro|fuera de la oficina|absent\w*
    nice to meet you
""")

# Closes a talk: the sentence needs no answer.
CLOSING = signs(r"""
    (?:i'll|we'll|i will|we will|let me|let us|going to|gonna|will) (?!be|need|lose|have|not|never|miss|run|you
        |this|that|it|there)\w+
    report back|come back to you|get back to you
    all (?:good|set|fine|well|clear|right)
    that's (?:all|it)|it did
    (?:sounds?|looks?) (?:good|great|fine|right|like a plan|ok)
    makes sense|got it|understood|noted|roger|copy that|confirmed?|received|good to (?:know|hear)
    plenty|no (?:worries|problem|problemo)|(?:you're|your) welcome|my pleasure|gotcha|will do|on it
    done|acknowledged|ack|i see|verstanden|alles klar|entendido|d'accord|no rush
    (?:not|no longer) (?:needed|necessary|required)|no need
    help(?:s|ed)(?: a lot)?|sorry
    (?:happy|merry|enjoy|have a) (?:\w+ ){0,3}(?:thanksgiving|christmas|holidays?|weekend|new year|day|week
        |evening|birthday|one)
    see you
    talk (?:soon|tomorrow|later|to you)
    good (?:morning|evening|night|afternoon)
    same to you|you too|congrat\w+|ha(?:ha)+|lol
""")

# Words by which somebody answers: what they mean depends on what was asked before.
YES = signs(r"""
    yes|yep|yeah|yup|ya|ja|si|oui|ok|okay|okey|k|sure|fine|agreed|correct|right|exactly|absolutely
    of course|sounds good|perfect|great|cool|good|nice|super|alright|works for (?:me|us)|definitely
    certainly|deal
""")
NO = signs(r"""
    no|nope|nah|nein|non|not yet|not really|negative
    (?:it )?(?:didn't|doesn't|did not|does not)
""")
GO_AHEAD = signs(r"""
    yes,? please|please do|go ahead|do it|yes go|please proceed|make it so|ja bitte|si por favor
    oui merci
""")
THANKS = signs(r"""
    thanks?|thank you|thx|ty|a lot|so much|very much|please|pls|tom|all|everyone|team|guys|folks
    then|now|for now|and|that's|that|this|would be|we|us|to|for|with|me|you|is|it|do
    good (?:morning|evening|night|afternoon)
    in advance
""")

# What of ours was asked, before such words. An offer: yes means that we act.
OFFERED = signs(r"""
    (?:shall|should|may) (?:we|i)
    (?:do|would) you (?:want|like|prefer)
    want (?:us|me) to
    (?:ok|okay|fine|good|happy|alright) (?:for you|with you|if (?:we|i)|to (?:go|proceed))
    (?:can|could) (?:we|i) (?!close|help)
    like (?:us|me) to
    let (?:us|me) know if (?:we|i) (?:should|may|can)
    just say (?:so|the word)
""")
# Whether it still fails, or more is needed: yes means that we are asked.
STILL = signs(r"""
    still (?:see|seeing|fail\w*|happen\w*|broken|get|getting|having|an issue|a problem|occur\w*|down|slow|need)
    (?:do|are) you (?:see|seeing|get|getting) (?:any|the|that|an) (?:error|issue|problem)
    any ?thing else
    (?:any|some) (?:other|more|further) (?:questions?|thing)
    need (?:any|more|anything)
""")
# Whether it is done, or something that they may do: yes means that it is.
DONE = signs(r"""
    (?:did|does|has) (?:that|this|it)
    (?:is|are) (?:that|this|it|things|everything|all|you) (?:\w+ )?(?:work\w*|ok|okay|fine|good|better|fixed
        |resolved|solved|set|clear|happy|back|up)
    (?:can|may|shall) (?:we|i) close|makes? sense|looks? (?:right|good|ok|better)|solved|resolved
    (?:could|can|would|will) you|please|confirm
""")
