/** What a hub id can name, by its prefix. */
export const HUB_ID_PREFIXES = {
  act: 'actor',
  prg: 'programme',
  cmp: 'campaign',
  ent: 'calendar entry',
  ovl: 'overlap',
  sug: 'suggestion',
  ans: 'answer',
  key: 'API key',
  usr: 'user',
  mem: 'membership',
  cor: 'corridor',
  trm: 'term',
  plc: 'place',
  ins: 'insight',
  gap: 'gap',
  com: 'commitment',
  con: 'contact',
  mec: 'mechanism',
  msg: 'message',
  shr: 'share',
  gui: 'guidance section',
  obs: 'observance',
  cas: 'case study',
  int: 'contribution interest',
  jnt: 'joint campaign',
  jpt: 'part of a joint campaign',
  jtk: 'task of a joint campaign',
  jms: 'message of a joint campaign',
  jdp: 'proposed dates',
  jde: 'decision of a joint campaign',
  jou: 'outcome of a joint campaign',
  ntf: 'notification',
  dig: 'digest',
  whk: 'webhook',
  whd: 'delivery to a webhook',
  nmq: 'question what a name means',
  mrg: 'merge of two actors',
  cfd: 'calendar feed',
  csb: 'calendar subscription',
  imp: 'import',
  imi: 'item of an import',
} as const;

export type HubIdPrefix = keyof typeof HUB_ID_PREFIXES;

// In code-unit order and of fixed length, so that ids sort as the numbers they write.
const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const DIGIT_COUNT = 22; // 62^22 > 2^128
const BYTE_COUNT = 16;

/** Writes 16 bytes as a hub id: the prefix, `_`, and the bytes as a big-endian number in 22 base-62 digits. @throws RangeError for other lengths. */
export function hubId(prefix: HubIdPrefix, bytes: Uint8Array): string {
  if (bytes.length !== BYTE_COUNT) throw new RangeError(`expected ${BYTE_COUNT} bytes, found ${bytes.length}`);
  let rest = bytes.reduce((number, byte) => (number << 8n) | BigInt(byte), 0n);
  let digits = '';
  for (let digit = 0; digit < DIGIT_COUNT; digit++, rest /= 62n) digits = DIGITS.charAt(Number(rest % 62n)) + digits;
  return `${prefix}_${digits}`;
}

/** What kind of thing an id names, or null when it is no hub id: unknown prefix, wrong length, strange digits, or more than 128 bits. */
export function parseHubId(text: string): { readonly prefix: HubIdPrefix } | null {
  const [, prefix = '', digits = ''] = /^([a-z]{3})_([0-9A-Za-z]{22})$/.exec(text) ?? [];
  if (!isHubIdPrefix(prefix)) return null;
  let number = 0n;
  for (const digit of digits) number = number * 62n + BigInt(DIGITS.indexOf(digit));
  return number >> 128n === 0n ? { prefix } : null;
}

function isHubIdPrefix(text: string): text is HubIdPrefix {
  return Object.hasOwn(HUB_ID_PREFIXES, text);
}
