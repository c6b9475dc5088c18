import { foldName } from '../../vocabulary/place-names.ts';
import type { Status } from './mapping.ts';

/** What people write into cells that have no value. */
const NO_VALUE =
  /^(?:#n\/a|#ref!|#value!|#name\?|#div\/0!|n\/a|n\.a\.?|na|nan|null|none|nil|tbd|tbc|unknown|unspecified|not specified|not available|no data|sin datos|s\/o|s\/d|n\.d\.|\?+|-+|–|—|\.+|x)$/i;

/** Whether a cell says nothing. `NA` is a country where codes of countries stand. */
export function saysNothing(cell: string, isCountryCode: boolean): boolean {
  if (cell === '') return true;
  // Nothing longer is in the list; most cells are.
  if (cell.length > 15) return false;
  return NO_VALUE.test(cell) && !(isCountryCode && cell.toUpperCase() === 'NA');
}

const STATUS_WORDS: Readonly<Record<Status, string>> = {
  planned:
    'planned|pipeline|planning|upcoming|future|proposed|pending|not started|not yet started|to start|planifie|planifiee|prevu|prevue|planificado|planificada|previsto|prevista|planejado|planejada|direncanakan|rencana|مخطط|مخطط له',
  ongoing:
    'ongoing|on going|on-going|active|in progress|underway|under way|started|implementation|implementing|current|running|open|continuing|en cours|en curso|en ejecucion|em curso|em andamento|em execucao|berjalan|sedang berjalan|جاري|مستمر|قيد التنفيذ',
  completed:
    'completed|complete|finished|done|closed|ended|finalised|finalized|termine|terminee|acheve|achevee|cloture|completado|completada|finalizado|finalizada|terminado|terminada|concluido|concluida|selesai|مكتمل|منجز|منتهي',
  suspended:
    'suspended|on hold|paused|interrupted|suspendu|suspendue|suspendido|suspendida|suspenso|suspensa|ditunda|معلق|متوقف',
  cancelled: 'cancelled|canceled|abandoned|dropped|annule|annulee|cancelado|cancelada|dibatalkan|ملغي|ملغى',
};

const STATUSES_BY_WORD: ReadonlyMap<string, Status> = new Map(
  (Object.entries(STATUS_WORDS) as [Status, string][]).flatMap(([status, words]) =>
    words.split('|').map((word) => [foldName(word), status] as const),
  ),
);

/** IATI ActivityStatus. */
const STATUS_CODES: Readonly<Record<string, Status>> = {
  1: 'planned',
  2: 'ongoing',
  3: 'completed',
  4: 'completed',
  5: 'cancelled',
  6: 'suspended',
};

/** The status a cell names, in one of six languages or by IATI's code; null for any other word. */
export function readStatus(cell: string): Status | null {
  return STATUSES_BY_WORD.get(foldName(cell)) ?? STATUS_CODES[cell] ?? null;
}

export const STATUS_HINT = 'Write planned, ongoing, completed, suspended or cancelled, or map the value.';

/** Kinds of actor by what 3W sheets call them; each word stands for the kind that claims least. */
const KIND_WORDS: Readonly<Record<string, string>> = {
  state_national:
    'government|goverment|governmental|national government|ministry|line ministry|gov|govt|gouvernement|gobierno|governo|pemerintah|حكومة|حكومي|national authority|government agency',
  state_local:
    'local government|local authority|local authorities|municipality|sub national government|autorites locales|gobierno local|pemerintah daerah',
  intergovernmental:
    'un|un agency|un agencies|united nations|international organization|international organisation|igo|io|intergovernmental organisation|intergovernmental organization|multilateral|agence onu|agence des nations unies|nations unies|onu|agencia onu|naciones unidas|pbb|أمم متحدة|وكالة أمم متحدة',
  ingo: 'international ngo|ingo|ingos|i ngo|international non governmental organization|international non governmental organisation|ong internationale|ongi|ong internacional|lsm internasional|منظمة دولية غير حكومية|منظمة دولية',
  national_ngo:
    'national ngo|nngo|local ngo|lngo|nngos|ngo|national organization|national organisation|local organisation|local organization|cso|ong nationale|ong locale|ongn|ong nacional|ong local|ong|lsm|lsm nasional|منظمة محلية|منظمة وطنية|منظمة غير حكومية',
  civil_society_network: 'network|consortium|civil society network',
  community_or_faith_group:
    'cbo|community based organisation|community based organization|faith based organisation|faith based organization|fbo|religious',
  diaspora_association: 'diaspora|diaspora association|diaspora organisation|diaspora organization',
  migrant_led_group: 'migrant led|migrant led group|refugee led organisation|refugee led organization|rlo',
  employer: 'private|private sector|company|private company|secteur prive|sector privado|setor privado|swasta|قطاع خاص',
  academic:
    'academia|academic|university|research|research institution|universite|universidad|universidade|universitas',
  foundation: 'foundation|fondation|fundacion|fundacao|yayasan',
  media: 'media|medias|medios|press',
};

const KINDS_BY_WORD: ReadonlyMap<string, string> = new Map(
  Object.entries(KIND_WORDS).flatMap(([kind, words]) => [
    [kind, kind] as const,
    ...words.split('|').map((word) => [foldKind(word), kind] as const),
  ]),
);

/** The code of the kind of actor that a cell names; null where it is none, or says less than any kind (`Donor`, `Other`, `Red Cross`). */
export function readActorKind(cell: string): string | null {
  return KINDS_BY_WORD.get(cell) ?? KINDS_BY_WORD.get(foldKind(cell)) ?? null;
}

function foldKind(text: string): string {
  return foldName(text)
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** A code of a place as sheets have it: ISO 3166 or a P-code, at least two signs with a letter first, or digits of a national list. */
export function isPlaceCode(cell: string): boolean {
  return /^(?:[a-z]{2}[a-z0-9_ -]{0,28}|\d{2,12})$/i.test(cell) && !/^0+$/.test(cell);
}

/** A P-code beyond doubt: letters of a country and digits behind them. */
export function looksLikePCode(cell: string): boolean {
  return /^[a-z]{2,3}[-_ ]?\d{2,10}$/i.test(cell);
}
