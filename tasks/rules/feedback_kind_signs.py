"""The signs of what a message is about, written as those of feedback_signs. The settings give more: bug, request,
question, praise."""

from tasks.rules.feedback_words import signs

# Something does not do what it should (L47).
BUG = signs(r"""
    errors?|errored|exceptions?|stack ?traces?|tracebacks?|panics?|segfaults?|fehler\w*|erreurs?
    error(?:es)?|fallos?
    CODE
    (?:http |a |an |with |status |returns? |code )(?:40[0-9]|42[0-9]|50\d)
    404s?
    DOESNOT FEW (?:work|load|show|appear|fire|run|start|open|sync|enroll|install|arriv|respond|finish|return
        |refresh|sav|check|report|match|updat|connect|stop|display|find|chang|sign|log|get|see|send|receiv|apply
        |creat|delet|add up|complet|listed|reflect|trigger|render|recogni[sz]|contain|includ|count|deploy|deliver
        |accept)\w*
    (?:can't|cannot|can not|cant|unable to|not able to|couldn't) (?!wait|believe|thank|hurt|complain|recommend
        |say|tell|remember|make it)\w+
    fail(?:s|ed|ing|ure|ures)?|broken|breaks|bugs?|buggy|crash\w*|hang(?:s|ing)?|stuck
    (?<!change )(?<!code )freez\w+|frozen|spins|spinning|time[sd]? ?-?out|timing out|time-?outs?
    corrupt\w*|regression|glitch\w*|malfunction\w*
    (?:is|are|was|were|goes|went|shows?|showing|stays?|still|as|appears?) (?:as )?(?:off ?line|down|missing
        |empty|blank|wrong|incorrect|stale|outdated|duplicated|gone|lost|unresponsive|unavailable)(?! (?:by|to
        |from)\b)
    missing|disappear\w*|vanish\w*|wrong|incorrect\w*|inaccurate\w*|mismatch\w*|duplicates?
    duplicate \w+|false positives?|wiped|leaked|twice|random(?:ly)? (?:order|\w+)
    exceeded|denied|refused|forbidden|rejected|invalid|not found|unauthori[sz]ed
    logs? (?:says?|shows?|is full|contains?)
    needs? (?:this|that|it) (?:to be )?fixed
    (?:does|do|did|doing) nothing|nothing happens|no effect|no such|ignor(?:es|ed|ing)
    sends? back every
    (?:see|show|return|display|get|give|list)s? (?:an? )?(?:empty|blank|wrong|old|stale|no)\b
    should (?:have|be|see|show|return|get|list|only|not)
    supposed to|expected|unexpected\w*
    (?:issue|issues|problems?|trouble|difficulties) (?:with|when|while|\w+ing)
    (?:weird|strange|odd|funny) \w+
    keeps? (?:coming|showing|happening|failing|dropping|crashing|asking|disconnecting)
    same (?:result|error|problem)
    NOBODY FEW (?:can|could|gets?|sees?|receives?|is able)
    (?:is|are|was|got|gets) locked|locked out|false alarm|unfortunately|complain(?:s|ed|ing)?
    eats? \d+ ?%|INTENSE slow|too slow|\w+ is slow
    no funciona|da error|no (?:aparece|carga|abre)|falla
    (?:funktioniert|geht|ladt|startet|klappt|erscheint)(?: \w+){0,3} nicht
    schlagt .{0,60} fehl|fehlgeschlagen
    ne (?:marche|fonctionne|charge|s'ouvre) (?:pas|plus)
    plante|en panne
""")

# Asks for a feature in so many words: a request also where it tells what fails today.
WISH = signs(r"""
    feature requests?|enhancement|product feedback|suggestion|wish ?list|nice to have|(?:i|we) wish
    (?:would|\w{1,5}'d|could) (?:also )?(?:be )?(?:INTENSE )?(?:great|nice|cool|awesome|helpful|useful|handy
        |amazing|lovely|fantastic|neat|perfect)(?! if (?:someone|somebody|anyone|you) (?:could
        |can) (?:please )?(?:look|help|check|fix|explain|tell|take))
    (?:would|\w{1,5}'d) (?:really |absolutely )?(?:love|like) (?:to (?:see|have|get|be able)|if|a|an|it if)
    (?:would|\w{1,5}'d) appreciate (?:it|a|an|the|some|having)
    (?:would|could) you (?:consider|think about)
    please consider|need a way|would pay (?:for|extra)
    missing (?:in|from) (?:fleet|PRODUCT) for us
    is it possible to (?:get|have|see)
    (?:could|can|would|will) (?:you|fleet|PRODUCT) (?:please |maybe |possibly )?(?:add|support|implement|build
        |expose|introduce)
    (?:please|pls) (?:add|support|implement|make it)
    (?:add|adding) (?:an? )?(?:option|support|way|ability|setting)
    (?:any |have )?plans? (?:to (?:support|add|build|offer|release)|for (?:a|an|supporting))
    on (?:the|your) roadmap|(?:the |an )?eta (?:for|on)|(?:\+|plus ?)1 (?:for|on|to)
    seria (?:genial|bueno|util|ideal)|estaria (?:bien|genial)|podria[ni]s? anadir
    ware (?:super|toll|schon|gut|cool|hilfreich|nett|klasse)
    konntet ihr
    ce serait (?:bien|genial|super|top|utile)
    serait-il possible
""")


