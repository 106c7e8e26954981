"""The signs of how bad it is (handbook L43 to L48). More of them are given in the settings: P0, outage, P1, P2.

A sign is a regular expression over plain text, small letters without accents (see feedback_text). Words in capitals
stand for a group of words (see feedback_groups). One sign a line, or several short ones; a line that is indented
further goes on with the one before.
"""

from tasks.rules.feedback_words import signs

# All of an instance is unusable (L45). What takes a sign back, "not", "on staging", "if", is in feedback_doubt_signs.
P0 = signs(r"""
    THE SYSTEM BE ADV DOWN
    (?:it|this|everything|it all|all|that)(?:'s| (?:is|has been|was|seems|looks|appears|went|goes|keeps going
        |just went)) (?:to be )?ADV DOWN
    (?:is|are) (?:it|this|everything|THE SYSTEM) ADV DOWN
    THE SYSTEM (?:that )?FEW (?:DOESNOT) (?:even )?(?:be )?(?:start|boot|come (?:back )?up|restart|respond|load
        |answer|open|react|accept|reach|access)(?:ing|ed)?(?! (?!at all|any|for|since|after|when|and|but|now|today
        |this|again|from|properly|right|or|on|here|either|to any|back|up|because|due)\w)
    THE SYSTEM DOESNOT (?:be )?(?:work|function)(?:ing)? (?:at all|any ?more|for EVERYONE)
    THE SYSTEM (?:can't|cannot|can not|cant|can no longer|could not|couldn't) (?:even )?be (?:reached|opened
        |accessed|used|loaded)
    THE SYSTEM (?:just |has |have |'ve |simply |suddenly )*(?:died|collapsed|fell over|went dark
        |stopped (?:responding|working|answering))(?: completely| entirely| altogether)?
    (?:prod|production|SYSTEM) (?:is )?in a crash ?loop\w*
    SYSTEM FEW crash ?loop\w*
    THE SYSTEM FEW (?:only |just |keeps? |constantly |always )?SERVES FEW CODE
    (?:we|we're|i'm|i|us|only|still|just|always|constantly|keep
        |keeps) (?:are |am |all )?(?:now |only |just |still |always |constantly )*(?:getting|get|got|see|seeing
        |keep getting|receive) FEW (?:502|503|504|bad gateway|gateway time-?out|service unavailable)(?:'?s)?
    nothing but (?:a )?CODE|CODE EVERYTHING
    EVERYTHING (?:is |gives |shows |GAP)CODE
    only (?:a )?50[234](?:'?s)?
    CODE,? GAP (?:EVERYONE|EVERYTHING)
    EVERYONE GAP (?:CODE|locked out|kicked out|thrown out|cut off|stuck (?:on|at|in)|(?:an? )?error page
        |(?:endless|infinite) \w+|without (?:fleet|access|service)|DOWN)
    EVERYONE FEW CANNOT FEW ENTER
    EVERYTHING FEW (?:ends?|results?|fails?|times? out|timing out) (?:in|with) FEW (?:time-?out|CODE|error)
    (?:is|are|does|any one|anyone|any body|anybody) ?(?:any ?one|any ?body)? (?:else )?(?:see|seeing|getting
        |having|experiencing|hitting) FEW (?:CODE|outage|trouble|problems|issues)(?: (?:reaching|opening|accessing
        |with) THE SYSTEM)?
    NOBODY gets? (?:back )?(?:in|into|through|past)
    NOBODY GAP (?:(?:can|could|is able to|are able to|gets?|got|manages to|was able to|able to) FEW ENTER
        |gets? past FEW login)
    (?:we |all of us )?(?:all )?CANNOT (?:even )?(?:access|reach|open|load|get (?:in)?to|log ?in ?to|sign in to
        |connect to|use|enter) THE (?:SYSTEM|anything)
    (?:we|all of us) (?:all )?CANNOT (?:even )?(?:log ?in|sign in|get in)(?: (?:at all|any ?more
        |any longer))?(?! (?:with|via|through|using|on|to the)\b)
    everything (?:just |only |simply )?(?:times? out|is timing out|hangs|fails|errors)
    (?:nothing|literally nothing) (?:works?|loads?|responds?|opens|is (?:working|loading|responding))
    (?:EVERYTHING|all (?:of )?THE HOSTS|(?:the )?(?:whole|entire) HOSTS|none of THE FEW HOSTS) GAP OFFLINE
    (?:none of THE FEW HOSTS|no HOSTS) (?:can |could |is |are |able to )+(?:connect|check in|reach|report
        |online)\w*
    (?:total|complete|full|major|massive|global|site-?wide|huge) (?:outage|blackout|downtime
        |service interruption|loss of (?:service|access))
    (?:production|prod|fleet|service|live|server|PRODUCT) (?:outage|blackout)
    (?:there's|there is|we have|having|experiencing) an? (?:\w+ )?outage
    (?:white|blank|empty) (?:page|screen) GAP EVERYONE
    (?:we|we're|we are|all of us|us) (?:are |all |now )*ADV (?:DOWN|locked out|cut off)
    (?:lost|without|no) (?:all|any|complete|total) access
    (?:have|has|got) no access (?:at all )?to THE SYSTEM
    (?:down|dead|out|broken|unusable) (?:for|at|across) (?:EVERYONE|the whole)
    (?:alles|nichts|server|system|instanz|oberflache|dienst|fleet|PRODUCT|produktion) (?:ist|sind|geht
        |scheint) GAP (?:down|off ?line|ausgefallen|nicht (?:mehr )?(?:erreichbar|verfugbar)|tot|weg|kaputt)
    nichts geht mehr
    (?:geht|funktioniert|lauft|laedt|ladt) (?:bei uns )?(?:gar |uberhaupt )?nichts(?: mehr)?
    (?:niemand|keiner) kann|total-?ausfall|komplett-?ausfall|kommt (?:niemand|keiner)
    no funciona nada|nada funciona
    (?:esta|estan|sigue|se ha) (?:todo |completamente )?caid[oa]s?
    se cayo|todo caido|no podemos (?:acceder|entrar)
    (?:nadie|ningun \w+) (?:puede|consigue|logra) (?:entrar|acceder|iniciar|conectarse|usar)
    fuera de servicio
    (?:tout|serveur|service|site|fleet|PRODUCT|prod|production|plateforme|instance) (?:est|sont
        |semble) GAP (?:en panne|down|hors service|tombee?|inaccessible|indisponible|hs)
    plus rien ne (?:marche|fonctionne)
    rien ne (?:marche|fonctionne)(?: plus)?
    personne ne (?:peut|arrive)|nada esta funcionando|fora do ar|ninguem consegue
""")

