"""Words of the trade: what issues of our product are full of, and what many company names end with. Data only, ours.

TECHNICAL   of computers and of our product: no evidence of a customer, as EVERYDAY is not
PLAIN       everyday ones that the lists of others lack
TRADE       what a company does or calls itself; its name is known by the words before them
LEGAL       the forms of companies
PRODUCTS    names of products that begin with the name of their maker, who may be a customer, as one regular expression
"""

_TECHNICAL = """
access addigy ade admin administrator aes agent agents ain airwatch alias amd64 ansible api apis apns app append apple
apps apr apt arch architecture archive aren argv arm arm64 array artifact assert async attribute audit aug auth author
autofill autopilot awk aws backend backup bandwidth bash batch beta binary bios bit bitlocker blank bool boolean boot
branch broken browser browsers bug bugs build builds bulk bundle byod bytes carbonblack carve cask cat cd cert
certificate certificates certs changelog channel checkbox checksum chef chip chmod choco chocolatey chown chrome
chromebook chromebooks chromeos chromium cidr cli clipboard cloud cluster code collation column columns compliance
compliant component compose config configs configuration connection connector console constraint container containers
cookie corrupt couldn cp cpe cpu crash crashes crlf cron crowdstrike crud csv curl cursor custom customer customers
cve cves daemon dark dashboard dashboards data database databases deadlock deb debian debug dec decrypt default
defaults defender delta dep deploy deployment desktop device devices diagnostics dialog didn diff digest dir directory
disk disks dmesg dmg dns docker docs doesn domain domains don downgrade download downloads downtime driver dropdown
dump duplicate dynamic ec2 echo ecs edge editor eks elastic emacs employee encrypt encrypted encryption end endpoint
endpoints enroll enrolled enrollment entra enum env environment eof eol error errors event events exact excel
exception exe expired export extension extensions external failed fails failure falcon fallback fatal feature features
feb fedora feed field fields figma filename filesystem filter filters firefox firewall firmware fish fix flag flags
flatpak fleet fleetctl fleetd folder folders font footer fork freeze fri friday frontend frozen fsck function gateway
gb gcp ghz git github gitops global gnome golang goroutine gpg gpu grafana graph grep grid group groups gui gzip hang
hardware hash hasn haven header headers helm hex homebrew homepage host hosted hosting hostname hostnames hosts hourly
html http https hub hyper iam icon icons id identifier identity idle idp ids image images imports inbox indexes ingest
init input insert install installed installer installers installs instance instances integer integration integrations
intel interface internal internet interval intervals intune inventory invoice ios ip ipad ipados iphone ipv4 ipv6 isn
isolation issue issues item jamf jan java javascript jetbrains jira job jobs journalctl json jul jun kafka kandji kde
kernel key keychain keys kind kiosk kubectl kubernetes label labels lag laptop laptops latency latest launchctl
launchd layout ldap leak leap library licence license light limit limits line linear link links lint linux live ll
load loader loading locale localhost lock log login logins logo logout logs loop ls mac macbook macbooks macos macs
mail maintenance managed management manifest manual map mar markdown mask master match max maximum md5 mdm media
memory menu merge message messages meta metadata metric metrics middleware migrate migration migrations mime min
minikube minimum mint mirror missing mkdir mobile modal mode module mon monday monitor monitoring mosyle mount mouse
mozilla msi multiple munki mustn mutex mv mysql nat native nav ndes needn network networks nginx nightly nil node
nodes notification notifications notion nov nudge null numeric nvd oauth oct offline okta onboarding online openssl
opera operating option options oracle orbit org organization organizations orgs osquery osqueryd osqueryi osx output
oval overflow override owner package packages packet pagination panel panic param parameter parser partition password
passwords patch patches path paths payload pdf pending performance permission permissions pid ping pinned pipeline
pixel pkg placeholder platform platforms plist plugin plutil podman policies policy poll popup port portal ports posix
postgres postman powershell prefix preview process processes prod production profile profiles prompt protocol provider
proxy pubsub puppet push python queries query queue queued quota ram random raw rds re readme reboot rebooted red
redis refetch refresh regex region registry release releases reload remote render replica replicas repo repository
request requests response responses rest restart restarts retries retry rm rmdir role roles rollback root route router
row rows rpm rsa ruby run runtime s3 safari salesforce saml santa sat scan scanner scep schedule schema scim
scoop scope screen screenshot screenshots script scripts scroll sdk search secret secrets sed select semaphore sensor
sentinelone sep sept sequoia server servers service session sessions setting settings setup sha sha1 sha256 shell
shortcut shouldn sidebar silicon slack slash snap snapshot snippet software sonoma sort source spike splash splunk sql
ssh ssl sso stack staging status stderr stdin stdout storage stream string struct subnet sudo sudoers suite sum
summary support surface syntax sys system systemctl systemd systems tab table tables tablet tabs tag tags tail tanium
tar target targets task team teams telemetry template tenant terminal terraform text theme thread threads throttle
throughput thu thur thursday ticket tile timeout timeouts timestamp timezone title tls tmux toggle token tokens tool
tools tooltip topic trace traffic trash tray trigger trust tue tues tuesday typo ubuntu ui undefined uninstall
uninstalled unreachable unresponsive unsupported update updater updates upgrade upload uptime url urls usb use user
username usernames users utc utf utf8 uuid uuids validation value values variable variables vault ve vendor ventura
verbose version versions vim vm vms vpc vpn vpp vscode vulnerabilities vulnerability wait warning warnings wasn
wayland web webex webhook webhooks website wed wednesday wget widget wifi window windows winget wipe wizard won worker
workers workflow workspace workspaceone workspaces workstation workstations wouldn x509 x64 x86 xcode xml xorg yaml
yara yml yum zendesk zip zone zoom zsh
"""
_PLAIN = """
ability abort acceptable accident accurate activate activity actor adapter adequate adjacent admins advanced advantage
advice affiliate aid aim airport alarm album algorithm alpha alternative ambient analysis analyst anchor angle animal
annual anomaly apartment apology apostrophe appendix appliance applicant application appointment april argument arrow
article artist ascii assistant attachment attendee auction audience audio august autumn avenue average award azure
background badge bait banner bargain barrier basement basket bath battery beach bean beard bell belt bench billing bin
bird birthday bitmap blade blame blanket blog blossom bone bonus boss bottleneck bound boundary bowl brain brand brave
bread breakdown breakfast breath brick bridge broad bronze brown buck bucket buddy bullet bunch burst button buttons
buyer byte cabinet cable calendar calm camera campaign canada canvas capability capable capacity carbon career careful
cargo carpet carrier cart cascade castle casual catalog category caution ceiling cell census ceremony chain chairs
champion chapter charm chart charts chat cheese chief children chime chrono chunk cinema circle circuit citizen civil
classic clause cliff climate clone closet cloth clue coal coast coat coin collapse collision color colors combination
combo comfort comma commerce commercial commission commitment commodity communication comparison competition complaint
complex compliment compound compress compression compromise concept concert conclusion concrete conference confidence
confidential confirm conflict confusion congress conjunction consent consequence conservative consistent constant
contest context continent contractor contrast contribution contributor conversation conversion cool copper copyright
core corporate correction costs counter coupon courage courtesy cousin cream creator crew cricket crime crisis
criteria critic critical crop crowd crown crude crystal cube culture curious currency cushion custody cyber dash dawn
deadline dealer dean death debt decade december decimal declaration decline decrease dedicated defense deficit
delivery demand demo density deny departure dependency deposit depth deputy derived description desk destination
dialogue diamond diet digit dimension diploma diplomat disaster discount discovery disease dish dispatch dispute
distance distinct diversity dna dock domestic dominant dose dot dozen draft drama drawer drug duck duration duty eagle
earth eclipse economic edit edition editorial effective efficiency effort egress elbow elder election element elevator
emergency emission emotion emphasis empire enemy enforcement engage enthusiasm entity entrance entries entry envelope
episode equation era escalate essay estimate ethics evolution exam execution executive exit expert expiration expiry
explanation explicit exploit explorer exposure extent extreme fabric facility factor faith fame familiar fan fare fate
fault favorite february fee feedback fellow female festival fiber fiction fifty finder finding finger fiscal fixture
flame flavor flaw flight flip fluid flux focus foil folk forecast forest formal formula forum fossil fountain fox
fraction fragment frank fraud freedom frequency frequent fresh fridge fruit fuel fuzzy gain galaxy gallery gap garage
gate gauge gear gender gene genius gentle genuine gesture ghost giant gift glance glimpse globe glory goal gold golden
goods gown grace grade graduate grain grammar grape graphic grass grave gravity gray grey grief grocery growth guest
guidance guideline guilt guitar gun habit halt handbook handler handshake harmony harvest hawk hazard headline height
helmet herb heritage hero highlight highway hill hint hire hockey hole holy honey honor horizon hormone horror hotfix
household housekeeping human humble humor hunger hurdle hybrid ice ideal illegal illness impact implicit impression
incident incoming incorrect independent indicator indirect infant infinite inflation infrastructure ingress initial
initiative injury inn innocent inspection inspector instant instruction insult intake intelligence intense intention
interaction interim intern interpreter intro invalid invasion investor invitation iron island isolated italic ivory
jacket january japan jar jaw jazz jelly jewel joint journal journey joy juice july jumbo june jungle junior junk jury
justice keyboard kite knee knife knight knowledge ladder lake lamp landscape lane laser latch laundry lawn lawyer
layer leader leaf league leather lecture legacy legend lemon length lens lesson leverage liability liberal liberty
lifecycle lifetime liter literal loan lobby locker logic lone lotus lounge loyal lunar mad magazine magic magnet
maiden maker mall manner manor maple marble margin marker mass massive math matrix mayor meal meat mechanic medal
medium melody membership memo memorial mental merchant mercy merit mesh mess meter method mic micro midnight military
mini minimal minis minority miracle misc misuse mock model moderate modern modest mold momentum monkey monster monthly
monument mood moon moral mosaic motel motive mountain mouth movie mud mule multi muscle mushroom myth natural
navigation nearby neat neck negative neighbor nephew nerve neural neutral nickname nightmare noble noise nominal nose
notch notebook noun november nuclear nurse nut oak obligation obstacle occupation ocean october offense olive omega
onion opaque opening opinion opponent optical optimal optimistic orange orchard organ orientation origin outage
outcome outdoor outer outgoing outlet outline outlook oven overhead overlap overlay overview oxygen pace pad padding
pain palace palm pants parade paradise parallel partial participant passage passenger passion passive pastor patience
patient patrol pattern payment payroll peace peak pearl peer penalty pencil peninsula pepper percentage perception
performer peril perimeter permanent persistent personal personnel perspective phase phenomenon philosophy phrase
physical piano pilot pink pioneer pipe pistol pitch pivot pizza plain planet plastic plate platinum pledge plot plural
pocket poem poet poison pole pond pony pool popular population porch pot potato potential powder practical practice
precise predicate premium presence president prestige pride priest primary prime prince principal principle prior
priority prison privacy privilege prize probe procedure processor profit prohibit proof proposal prospect prosper
protest province provision psychology pulse pupil pure purge purple purse puzzle quantity quartz queen quest quote
rabbit rack racket radar rage raid rally ramp ranch ranger rank rapid rare ratio raven ray reaction reader rear rebel
receipt receiver recipe recipient reconnect recovery recursive redundant reform refund refusal regime register
regression regular rejection relative relay relevant reliable relief religion reluctant remark remedy reminder removal
rent replacement representative reputation reserve reset residence resident resolution resort restriction retention
retirement retreat retro revenue review revision revolution reward rhythm ribbon rich rifle rival river robin robot
robust rocket roof rookie rope rose rough routine rubber rug rumor rural rust sacred sad saddle salad salary salmon
salt sample sand satellite satisfaction sauce savage scale scenario scene scholar scout screening sculpture season
secondary sector seed segment selection semester semi senate senior sensitive sentence sentinel sentry sequence serial
series sermon severe severity shadow shaft shallow shame sharp shield shift shine shirt shore shot shoulder shower
shrink shuttle sibling siege signature silence silk silver sink siri sketch skill skin skirt sky slave slice slide
slot smart smooth snake soap socket sofa soft soil soldier sole solid solo song soul soup spam span spatial speaker
species spectrum speech sphere spice spider spin spine spirit splendid split spoke sponsor spoon spread spring spy
squad stable stadium stake stall stance standby standup startup static statistic statue steady steam steep stem stereo
stern stock stomach stool storm stove strain strand strange stranger strategic straw stress strict style submit
subscription subsequent subset substance substitute subtle suburb success sugar summit superior supreme surge surgeon
surgery surplus surrender survey survival survivor swamp swap swear sweet swift swim swing sword symbol sympathy
symptom syndrome synonym tactic talent tall tank taxi teacher teammate tear teenager telegram telescope temperature
temple temporary tender tennis tension tenure terrace territory terror texture thankful theory therapy thermal thesis
thief thought threat threshold thrill throat throne thumb thunder tide tiger tight timber timeline timer tin tiny
tissue toast tobacco toe toilet tomato ton tone tongue tooth torch tornado tower toxic track tracker tract trail
trailer trait transaction transfer transition translation transmit transparent treasure treatment treaty trend trial
triangle tribe trillion trio triple troop trophy tropical truck trunk truth tube tune tunnel turbo turtle tutor twin
typical tyre ugly ultimate unable unavailable uncle unhappy uniform unique universe unknown unlimited unresolved
upcoming upper upset urban urgent usage vacation vaccine vacuum vague valid vampire van variant variation variety vast
vector vehicle velocity venue verdict verify verse vessel veteran victim victory violence violet virtual virus visible
visitor visual vital vivid vocabulary voice volcano volume voluntary volunteer voter voucher vowel voyage wagon waist
walker wallet wanderer warehouse warmth warranty warrior wax weak wealth weapon weather wedding weekday weekdays
weekend weekends weekly weight weird wheat wheel wicked wildcard wildlife winner winter wire wisdom wit witness wolf
workaround workload workplace worm worship wrist writer writing yard yarn yellow yield youth zebra
"""
_TRADE = """
academy advertising advisors aerospace agency air airlines airways alliance analytics apparel architects associates
association automation automotive aviation bakery bank banking beauty beverages bio biotech books brands brewing bros
brothers builders building business cafe capital care catering center centers central centre chemicals chemical city
clinic clinics clothing cloud coffee collective college comms communications company computing concepts construction
consultants consulting consumer contractors cosmetics council county creative credit dairy data dental department
design designs development digital direct distribution education electric electronics energy engineering enterprise
enterprises entertainment equipment estate estates exchange express factory farm farms fashion federal films finance
financial first fitness food foods foundation freight fund furniture games gaming gas general genetics genomics global
government group guild hardware health healthcare holding holdings home homes hospital hospitality hotel hotels house
housing imaging industrial industries industry informatics information institute instruments insurance interactive
international internet investment investments jewelers kitchen lab laboratories labs learning legal leasing life
lighting line lines logistics machines management manufacturing marine market marketing markets materials media
medical medicine metal metals mining mobile mobility mortgage motor motors museum music mutual national network
networks news observatories office oil optics organics packaging paper parts partners partnership payments pharma
pharmaceuticals pharmacy photo pictures plastics point power precision press print printing private products
production productions professional properties property public publishing racing rail railway real realty records
recruiting red regional renewables rental research resorts resources restaurant restaurants retail robotics royal
school schools science sciences security semiconductor semiconductors service services shipping shop shops social
society software solar solution solutions source space sports star state steel stone store stores strategies studio
studios supply surgical systems tech technologies technology telecom television textiles theater tours toys trade
trading transit transport transportation travel trust union united universal university utilities valley ventures
vision water wellness west wine wines wireless wood works workshop world worldwide yards east north south western
eastern northern southern new old american european british german french canadian africa america asia europe emea
apac latam usa uk
"""
_LEGAL = """
ab ag aktiengesellschaft as asa bhd bv co company corp corporation cv dac eg ek ev gbr ggmbh gmbh hf inc incorporated
kft kg kgaa kk limited llc llp lp ltd limitada mbh nv ohg oy oyj plc pbc pllc pt pte pty pvt sa sab sarl sas sc se sl
spa sro srl ug ulc
"""
_FUNCTION = """
a about above after again all an and another any are as at back be been before both but by can do down each end
every few first for from get go good great has have here how i if in into is it its just last like made make many me
more most much my new next no not now of off on once one only open or other our out over own right same she so some
such sure than that the their them then there these they this to too two under up us very was we well what when where
which who why will with you your
"""
TECHNICAL = frozenset(_TECHNICAL.split())
PLAIN = frozenset(_PLAIN.split())
TRADE = frozenset(_TRADE.split())
LEGAL = frozenset(_LEGAL.split())
FUNCTION = frozenset(_FUNCTION.split())
PRODUCTS = r"""
    \b(?: google\ (?:chrome|workspace|cloud|play|analytics)
        | microsoft\ (?:edge|windows|defender|intune|entra|office|365|teams|autopilot|store|sql\ server|azure|excel)
        | apple\ (?:silicon|business\ manager|school\ manager|push|id|m\d|tv|watch) | mozilla\ firefox
        | amazon\ (?:linux|aurora|rds|s3|ecs|web\ services|kinesis) | oracle\ linux | red\ hat\ enterprise\ linux
        | intel\ (?:mac|macs|core|chip|cpu|cpus|processor) | arm\ (?:mac|macs|chip|cpu|cpus|processor)
        | github\ (?:actions?|issues?|repos?|repository) | docker\ (?:compose|hub|desktop|image|container)
    )\b
"""