# Asks for something to be done.
REQUEST = signs(r"""
    (?:can|could|would|will) (?:you|someone|somebody|anyone|anybody|support|we|your team)(?: guys| folks
        | all)? (?:from \w+ )?(?:please |pls |also |kindly |maybe |possibly )*DO
    (?:can|could|would|will) (?:you|someone|somebody|support)(?: guys
        | folks)? (?:from \w+ )?(?:please |pls |also |kindly |maybe |possibly )*(?!tell|explain|confirm|remind|say
        |clarify|elaborate|advise|recommend|point|be|have|know|see|run|use|install|still|even|only|not|let|do|get
        |describe|list|verify|someone|help)\w+ (?:up |down |off |on |out |back )?(?:me|us|our|the|a|an|my|this|that
        |it|these|those|\w+ (?:to|for|from|in|on))
    request(?:ing|ed)? (?:an?|the|access)
    extension of our
    (?:please|pls|kindly) (?!advise|explain|clarify|note|let|find|help|look|check|call|see|tell|confirm|contact
        |start|enjoy|have|feel|ignore|disregard|reach)\w+
    please(?=[ .!]*$)|more (?:\w+ ){1,5}please|let us know when (?:we|you) can
    (?:please|pls|kindly) DO
    (?:can|could|would) you (?:please )?do (?:that|this|it)
    (?:we|i)(?:'d| would) like to (?!know|understand|hear|ask|thank|say|see)\w+
    (?:we|i)(?:'d| would)? (?:need|require|want) (?:\w+ ){0,3}(?:more|additional|access|licen[cs]es?|seats
        |quote|invoice|copy|admin)
    need (?:access|a quote|an invoice|more)
    (?:request|requesting|requested) (?:access|an?|the)
    (?:can|could|may) (?:we|i) (?:please |also )?(?:get|have) (?:a|an|the|our) (?:copy|invoice|quote|call|demo
        |trial|extension|root cause|new)
    would it be possible
    is it possible (?:for you )?to (?:get|have|extend|increase)
    looking to (?:buy|purchase|add)
    (?:puede[ns]?|podrian|podeis) (?:enviar|activar|mandar)
    (?:konnen|konnt|konnten) (?:sie|ihr) (?:bitte|uns)
    pourriez-vous|pouvez-vous
""")


# Begins like a question: what it tells of, "what does 'failed' mean", is not said of today.
ASKED = signs(r"""
    ^[\s\W]{0,6}HELLO(?:ASKS)|(?<=: )(?:ASKS)
""")

# Asks nobody anything.
RHETORICAL = signs(r"""
    who wants to bet|who would have thought
    how (?:cool|great|awesome|nice|good|amazing) is (?:that|this)
    what can i say|what more (?:can|could)
    isn't (?:it|that|this) (?:great|cool|nice|amazing)
""")

# Wants to know; a question mark says so too.
QUESTION = signs(r"""
    (?:quick|one|another|last) question
    question:|wondering
    (?:not sure|don't understand|do not understand|curious)
    (?:would|\w{1,5}'d) like to (?:know|understand)
    (?:want|wanted|trying|need) to (?:know|understand)
    any (?:idea|ideas|pointers|advice|tips|thoughts|update|updates|news)
    (?:please|pls) (?:advise|explain|clarify)
    let (?:me|us) know (?:if|how|what|when|whether|which)
    tell (?:me|us) (?:how|what|if|whether|where|why)
    does (?:fleet|it|the|your|this|anyone|anybody)
    do you (?:have|support|know|offer)|how (?:do|can|to)|(?:is|are) there (?:an?|any|some)
    have (?:a|one|another|some|two|a few) (?:\w+ )?questions?
    what (?:would|is|does|are)|is the \w+ \w+ per
""")

# Is glad.
PRAISE = signs(r"""
    thanks?|thank (?:you|u|ya)|thx|ty|tysm|cheers|merci|danke\w*|(?:muchas )?gracias|obrigad[oa]
    grazie|kudos
    (?:great|good|nice|awesome|amazing|excellent|fantastic|impressive|brilliant|superb|stellar) (?:job|work
        |support|stuff|release|catch|page|feature|improvement|turnaround|team|experience)
    (?:love|loving|loved|appreciate|appreciated|impress\w+|amazing|awesome|excellent|fantastic|wonderful
        |brilliant|great|smooth|smoothest|smoothly|wow|perfect|superb|genial|perfecto|parfait|super|fabulous
        |delighted|happy (?:with|customers?|users?)|(?:was|is|were) (?:so |really |very )?(?:quick|fast)|well done
        |bravo|life-?saver|legends?|(?:you are|you're) the best|pleased|glad|enjoy\w*|congrat\w+|you rock|hats off
        |best (?:support|we)|nice(?=[ .!]*$)|made my day|exactly what we)
""")