# One cannot get in, or nothing comes back: P0 where the text says of whom, see WIDE.
SHUT = signs(r"""
    (?:log ?ins?|log ?on|sign[- ]?ins?|sso
        |authentication) (?:is |are |does |do |page |just |keeps? )*(?:fail\w*|broken|down|impossible|not work\w*
        |doesn't work|dead|loop\w*|times? out)
    (?:CANNOT|can not|manages? to|unable to) (?:even )?(?:log ?in|login|log on|sign ?in|get (?:back )?in
        |log back in|access (?:fleet|it|PRODUCT|THE SYSTEM)|reach (?:fleet|it|PRODUCT|THE SYSTEM|you))
    [\w-]{1,40}\.[\w.-]{1,60} (?:is |does |has |just )?(?:not |n't |isn't |doesn't |won't |never |ADV DOWN)
        (?:open|load|respond|com|start|work|reach|answer)?\w*
    no (?:response|answer|reply|sign of life|signs of life|connection) (?:from
        |to) (?:the |our |your )?(?:SYSTEM|any\w*)
    refus\w+ (?:all |any |every )?connections?
    connections? (?:is |are |was |were |gets? )?(?:refused|reset|timed? out)
    (?:thrown|redirected|sent|kicked|bounced|booted) (?:back |out )?(?:to|onto|into|of
        |by) (?:an? |the )?(?:\w+ )?(?:error|login|blank|white|fleet)
    (?:application|ssl|tls|certificate|connection|server|network) errors?
    err_\w+
    SYSTEM GAP (?:crash\w*|poof|away|blank)
    (?:SYSTEM|pages?|it|browsers?|curl|requests?) (?:just |only |all |simply )?(?:times? out|timing out|hangs)
    THE SYSTEM BE ADV (?:not working|not work)
    neither GAP (?:reach|get|open|access|log)\w*
    (?:no|zero|lost) (?:access|connection|login|console|fleet|PRODUCT)
    keine verbindung|kein zugriff|sin acceso|pas d'acces
    (?:endless|infinite|eternal|never[- ]ending) (?:spinner|loading|loop\w*|redirect\w*)
    (?:loads|spins) forever|spinner
    nothing (?:is |will |would )?(?:coming|comes?) (?:back )?up
    standstill|SYSTEM GAP useless|unusable
    stuck (?:on|at|in) [\"']?(?:migrat\w+|start\w*|boot\w*|loading)
    CODE (?:on|at|after|upon|when|during|for) (?:the )?(?:log|sign|start|landing|front|home)\w*
    (?:ui|page|site|app|console|web ui|login page) (?:is |just |only )?(?:doesn't|does not|won't|isn't|not
        |never) (?:com\w+ up|load\w*|open\w*|respond\w*|render\w*)
    (?:the|this|our|that|your|\w+'s) (?:\w+ )?outages?
    lost (?:access|connection|contact) to
""")

