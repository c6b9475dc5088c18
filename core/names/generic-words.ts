const wordsIn = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/u).filter((word) => word !== ''));

/** Words that carry no meaning of their own in a name: articles, prepositions and conjunctions of the languages that names come in. */
export const STOP_WORDS = wordsIn(`
  the of for and in on to a an at by with from
  de du des la le les l d et en pour au aux sur par
  el los las y del con para o do da dos das e em
  der die das dem den und fur von zum zur
  van het voor
  di il lo gli per
  dan untuk`);

/** What registers require of a name, and people leave out. Normalised; `e.V.` is `ev`. */
export const LEGAL_FORMS = wordsIn(`
  inc incorporated ltd limited llc llp plc corp co gmbh ggmbh ev ag sa sarl sas srl spa bv nv asbl aisbl vzw pty pvt oy oyj ab as aps
  sro kft sal npo npc cio cic tbk sdn bhd lda ltda`);

/** Abbreviations and spellings of one word, as it is compared. An abbreviation of several words becomes these. */
export const SPELLINGS: Readonly<Record<string, string>> = {
  intl: 'international',
  int: 'international',
  internacional: 'international',
  internationale: 'international',
  org: 'organization',
  organisation: 'organization',
  organisations: 'organizations',
  programme: 'program',
  programmes: 'programs',
  centre: 'center',
  labour: 'labor',
  defence: 'defense',
  assoc: 'association',
  assn: 'association',
  dept: 'department',
  min: 'ministry',
  govt: 'government',
  gov: 'government',
  natl: 'national',
  nat: 'national',
  univ: 'university',
  inst: 'institute',
  fdn: 'foundation',
  dev: 'development',
  soc: 'society',
  fed: 'federation',
  un: 'united nations',
  us: 'united states',
  usa: 'united states',
  uk: 'united kingdom',
  eu: 'european union',
};

/** Words that many organisations have in their names: how many of a hundred, roughly, in the registry of IATI publishers. */
export const COMMON_WORDS = wordsIn(`
  international national organization association foundation fund trust society center institute university college school council
  committee commission federation union network group agency authority office department ministry government secretariat bureau service
  services support development health education women children youth community communities social action aid relief humanitarian
  cooperation research rural human rights peace world global africa african asia asian european country program project initiative
  people care charity welfare environment water economic public state local regional federal`);

/** The bodies that every state has: alone, such a name says what they do and not whose they are. */
export const STATE_WORDS = wordsIn(`
  ministry department government directorate embassy consulate police army parliament municipality council district province provincial
  state national federal central local office commission committee authority agency bureau service services secretariat
  health education interior internal home foreign external affairs labor employment justice finance planning defense agriculture women
  youth family children social welfare gender migration immigration border tourism trade industry environment statistics development
  public security human rights disaster management emergency`);
