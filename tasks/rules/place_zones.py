"""The time zones of countries, and of the states and provinces of the United States and Canada. Data only.

After the IANA time zone database (public domain). Of a country or state with several clocks all are named, "A|B", but
those of a handful of people. Countries with many and no state named here are left out: nobody's clock is guessed.
"""

# zone: names by which people write the place, the ISO code first
COUNTRIES = """
Europe/Andorra: AD, Andorra
Asia/Dubai: AE, United Arab Emirates, UAE
Asia/Kabul: AF, Afghanistan
Europe/Tirane: AL, Albania
Asia/Yerevan: AM, Armenia
Africa/Luanda: AO, Angola
America/Argentina/Buenos_Aires: AR, Argentina
Europe/Vienna: AT, Austria, Österreich
Asia/Baku: AZ, Azerbaijan
Europe/Sarajevo: BA, Bosnia and Herzegovina, Bosnia
America/Barbados: BB, Barbados
Asia/Dhaka: BD, Bangladesh
Europe/Brussels: BE, Belgium
Africa/Ouagadougou: BF, Burkina Faso
Europe/Sofia: BG, Bulgaria
Asia/Bahrain: BH, Bahrain
Africa/Bujumbura: BI, Burundi
Africa/Porto-Novo: BJ, Benin
Atlantic/Bermuda: BM, Bermuda
Asia/Brunei: BN, Brunei
America/La_Paz: BO, Bolivia
America/Nassau: BS, Bahamas
Asia/Thimphu: BT, Bhutan
Africa/Gaborone: BW, Botswana
Europe/Minsk: BY, Belarus
America/Belize: BZ, Belize
Africa/Kinshasa|Africa/Lubumbashi: CD, Congo (Dem. Rep.)
Africa/Bangui: CF, Central African Rep.
Africa/Brazzaville: CG, Congo
Europe/Zurich: CH, Switzerland, Schweiz, Suisse
Africa/Abidjan: CI, Ivory Coast, Cote d'Ivoire, Côte d'Ivoire
America/Santiago|America/Punta_Arenas|Pacific/Easter: CL, Chile
Africa/Douala: CM, Cameroon
Asia/Shanghai: CN, China
America/Bogota: CO, Colombia
America/Costa_Rica: CR, Costa Rica
America/Havana: CU, Cuba
Atlantic/Cape_Verde: CV, Cape Verde, Cabo Verde
Asia/Nicosia: CY, Cyprus
Europe/Prague: CZ, Czech Republic, Czechia
Europe/Berlin: DE, Germany, Deutschland
Africa/Djibouti: DJ, Djibouti
Europe/Copenhagen: DK, Denmark, Danmark
America/Santo_Domingo: DO, Dominican Republic
Africa/Algiers: DZ, Algeria
America/Guayaquil|Pacific/Galapagos: EC, Ecuador
Europe/Tallinn: EE, Estonia
Africa/Cairo: EG, Egypt
Africa/Asmara: ER, Eritrea
Europe/Madrid|Atlantic/Canary: ES, Spain, España
Africa/Addis_Ababa: ET, Ethiopia
Europe/Helsinki: FI, Finland
Pacific/Fiji: FJ, Fiji
Europe/Paris: FR, France
Africa/Libreville: GA, Gabon
Europe/London: GB, United Kingdom, UK, Great Britain, England, Scotland, Wales, Northern Ireland
Asia/Tbilisi: GE, Georgia
Africa/Accra: GH, Ghana
Europe/Gibraltar: GI, Gibraltar
Africa/Banjul: GM, Gambia
Africa/Conakry: GN, Guinea
Europe/Athens: GR, Greece
America/Guatemala: GT, Guatemala
America/Guyana: GY, Guyana
Asia/Hong_Kong: HK, Hong Kong
America/Tegucigalpa: HN, Honduras
Europe/Zagreb: HR, Croatia
America/Port-au-Prince: HT, Haiti
Europe/Budapest: HU, Hungary
Europe/Dublin: IE, Ireland, Republic of Ireland
Asia/Jerusalem: IL, Israel
Asia/Kolkata: IN, India
Asia/Baghdad: IQ, Iraq
Asia/Tehran: IR, Iran
Atlantic/Reykjavik: IS, Iceland
Europe/Rome: IT, Italy, Italia
America/Jamaica: JM, Jamaica
Asia/Amman: JO, Jordan
Asia/Tokyo: JP, Japan
Africa/Nairobi: KE, Kenya
Asia/Bishkek: KG, Kyrgyzstan
Asia/Phnom_Penh: KH, Cambodia
Asia/Seoul: KR, South Korea, Korea, Republic of Korea
Asia/Kuwait: KW, Kuwait
America/Cayman: KY, Cayman Islands
Asia/Almaty: KZ, Kazakhstan
Asia/Vientiane: LA, Laos
Asia/Beirut: LB, Lebanon
Europe/Vaduz: LI, Liechtenstein
Asia/Colombo: LK, Sri Lanka
Africa/Monrovia: LR, Liberia
Africa/Maseru: LS, Lesotho
Europe/Vilnius: LT, Lithuania
Europe/Luxembourg: LU, Luxembourg
Europe/Riga: LV, Latvia
Africa/Tripoli: LY, Libya
Africa/Casablanca: MA, Morocco
Europe/Monaco: MC, Monaco
Europe/Chisinau: MD, Moldova
Europe/Podgorica: ME, Montenegro
Indian/Antananarivo: MG, Madagascar
Europe/Skopje: MK, North Macedonia, Macedonia
Africa/Bamako: ML, Mali
Asia/Yangon: MM, Myanmar, Burma
Africa/Nouakchott: MR, Mauritania
Europe/Malta: MT, Malta
Indian/Mauritius: MU, Mauritius
Africa/Blantyre: MW, Malawi
Asia/Kuala_Lumpur: MY, Malaysia
Africa/Maputo: MZ, Mozambique
Africa/Windhoek: NA, Namibia
Africa/Niamey: NE, Niger
Africa/Lagos: NG, Nigeria
America/Managua: NI, Nicaragua
Europe/Amsterdam: NL, Netherlands, The Netherlands, Holland
Europe/Oslo: NO, Norway
Asia/Kathmandu: NP, Nepal
Pacific/Auckland|Pacific/Chatham: NZ, New Zealand
Asia/Muscat: OM, Oman
America/Panama: PA, Panama
America/Lima: PE, Peru
Asia/Manila: PH, Philippines
Asia/Karachi: PK, Pakistan
Europe/Warsaw: PL, Poland, Polska
Asia/Hebron: PS, Palestine
Europe/Lisbon|Atlantic/Azores: PT, Portugal
America/Asuncion: PY, Paraguay
Asia/Qatar: QA, Qatar
Europe/Bucharest: RO, Romania
Europe/Belgrade: RS, Serbia
Africa/Kigali: RW, Rwanda
Asia/Riyadh: SA, Saudi Arabia
Indian/Mahe: SC, Seychelles
Africa/Khartoum: SD, Sudan
Europe/Stockholm: SE, Sweden, Sverige
Asia/Singapore: SG, Singapore
Europe/Ljubljana: SI, Slovenia
Europe/Bratislava: SK, Slovakia
Africa/Freetown: SL, Sierra Leone
Africa/Dakar: SN, Senegal
Africa/Mogadishu: SO, Somalia
America/Paramaribo: SR, Suriname
Africa/Juba: SS, South Sudan
America/El_Salvador: SV, El Salvador
Asia/Damascus: SY, Syria
Africa/Mbabane: SZ, Eswatini, Swaziland
Africa/Ndjamena: TD, Chad
Africa/Lome: TG, Togo
Asia/Bangkok: TH, Thailand
Asia/Dushanbe: TJ, Tajikistan
Asia/Ashgabat: TM, Turkmenistan
Africa/Tunis: TN, Tunisia
Europe/Istanbul: TR, Turkey, Türkiye
America/Port_of_Spain: TT, Trinidad and Tobago
Asia/Taipei: TW, Taiwan
Africa/Dar_es_Salaam: TZ, Tanzania
Europe/Kyiv: UA, Ukraine
Africa/Kampala: UG, Uganda
America/Montevideo: UY, Uruguay
Asia/Tashkent: UZ, Uzbekistan
America/Caracas: VE, Venezuela
Asia/Ho_Chi_Minh: VN, Vietnam, Viet Nam
Asia/Aden: YE, Yemen
Africa/Johannesburg: ZA, South Africa
Africa/Lusaka: ZM, Zambia
Africa/Harare: ZW, Zimbabwe
"""