# All users, or all hosts, in whatever words; production says so too.
WIDE = signs(r"""
    EVERYONE|NOBODY|EVERYTHING
    (?:entire|whole|full) (?:org\w*|company|team|department|business|staff|estate|fleet|office)
    same (?:for|with|here for) (?:all|my|our|the|every\w*) ?(?:\w+ )?(?:team|colleagues|office|others|people
        |users?)
    (?:colleagues|team ?mates|people|users|admins) (?:too|as well|confirm\w*|report\w*|have the same
        |see the same)
    (?:all|every|each)(?: of)?(?: the| our| my| three| two| four| \d)* (?:regions?|sites?|offices?|azs?|zones?
        |clients?|agents?|hosts?|devices?|colleagues|countries|locations?)
    (?:the|our) (?:full|complete) \w+
    any(?:one|body) (?:else|who|in|here|at)
    every one of|none of (?:us|them)|completely blocked
    alle(?:n)? (?:betroffen|kollegen|nutzern?|user|benutzer)
    tous les|todos los|tout le monde
    (?:ui|gui|browser|web|console)\b[^.]{0,25}(?:api|agents?|fleetctl|hosts)
    (?:api|agents?|hosts)\b[^.]{0,25}(?:ui|gui|browser|console)
    (?:company|org\w*|site|world|global)-? ?wide
    globally|across the board|all over the place|sev ?-?1|p0|prio ?0
    (?:all|whole|entire) (?:\w+ )?(?:is |are )?affected
    affects? (?:all|every\w*)
""")

