"""Ordinary words that are rarer than the everyday ones: as the last name of a person they need a capital. Data only.

From dariusk/corpora at cf30ca2 (CC0 1.0): `nouns` and `adjs` of `data/words`, single words of three letters and more.
"""

_LISTED = """
abbey absence absorbing absorption abstinence abstract absurdity abundance academic accelerated accented acceptance
accessibility accommodation accomplice accountability accountant accounting accreditation accuracy acquainted
acquiescence acreage actress actuality acute adage adaptation addicting addictive adherence adjustable adjustment
adoption adult advancement adverse advert advertisement advertising advice aerosol aesthetics affinity afraid
aggravated aggression aggressive agreeable agriculture aircraft airtime alienate allegation alleged allegiance
allegory allergy allies alligator allocation allotment almond altercation altruistic ambient ambivalent ambulance
amiable amino ammonia amorphous anatomical anatomy ancestral anemia angelic angrier ankle announcement annoyance
annuity anomaly answerable anthropology antiquarian antiretroviral anxiety apartheid apostle apparatus appeasement
appellate appellation appendix applause applicable appointment apportioned appraisal approachable appropriated archer
archery archipelago architecture ardor aroused arrears arrow artisan artistry ascent assembly assertive assigned
assignment association asthma atheism athletic atrocious attacker attraction attractiveness auspices authoritarian
autobiographical avarice avaricious aversion aviation avocado awake awesome babbling backlash backstage backwoods
baker balding ballet balls bandaged banded banjo baron barreled barrier barrister bases basin battery battling beaten
bedtime beginner begotten beguiled begun bellied belted bending beneficent besieged betting bicycle biggest billing
bingo biochemical biography biology bipolar birthplace blackberry blackened blame blather blindfolded bloat blooded
blossom blushing boardroom boastful boasting bodyguard bolder boldness bolstered bomber bondage bonding bones bonnie
bonus bookmark boomer booty boundary bounded bounding bounds bowling brainstorming brawling brazen breadth breaker
breeding brewer bridged brightness brimming brimstone broadest broccoli broiled broker bronze broth brotherhood
browsing bruising brunch brunt buffy building bullied bullion bungling bureaucracy burglary burial buttery buyout
cabal cabbage calamity campaign candied canonical canonization cantankerous captaincy carcass cardinal carefree
caretaker carrier cartridge cassette casual catfish cathartic caught causal celebrity cemetery certainty certification
chapel characterized charade charcoal chasm cheeky cheerleader cheesecake chemotherapy cherished chili china chipotle
chirping chivalrous chivalry cholera cilantro circumstantial circus civic civil civilisation civilised civility
clanking clapping claptrap classless cleansed clearance clearing cleric clerk climber cloistered closeness clothing
clutches coaster coconut codified coding collaborator collision colloquial colors combat combined combustion comedian
comely comer commander commemoration commenter commissioned commissioner commonplace commune commuter commuting
comparable competition complementary completeness complexity compromising computing comrade conceding conceptual
concur conditioned condominium conduit confederate confidant confident confidential configuration confining
confiscation conflagration conflict congressional consequential conservative consistency consolidation conspiracy
constable constituent consul consultancy contaminated contemporaneous contentment contents contraceptive contractor
conversation convertible convex cooked cornerstone coronary corporatist corpus correlated correlation corroborated
cosmic councilman counselor countdown countryman coverage covering coyote cracker creator criminality crocodile
cropping crossover crossroads crypto culminate culprit cumin curator curfew cursor cushioned custard cutter cyclist
cyclone cylinder cynicism daddy damsel dandy darkness dashing dawning daybreak dazzled dealing decreased decrepit
dedicated dedication deduction defaced defection defective defenseless deference deficiency definition deflation
degeneration delegation delicacy delirium deliverance deluded demeanor demon demonstration denomination dentist
deodorant departed departure depletion depress depression designation designing despairing despotism destitute
detective detention devastating developer deviant devilish devolution devoted dexterity diagnosis diagonal dialect
dictated didactic differentiated differentiation diffused digger digress dioxide diploma dirtier disability disabling
disarmament disconnected discord discovery disdainful diseased disfigured disheartened disheveled dishonesty
disillusioned dismissal disobedience disparate dispatcher disservice dissident distribution distributor diver
diversity doable docking doctrinal dollar dominance domination dominion donkey doorstep doorway dossier dotted
downbeat downside dozen drafting draining drank draught dread drilling driver drumming drunkenness duchess ducking
dugout dulled dumps dwelling dynamics eagerness earnestness earnings eaten eater echoing economical editor
effectiveness elaborated elastic elective electoral electricity elements eloquence elven emancipation embodiment
embroidery embryo emerald emergency emissary emotional emperor employment enamel encampment encased enclosure
encouragement encrusted endangered endangerment engraved engrossing enlarged enlightenment enlisted enlivened
ensconced entangled enthralling enthusiasm entire envious environs envoy epilepsy equation equator eradicated eroded
error esoteric espionage essential estimation evacuation evaporated evergreen everlasting exacting exaggeration
examination exasperated excess exciting exclamation executable existent exonerated exorbitant expediency exploitation
exponential export extinction extraordinary exultant exulting eyewitness facsimile fading fainter fallacious falls
faltering famous fancier fascism fastball fated favourable fearless feathered feces feedback fellow fermented
ferocious ferocity fertilization fetish fiddling filling finale firing firmer fixing flammable flashing flask flawed
fledgling fleshy flexible flickering flora floral flowering flowing fluke foggy folic folklore follower foolhardy
foolish foothold footing footy forefinger forefront forehand forgiveness forked formality formation formative formula
formulaic foyer fractional fragmentation fragrant framework fraud fraudulent freakish freckled freelance freestyle
freight frequency fresh fretted friendliness fries frigate frugal fulfilling fulfillment fuming functionality funded
fundraiser funny fusion futility gallantry gallery garbled genesis genitals geologic geometric gibberish gilded ginger
girlfriend glamour glare glaring gleaming glitter glorified glorious glucose goalless goody google grammatical grande
grandeur grappling grateful gratuitous graven greener greens gridlock grinding grizzly groaning grocer groundwork
grouping grudging gunman gusto gusty habitation hacker hallway hamburger hammock handheld handling hands handshake
happiness hardship harlot headcount header headquarters heads headset healing healthier healthiest hearth hearts heath
heathen hedonistic hegemony height helper helping helplessness heralded herbal hierarchy hissy hitless hoarding hockey
holiness homeland homer homesick honesty honorable hooded hopeless horrendous horrible horror horseman hostility
housing huddled human humbling humid humiliating humility hurricane hypnotized iceberg idealistic idiosyncratic
ignited ignition illness illustration illustrative illustrator imitated immense immersive immigrant immoral immunity
immunization impassive imperialism impressionable imprisonment improbable impulsive inaccuracy inaction inactivity
inattentive inauguration inbound inbounds incalculable incomprehensible indecency indefatigable indicator indigo
indiscriminate indomitable inert inevitability infamy infiltration inflate influx inheriting iniquity injurious inking
innocence innovation inoffensive insane insanity insensible insidious insincere insistent insolent inspiration
instruction instructor insufferable insurer intemperate interact intercession intercourse interdependent interesting
interfering intermission intern interpretation intersecting intersection interval intolerable intolerance intolerant
intruder intuitive invasion investment involvement irresolute irrigation iteration jealous jenny jerking jogging
joining joint jones joseph journalistic joyful juggernaut juncture jurisprudence juror kangaroo keyed kingdom knocking
knowing laborer lacklustre laden lagging lamented larceny laughable laurels layered layout leadership leasing leather
leathern leery legible legislation leisure leopard lessening liberating liberation licence lifeblood lifeline lifted
ligament lightest lighting likeness limitless lineage liner lineup liquidation listener listening literary literature
litigation litre liver livid loathing lobster locality lodging logic longevity lookout lordship loudest loveliest
lowering lucid luckless lustre lusty luxurious machinery madness magazine magnificence mahogany mailing mainframe
maintenance majority manga mango maniac manifesto manmade mantra manufacturer maple maroon martin martyrdom mastered
material materialistic mathematician matrix matron mayhem mayor meaningful measurement measuring mechanics mediaeval
mediator medical medics meditated medley melodic melodrama memorable memorial memory mentality metabolic metallic
metallurgical metaphysics metering method metre midair midterm midway mighty migrating miner minor mirrored mirth
misconception misery misguided mishap misshapen misunderstanding mitigated mobility modernized molasses molecular
momentum monarch monarchy monastic monument morale morbid mortality motley motorized motto mounted mouthful mouthpiece
mover movie mowing multidisciplinary murderer muscled muscular musician mutation muted mysterious mythic mythology
narration narrator nationality natural nauseous negative negligence neighborhood neighbour nervousness networked
networking neurological neutered newest nexus nightmare nitrous nobility noncommercial nonsense noodle normalcy
notification nourishment novella nuanced nucleus nuisance nursery nutrition nylon oasis obscenity obscurity observer
occurring offense offensive oldest oncoming onslaught onstage onward opaque operating operation opportunist opposing
opposition oracle orchestra ordinate organisation organizer orientation originality ounce outage outcome outdone
outdoors outfield outing outlaw outpost outset outsized overboard overheated overseer oversize overworked owner oxygen
oyster paced pairing panther panting paradox paralyzed paramount parental parliament parsley parson partisan passenger
passive pasta pastel patchwork pathos patriot patriotism peacekeeping pedestrian peevish penal pendulum penguin penned
pensive perceptual perky permissible permission pernicious perpetuate perplexed persona perusal pervasive pessimism
peter petrochemical philosopher philosophical phosphorus phrasing physique picturesque piles pillaged piped piquant
pitching plateau plausible playing plaza plethora pliable plumb plurality pneumonia pointer poker policeman politician
polling polygamous poorest portmanteau posed poster posterity posting postpartum postponement potassium pottery
poultry pounding pragmatism prank precedence precinct precocious predicted premium preoccupation preparatory
prerequisite prescient presidential pressurized presumed pretense prewar priced pricier priesthood primal primer
primetime prisoner privacy probation procedural proceeding proceedings processing processor prodigious professional
progression progressive projection prolific prominence promising promulgated pronged propensity prophecy proportionate
prorogation prospectus protein prototype protracted providence provider provocation proximity puberty publicist
publicity publisher pulsed pundit purgatory putting quantity quart quilting quorum racism radiance ralph rancher
ranger rapidity rapport ratification rationality raunchy razed reaction reactive readable reader realizing reassurance
rebirth receptor recipe recognition recourse recovering recreation rector recurrence recurrent recycled redeemable
redemption redistribution redundancy refinery reflecting reformer refrigerator regal registering regularity regulator
reinforcement reins reinstatement relativism relaxation reliable reminiscent remorseless removable rendition renewable
repayment repeating repellent repentance repertoire repository republic reputation resentment reserve residency
resignation respectful restaurant rested resultant resurgence retailer retaliatory retention retirement retiring
revelatory reverend reversing reviewer revolving riches ridiculous righteousness ringed risque roadblock robber robust
rocks roomful rotating roused rubber rubbing running runoff runtime rustling safest salient saloon salvation
sanctioned sarcasm saucer saute savior scandalized scarcity scarlet scattering scenario scenery sceptical scheming
schism scholarship schoolboy schooner scissors scolding scooter scoundrel scouring scratchy scrimmage scrolled scrum
seated seating sediment seduction seeder segregated seizure semiautomatic semicolon semiconductor semifinal senator
sending senior sensed sentient serenity seriousness servitude sesame setup sewing sexier shadowy shaken shaker
shameless shaped sharpness shaving shiny shipped shivering shoestring shoplifting shopping siding simplest simplicity
simplistic simulation sinking sizable skate skeleton skinny skirting skyrocketed slamming slanting slapstick sleek
sleepless sleepy slender slimmer sloth slugger smacking smokeless smothered smouldering snack snail snapshot snark
snuff soccer socialized solemnity solicitation solitude sophistication sorcery sought souvenir spaghetti spanking
sparing spattered specialized specification specimen specs spectacle spectre speculation speedy sperm spherical spiky
spineless spoiler sprung squad squid squint staging stagnation stainless staircase stairway stamina standing
standpoint standstill stanza starlight startled stately statement statewide stereoscopic sticky stillness stimulant
stimulus stinky stocks stoked stole stolen stoppage storey storied storyteller strained strapping stubborn stylized
stylus suave subcommittee subjective subjugated subordinate subscription subsidy suburb succeeding success sufferer
suffering summary sunset sunshine supernatural supervisory supposition surrogate suspenseful suspension swarthy
sweater sweating sweeping sweepstakes swimmer swinging swooning sympathize synchronized syndrome synonymous synopsis
syntax synthetic tablespoon tailed taker tallest tangible tanked tarry tavern technical technology tectonic telepathic
telephony template tempo tendency tenderest tendon terrier territorial terror terry testimonial theater theistic
theology therapy thicker thicket thoroughfare threatening threshold thriller thunderstorm ticker tiger tights timely
timid torrent tossing totalled touchdown tougher tourist tourney toxicity tracing tractor traditional transformed
translation transmission transmitter trauma traveler traverse treadmill trial trilogy trout trunk trusting tuning
twenties tycoon tyrannical tyrant ultimatum unaided unassisted unassuming unattractive uncapped uncomfortable
uncontrolled uncooked uncooperative underdog underground undersea underwear undisturbed unearthly uneasy unequal
unfazed unfinished unforeseen unforgivable unhappiness unidentified unification unimaginative uninspired unintended
uninvited universal unmasked unorthodox unparalleled unpleasant unprincipled unread unreasonable unregulated
unreliable unremitting unsafe unsanitary unsealed unsuccessful unsupervised untimely unwary unwrapped uppity uprising
upstart useless utter vaccination valiant valid validity valued vampire vanguard vanilla variation vaulting vaunted
veering vegetation vegetative vented verbal verification verifying veritable versed viability vicinity victory
viewpoint villa vindication vinyl violation virgin visceral vista visual vocalist vogue volcano voltage voluptuous
vomiting vulnerability waistcoat waitress wanton wardrobe warlike warmth watchdog waterproof weakest wealth weariness
wetting wheeled whereabouts whirlwind whisky whiteness widen widening widget width willful windfall winnable
winningest wireless wiring wistful witchcraft withholding woeful womanhood wooded woodland wordless workable workman
worldly worldwide worsted worthless youngster
"""
ORDINARY = frozenset(_LISTED.split())
