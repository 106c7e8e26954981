"""Everyday English words: a name made of nothing else is no name yet. Data only.

From dariusk/corpora at cf30ca2 (CC0 1.0), merged: `common`, `infinitive_verbs`, `prepositions`, `resume_action_words`,
`stopwords/en` and `verbs` of `data/words`, single words of two letters and more.
"""

_LISTED = """
able aboard about above abroad absent absolute abst accept accepted accordance according accordingly account achieve
achieved across act active actual actually adapted add added address addressed adj adjust adjusted administered admire
admired admit admitted adopted advertise advise advised affect affected affecting affects afford afforded afore after
afternoon afterwards again against age agent ago agree agreed ah ahead air alert alerted align aligned all allow
allowed allows almost alone along alongside already alright also although always am america amid amidst among amongst
amount amuse amused an analyse analysed analyzed and annotate annotated announce announced annoy annoyed another
answer answered any anybody anyhow anymore anyone anything anyway anyways anywhere apart apologise apologised apparent
apparently appear appeared append appended applaud applauded applied apply appoint appreciate appreciated approach
appropriate approve approved approximately are area aren arent argue argued arise arm around arrange arranged arrest
arrested arrive arrived art as aside ask asked asking assembled assessed assisted associate associated assume assumed
astride at atop attach attached attack attacked attained attempt attempted attend attended attract attracted attribute
attributed audited auth authority autocommit autocommitted automate automated available avoid avoided aware away awful
awfully baby back backed backmerge backmerged backward backwards bad bag bake baked balance balanced ball ban bang
banged bank banned bar bare bared base basis bat bathe bathed batted battle battled be beam beamed bear beat beauty
became because become becomes becoming bed been before beforehand beg begged begin beginning beginnings begins behave
behaved behind being believe belong belonged below beneath benefit beside besides best bet better between beyond big
bill biol birth bit black bleach bleached bless blessed blind blinded blink blinked block blocked blood blot blotted
blow blue blush blushed board boast boasted boat body boil boiled bolt bolted bomb bombed book booked bore bored
borrow borrowed both bother bottle bottom bounce bounced bow bowed box boxed boy brake braked branch branched break
breathe breathed brief briefly brilliant bring britain broke brother brought bruise bruised brush brushed bubble
bubbled budget budgeted build built bump bumped buried burn burned bury bus business busy but buy buzz buzzed by ca
cache cached cake calculate calculated call called came camp camped can cannot cant caption car card care cared
carried carry carve carved case cat catch cause caused causes cent centre certain certainly chair chairman challenge
challenged chance change changed changes chap character charge charged chase chased cheap cheat cheated check checked
cheer cheered chew chewed child choice choke choked choose chop chopped christmas church circa city claim claimed clap
clapped class classified clean cleaned clear cleared clearly client clip clipped clock close closed closes clothe club
co coach coached coffee coil coiled cold colleague collect collected college colour coloured com comb combed come
comes command commanded comment commented commit committed committee common communicate communicated community company
compare compared compete competed compiled complain complained complete completed composed compute computed computer
con concentrate concentrated concern concerned concerning condition conducted confer confess confessed confuse
confused connect connected consequently consider considered considering consist consisted consolidated constructed
consult consulted contact contain contained containing contains continue continued contract control converse convert
converted cook coordinated copied copy corner correct corrected corresponding cost cough coughed could couldnt council
counseled count counted country county couple course court cover covered crack cracked crash crashed crawl crawled
create created cried critiqued cross crossed crush crushed cry cup cure cured curl curled current currently curve
curved customise customised cut cycle cycled dad dam damage damaged dammed dance danced danger dare dared date day de
dead deal dear debate decay decayed deceive deceived decide decided decision decommission decommissioned decorate
decorated deep define defined definite definitely degree delay delayed delete deleted delight delighted deliver
delivered department depend depended dereference dereferenced describe described desert deserted deserve deserved
design designed despite destroy destroyed detail detect detected determine determined develop developed devised
diagnosed did die difference different difficult dinner direct directed directly disable disabled disagree disagreed
disappear disappeared disapprove disapproved disarm disarmed discard discarded discover discovered discuss dislike
disliked dismiss dismissed display displayed district divide divided do doctor document documented does dog doing done
door double doubled doubt doubted down downwards drag dragged drain drained draw dream dreamed dress dressed drew
dried drink drip dripped drive drop dropped drown drowned drum drummed dry due duplicate duplicated during dust dusted
each early earn earned east easy eat economy ed edited edu educate educated effect eg egg eight eighty either elect
electric eleven eliminated else elsewhere email emailed embarrass embarrassed embed embedded employ employed emptied
empty enable enabled encode encoded encourage encouraged end ended ending enforce enforced engine english enhance
enhanced enjoy enjoyed enough ensure ensured enter entered entertain entertained entirely environment equal escape
escaped especial especially established estimated et etc europe evaluated even evening ever evermore every everybody
everyone everything everywhere evidence ex exact exactly examine examined example except excite excited exclude
excluded excuse excused exercise exercised exist existed expand expanded expect expected expense experience
experimented explain explained explode exploded express extend extended extra extract extracted eye face faced fact
fade faded fail failed fair fairly fall family fancied fancy far farm farther fast fasten fastened father favour fax
faxed fear feared feed feel fence fenced fetch fetched few fewer ff field fifteen fifth fight figure file filed fill
filled film filmed filter filtered final finance financed find fine finish fire fired first fish fit fitted five fix
fixed flap flapped flash flashed flat float floated flood flooded floor flow flowed flower flowered fly fold folded
follow followed following follows food fool fooled foot for force forced forever forget form format formatted formed
former formerly formulated forth fortune forty forward found founded four frame framed france free friday fried friend
frighten frightened from front fry full fun function fund further furthermore future game garden gas gather gathered
gave gaze gazed general generalise generalised generate generated germany get gets getting girl give given gives
giving glass glow glowed glue glued go god goes going gone good goodbye got gotten govern grab grabbed grand grant
grate grated grease greased great green greet greeted greetings grin grinned grip gripped groan groaned grossed ground
group grow guarantee guaranteed guard guarded guess guessed guide guided guy hack hacked had hair half hall hammer
hammered hand handed handle handled hang happen happened happens happy harass harassed hard hardly harm harmed has
hash hashed hasnt hate hated haunt haunted have having he head headed heal healed health heap heaped hear heart heat
heated heavy hed hello help helped hence her here hereafter hereby herein heres hereupon hers herself hes hi hid hide
high him himself his history hit hither hold holiday home honest hook hooked hop hope hoped hopefully hopped horse
hospital hot hour house hover hovered how howbeit however hug hugged hullo hum hummed hundred hung hunt hunted hurried
hurry husband hypothesized id idea identified identify ie if ignore ignored illustrated im imagine imagined immediate
immediately implement implemented import importance important imported impress impressed improve improved in inasmuch
inc include included income increase increased indeed index indicate indicated indicates individual industry influence
influenced inform information informed initiated inject injected injure injured inline inlined inner inside insofar
inspected installed instead instituted instruct instructed insure intend intended interest interested interfere
interfered interpreted interrupt interrupted interviewed into introduce introduced invent invented invention invert
inverted invest investigated invite invited involve inward irritate irritated is issue it itch itched itd item its
itself jail jailed jam jammed job jog jogged join joined joke joked judge judged juggle juggled jump jumped just keep
keeps kept key keys kg kick kicked kid kill killed kind king kitchen km kneel knelt knit knitted knock knocked knot
knotted know known knows label labelled labour lady land landed language large largely last lasted late lately later
latter latterly laugh laughed launch launched law lay lead learn learned least leave lectured left leg less lest let
lets letter level levelled license licensed lick licked lie lied life light lighten lightened like liked likely
likewise limit line link list listed listen listened little live lived load loaded local lock locked log logged london
long longed look looked looking looks lose lot love loved low lower ltd luck lunch machine made main mainly major make
makes man manage managed manned many march marched mark marked market marketed married marry match matched mate mated
matter mattered may maybe me mean meaning means meantime meanwhile measure measured meddle meddled mediated meet melt
melted member memorise memorised mend mended mention merely merge merged mg middle might mile milk milked mill million
mind mine mined minister minus minute miss missed mister mix mixed ml moan moaned modeled modified modify moment
monday money monitored month moor moored more moreover morning most mostly mother motion motivated mourn mourned move
moved mr mrs much muddle muddled mug mugged multiplied multiply murder murdered music must my myself na nail nailed
name named namely nation nature nay nd near nearer nearest nearly necessarily necessary need needed needs negotiated
neither nest nested never neverless nevertheless new news next nice night nine ninety no nobody nod nodded non none
nonetheless noone nor normal normally north nos not note noted nothing notice noticed notwithstanding novel now
nowhere number numbered obey obeyed object objected observe observed obtain obtained obvious obviously occasion occur
occurred odd of off offend offended offer offered office often oh ok okay old omitted on once one ones only onto open
opened operate operated opportunity oppose opposite optimise optimised or ord order ordered organize organized
original other others otherwise ought our ours ourselves out outside over overall overflow overflowed oversaw owe owed
owing own owned pack packed paddle paddled page pages paint painted pair paper paragraph pardon parent park parked
parse parsed part parted particular particularly party pass passed past paste pasted pat patted pause paused pay peck
pecked pedal pedalled peel peeled peep peeped pence pension people per percent perfect perform performed perhaps
period permit permitted person persuaded phone phoned photograph photographed pick picked picture piece pinch pinched
pine pined place placed plan planned plant planted play played please pleased plug plugged plus point pointed poke
poked police policy polish polished politic poor poorly pop popped position positive possess possessed possible
possibly post posted potentially pound pour poured power pp practise practised pray prayed preach preached
precalculate precalculated precede preceded predominantly prefer preferred prepare prepared present presented preserve
preserved press pressed pressure presumably presume pretend pretended pretty prevent prevented previous previously
price prick pricked primarily print printed private probable probably problem proceed process processed produce
produced product program programme programmed project projected promise promised promoted promptly proofread proper
propose protect protected proud provide provided provides public publicized publish published pull pulled pump pumped
punch punched puncture punctured punish punished purchased purpose push pushed put quality quarter que queried query
question questioned queue quick quickly quid quiet quite race raced radiate radiated radio rail rain rained raise
raised ran range rate rather rd re reach reached read readily ready real realise realised really reason reasonably
rebuild rebuilt receive received recent recently reckon recognise recognised recognize recommend recommended
reconciled record recorded recruited red redirect redirected reduce reduced ref refactor refactored refer reference
referenced referred refined reflect reflected refs refuse refused regard regarding regardless regards region regret
regretted rehabilitated reign reigned reject rejected rejoice rejoiced related relation relatively relax relaxed
release released relied rely remain remained remember remembered remind reminded remove removed rename renamed repair
repaired repeat repeated replace replaced replied reply report reported represent represented reproduce reproduced
request requested require required rescue rescued research researched resequence resequenced resign resigned resolve
resolved resource respect respectively responded responsible rest restore restored restrict restricted result resulted
resulting results resurrect resurrected retain retained retire retired retrieve retrieved return returned reveal
revealed reverse reversed revert reverted reviewed reword reworded rewrite rewritten rhyme rhymed rid right ring rinse
rinsed rise risk risked road rob robbed rock rocked role roll rolled room rot rotted round rub rubbed ruin ruined rule
ruled run rush rushed sack sacked safe said sail sailed sale same satisfied satisfy saturday save saved saw sawed say
saying says scare scared scatter scattered schedule scheduled scheme school science scold scolded scorch scorched
score scotland scrape scraped scratch scratched scream screamed screw screwed scribble scribbled scrub scrubbed seal
sealed search searched seat sec second secondly secretary section secure see seeing seem seemed seeming seems seen
selected self sell selves send sense sensible sent separate separated serious seriously serve served service set
settle settled seven several shade shaded shall share shared shave shaved she shed sheet shelter sheltered shes shiver
shivered shock shocked shoe shoot shop shopped short should show showed shown showns shows shrug shrugged shut sick
side sigh sighed sign signal signalled signed significant significantly similar similarly simple simplified simplify
sin since sincere sing single sinned sip sipped sir sister sit site situate six sixty size ski skied skip skipped slap
slapped sleep slight slightly slip slipped slow slowed small smash smashed smell smelled smile smiled smoke smoked
snatch snatched sneeze sneezed sniff sniffed snore snored snow snowed so soak soaked social society solved some
somebody someday somehow someone something sometime sometimes somewhat somewhere son soon soothe soothed sorry sort
sorted sound sounded south space spare spared spark sparked sparkle sparkled speak special specific specifically
specified specify specifying sped speed spell spelled spend spill spilled spoil spoiled spot spotted spray sprayed
sprout sprouted square squash squashed squeak squeaked squeal squealed squeeze squeezed staff stage staged stain
stained stairs stamp stamped stand standard standardise standardised stare stared start started state states station
stay stayed steer steered step stepped stick still stir stirred stitch stitched stop stopped store stored story
straight strap strapped strategy street strengthen strengthened stretch stretched strike strip stripped stroke stroked
strong strongly structure student studied study stuff stuffed sub subject substantially subtract subtracted succeed
succeeded successfully such suck sucked sudden suffer suffered sufficiently suggest suggested suit suited summarized
summer sun sunday sup supervised supplied supply support supported suppose supposed sure surprise surprised surround
surrounded surveyed suspect suspected suspend suspended switch switched sync synced system table take taken taking
talk talked tame tamed tap tape tapped target targeted taste tasted tax tea teach team tease teased telephone
telephoned television tell tempt tempted ten tend tends term terrible terrified terrify test tested th than thank
thanked thanks that thats thaw thawed the their theirs them themselves then thence there thereafter thereby thered
therefore therein thereof therere theres thereto thereupon these they theyd theyre thick thin thing things think third
thirteen thirty this thorough thoroughly those thou though thousand three through throughout throw thru thursday thus
tick ticked tickle tickled tie tied til till time timed tip tipped tire tired to today together tomorrow tonight too
took top total touch touched tour toured tow toward towards towed town trace traced trade traded traffic train trained
transcribed translated transport transported trap trapped travel traveled travelled treat treated tree tremble
trembled trick tricked tried tries trip tripped trot trotted trouble troubled true truly truncate truncated trust
trusted try trying ts tuesday tug tugged tumble tumbled turn turned tutored twelve twenty twice twist twisted two type
typed un under underneath understand undress undressed unfasten unfastened unfortunately union unit unite united
university unless unlike unlikely unlock unlocked unpack unpacked untidied untidy until unto up update updated upgrade
upgraded upload uploaded upon ups upside upwards us use used useful usefully usefulness uses using usual usually
utilized validate validated value vanish vanished various versus very via video view village visit visited viz void
voided vol vote vs wage wail wailed wait waited walk walked wall wander wandered want wanted wants war warm warmed
warn warned was wash washed waste wasted watch watched water watered wave waved way we wear wed wednesday wee week
weigh weighed welcome welcomed well went were west what whatever whats when whence whenever where whereafter whereas
whereby wherein wheres whereupon whether which whichever while whilst whim whine whined whip whipped whirl whirled
whisper whispered whistle whistled white whither who whod whoever whole whom whomever whos whose why wide widely wife
will willing win wind window wink winked wipe wiped wish wished with within without wobble wobbled woman wonder
wondered wood word words work worked world worried worry worse worth would wrap wrapped wreck wrecked wrestle wrestled
wriggle wriggled write wrong wrote www yawn yawned year yell yelled yes yesterday yet you youd young your youre yours
yourself yourselves zero zip zipped zoom zoomed
"""
EVERYDAY = frozenset(_LISTED.split())