# Most of an instance is cut off or hardly usable (L46): an outage, and P1.
OUTAGE = signs(r"""
    MOST (?:of )?FEW HOSTS GAP OFFLINE
    MOST (?:of )?FEW (?:users|people|admins|colleagues|team) GAP (?:CODE|CANNOT|locked out|kicked out)
    THE SYSTEM BE ADV INTENSE (?:slow|sluggish|laggy)
    (?:INTENSE )?(?:slow|sluggish|laggy|degraded|unusable) FEW (?:for|to) EVERYONE
    everything (?:is|'s|feels) ADV (?:INTENSE )?slow
    THE SYSTEM GAP (?:time[sd]? out|timing out|takes? (?:ages|forever|minutes))
    EVERYTHING (?:takes? (?:ages|forever|minutes)|times? out|timing out)
    (?:CODE|errors|time-?outs) (?:that )?(?:come|comes|came|coming) and go
    one (?:request|page|call|login) (?:in|out of) \w+ (?:fails|times out)
    all (?:of )?THE FEW HOSTS GAP OFFLINE
    MOST (?:of )?(?:the |our |all )*(?:requests?|logins?|calls?|pages?) GAP (?:fail\w*|time out|times out
        |error\w*|CODE)
    performance (?:is|has been|was|got) (?:ADV )?(?:horrible|terrible|awful|bad|poor|very \w+|unbearable
        |abysmal)
    (?:every|each) (?:click|page|action|request) (?:takes?|needs?)
    (?:hit and miss|hit or miss|flaky|unstable) for EVERYONE
    (?:severely|highly|heavily|massively|badly|very|seriously) degraded
    partial outage|degraded (?:service|performance)
    (?:cpu|load|memory|database|db|mysql|redis) GAP (?:at|is) (?:100 ?%|max\w*|the limit)
    MOST GAP (?:sind|estan|sont) (?:off ?line|weg|desconectad[oa]s|hors ligne)
""")

# Raises what fails to P1: data lost, a breach, a deadline, work that stands still.
P1 = signs(r"""
    (?:urgent|urgently|asap|a\.s\.a\.p|emergency|(?:this|it) is (?:time )?critical|critical for us
        |business[- ]critical|mission[- ]critical|sev ?-?1|prio(?:rity)? ?1|p1|show ?-?stopper|blocker|dringend
        |urgente)
    block(?:s|ing|ed) (?:us|our|the|all|a|my|everyone|\w+ (?:roll ?out|launch|migration|release))
    audit(?:or)?s? GAP (?:tomorrow|today|tonight|this week|next week|monday|on (?:WEEKDAY)|in (?:\w+ )(?:days?
        |hours?)|WEEKDAY)
    deadlines?(?! exceeded)
    by (?:eod|cob|tonight|tomorrow|noon|midnight|end of (?:the )?(?:day|business)|WEEKDAY)
    (?:eod|cob)
    (?:security|active|privacy) (?:incident|breach)
    data breach|breach(?:ed)?|compromise
    (?<!memory )leak(?:ed|s)?(?! memory| in\b)
    compromised|ransomware|exfiltrat\w+|stolen
    (?:data loss|los[et] (?:of )?FEW data|lost (?:all|everything|our|the))
    (?:all|every|hundreds|MOST) GAP (?:gone|vanished|disappeared|wiped|deleted by|erased|lost)
    wiped (?:all|\d+|our|the|MOST)|erased
    (?:was|were|got|been) (?:deleted|wiped|erased|removed) (?:overnight|by (?:itself|mistake|accident)|without)
    keys? of GAP (?:disappeared|gone|lost)
    (?:ceo|ciso|cto|board|executives?|management|legal) (?:is |are )?(?:wants?|needs?|asks?|asking|waiting
        |angry)
    call (?:us|me) (?:back|asap|now|immediately)
    (?:big|huge|serious|major|massive) (?:problem|issue|impact) for us
    help (?:us )?(?:quickly|immediately|right now)
    new hires|zero[- ]day|as soon as possible
""")

# Lowers what is wrong to P3.
COSMETIC = signs(r"""
    typos?|cosmetic\w*|misspell\w*|spelling|misaligned|alignment|visual(?:ly)? (?:glitch|bug|issue)
    (?:purely|only|just) (?:visual|cosmetic|optical)
    tiny thing|nit
    (?:docs?|documentation|link|guide) GAP (?:404|outdated|dead|broken)
""")