STATES = """
America/Chicago: AL, Alabama
America/Anchorage|America/Adak: AK, Alaska
America/Phoenix|America/Denver: AZ, Arizona
America/Chicago: AR, Arkansas
America/Los_Angeles: CA, California
America/Denver: CO, Colorado
America/New_York: CT, Connecticut
America/New_York: DE, Delaware
America/New_York: DC, District of Columbia, Washington DC
America/New_York|America/Chicago: FL, Florida
America/New_York: GA, Georgia
Pacific/Honolulu: HI, Hawaii
America/Boise|America/Los_Angeles: ID, Idaho
America/Chicago: IL, Illinois
America/Indiana/Indianapolis|America/Chicago: IN, Indiana
America/Chicago: IA, Iowa
America/Chicago|America/Denver: KS, Kansas
America/New_York|America/Chicago: KY, Kentucky
America/Chicago: LA, Louisiana
America/New_York: ME, Maine
America/New_York: MD, Maryland
America/New_York: MA, Massachusetts
America/Detroit|America/Chicago: MI, Michigan
America/Chicago: MN, Minnesota
America/Chicago: MS, Mississippi
America/Chicago: MO, Missouri
America/Denver: MT, Montana
America/Chicago|America/Denver: NE, Nebraska
America/Los_Angeles|America/Denver: NV, Nevada
America/New_York: NH, New Hampshire
America/New_York: NJ, New Jersey
America/Denver: NM, New Mexico
America/New_York: NY, New York
America/New_York: NC, North Carolina
America/Chicago|America/Denver: ND, North Dakota
America/New_York: OH, Ohio
America/Chicago: OK, Oklahoma
America/Los_Angeles|America/Boise: OR, Oregon
America/New_York: PA, Pennsylvania
America/Puerto_Rico: PR, Puerto Rico
America/New_York: RI, Rhode Island
America/New_York: SC, South Carolina
America/Chicago|America/Denver: SD, South Dakota
America/Chicago|America/New_York: TN, Tennessee
America/Chicago|America/Denver: TX, Texas
America/Denver: UT, Utah
America/New_York: VT, Vermont
America/New_York: VA, Virginia
America/Los_Angeles: WA, Washington
America/New_York: WV, West Virginia
America/Chicago: WI, Wisconsin
America/Denver: WY, Wyoming
"""

PROVINCES = """
America/Edmonton: AB, Alberta
America/Vancouver|America/Edmonton: BC, British Columbia
America/Winnipeg: MB, Manitoba
America/Moncton: NB, New Brunswick
America/St_Johns|America/Goose_Bay: NL, Newfoundland and Labrador, Newfoundland
America/Halifax: NS, Nova Scotia
America/Edmonton: NT, Northwest Territories
America/Iqaluit|America/Rankin_Inlet|America/Cambridge_Bay: NU, Nunavut
America/Toronto|America/Winnipeg: ON, Ontario
America/Halifax: PE, Prince Edward Island
America/Toronto|America/Halifax: QC, Quebec, Québec
America/Regina|America/Edmonton: SK, Saskatchewan
America/Whitehorse: YT, Yukon, Yukon Territory
"""
