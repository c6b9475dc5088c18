import { SaxesParser } from 'saxes';

/** An element as it stands in a file. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: XmlElement[];
  text: string;
}

/** @throws when the text is no well-formed XML */
export function parseXml(text: string): XmlElement {
  const open: XmlElement[] = [];
  let root: XmlElement | undefined;
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => {
    const element: XmlElement = { name, attributes: attributes as Record<string, string>, children: [], text: '' };
    open.at(-1)?.children.push(element);
    root ??= element;
    open.push(element);
  });
  parser.on('text', (part) => {
    const element = open.at(-1);
    if (element) element.text += part;
  });
  parser.on('closetag', () => void open.pop());
  parser.write(text).close();
  if (!root) throw new Error('a file without an element');
  return root;
}

/** What may stand in an element: its children in their order, each with how often at least and at most, and its attributes. */
interface Rule {
  readonly children?: Readonly<Record<string, readonly [least: number, most: number]>>;
  /** By name: a pattern of the value. One with `?` at its end may be absent. */
  readonly attributes?: Readonly<Record<string, RegExp>>;
  readonly text?: RegExp;
}

const MANY = Infinity;
const ANY = /^[^]*$/;
const SOME = /\S/;
const DAY = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])(Z|[+-]\d\d:\d\d)?$/;
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?$/;
const LANGUAGE = /^[a-z]{2,3}(-[A-Za-z0-9]{1,8})*$/;
const ORGANISATION_TYPE = /^(10|11|15|21|22|23|24|30|40|60|70|71|72|73|80|90)$/;
const NARRATIVES: Rule = { children: { narrative: [1, MANY] } };

/**
 * Of the schema of IATI 2.03 (iati-activities-schema.xsd, iati-common.xsd) what holds for the elements that the hub writes: their order,
 * how often they occur, their attributes, and the code lists of these. Elements that the hub never writes only have their place.
 */
const RULES: Readonly<Record<string, Rule>> = {
  'iati-activities': {
    children: { 'iati-activity': [1, MANY] },
    attributes: { version: /^2\.03$/, 'generated-datetime?': INSTANT, 'linked-data-default?': ANY },
  },
  'iati-activity': {
    children: {
      'iati-identifier': [1, 1],
      'reporting-org': [1, 1],
      title: [1, 1],
      description: [1, MANY],
      'participating-org': [1, MANY],
      'other-identifier': [0, MANY],
      'activity-status': [1, 1],
      'activity-date': [1, MANY],
      'contact-info': [0, MANY],
      'activity-scope': [0, 1],
      'recipient-country': [0, MANY],
      'recipient-region': [0, MANY],
      location: [0, MANY],
      sector: [0, MANY],
      tag: [0, MANY],
      'country-budget-items': [0, 1],
      'humanitarian-scope': [0, MANY],
      'policy-marker': [0, MANY],
      'collaboration-type': [0, 1],
      'default-flow-type': [0, 1],
      'default-finance-type': [0, 1],
      'default-aid-type': [0, MANY],
      'default-tied-status': [0, 1],
      budget: [0, MANY],
      'planned-disbursement': [0, MANY],
      'capital-spend': [0, 1],
      transaction: [0, MANY],
      'document-link': [0, MANY],
      'related-activity': [0, MANY],
      'legacy-data': [0, MANY],
      conditions: [0, 1],
      result: [0, MANY],
      'crs-add': [0, 1],
      fss: [0, 1],
    },
    attributes: {
      'last-updated-datetime?': INSTANT,
      'xml:lang?': LANGUAGE,
      'default-currency?': /^[A-Z]{3}$/,
      'humanitarian?': /^(0|1|true|false)$/,
      'hierarchy?': /^\d+$/,
      'linked-data-uri?': ANY,
      'budget-not-provided?': /^\d$/,
    },
  },
  'iati-identifier': { text: SOME },
  'reporting-org': {
    children: { narrative: [1, MANY] },
    attributes: { ref: SOME, type: ORGANISATION_TYPE, 'secondary-reporter?': /^(0|1|true|false)$/ },
  },
  title: NARRATIVES,
  description: { ...NARRATIVES, attributes: { 'type?': /^[1-4]$/ } },
  'participating-org': {
    children: { narrative: [0, MANY] },
    attributes: {
      role: /^[1-4]$/,
      'ref?': SOME,
      'type?': ORGANISATION_TYPE,
      'activity-id?': ANY,
      'crs-channel-code?': /^\d+$/,
    },
  },
  'activity-status': { attributes: { code: /^[1-6]$/ } },
  'activity-date': {
    children: { narrative: [0, MANY] },
    attributes: { type: /^[1-4]$/, 'iso-date': DAY },
  },
  'recipient-country': {
    children: { narrative: [0, MANY] },
    attributes: { code: /^[A-Z]{2}$/, 'percentage?': /^\d+(\.\d+)?$/ },
  },
  'recipient-region': {
    children: { narrative: [0, MANY] },
    attributes: {
      code: SOME,
      'vocabulary?': /^(1|2|99)$/,
      'vocabulary-uri?': SOME,
      'percentage?': /^\d+(\.\d+)?$/,
    },
  },
  location: {
    children: {
      'location-reach': [0, 1],
      'location-id': [0, MANY],
      name: [0, 1],
      description: [0, 1],
      'activity-description': [0, 1],
      administrative: [0, MANY],
      point: [0, 1],
      exactness: [0, 1],
      'location-class': [0, 1],
      'feature-designation': [0, 1],
    },
    attributes: { 'ref?': ANY },
  },
  'location/name': NARRATIVES,
  'location/description': NARRATIVES,
  administrative: { attributes: { vocabulary: /^(A[1-4]|G[12])$/, code: SOME, 'level?': /^\d$/ } },
  sector: {
    children: { narrative: [0, MANY] },
    attributes: {
      'vocabulary?': /^([1-9]|1[0-2]|9[89])$/,
      'vocabulary-uri?': SOME,
      code: SOME,
      'percentage?': /^\d+(\.\d+)?$/,
    },
  },
  tag: {
    children: { narrative: [0, MANY] },
    attributes: { vocabulary: /^([1-5]|99)$/, 'vocabulary-uri?': SOME, code: SOME },
  },
  narrative: { attributes: { 'xml:lang?': LANGUAGE }, text: ANY },
};

/** Elements whose inside is not looked at: the hub writes none of them. */
const NOT_OURS = new Set(
  Object.keys(RULES['iati-activity']?.children ?? {}).filter((name) => RULES[name] === undefined),
);

/** What an activity file has against the standard, each with where; nothing when it is valid. */
export function complaintsAbout(file: XmlElement, today: string): string[] {
  if (file.name !== 'iati-activities') return [`<${file.name}> is no activity file`];
  return [...check(file, ''), ...file.children.flatMap((activity) => beyondSchema(activity, today))];
}

function check(element: XmlElement, parent: string): string[] {
  const { name, attributes, children, text } = element;
  if (NOT_OURS.has(name) && parent === 'iati-activity') return [];
  const rule = RULES[`${parent}/${name}`] ?? RULES[name];
  if (rule === undefined) return parent === 'location' ? [] : [`<${name}> in <${parent}> is not of IATI`];
  const allowed = Object.entries(rule.attributes ?? {}).map(([key, pattern]) => ({
    key: key.replace(/\?$/, ''),
    pattern,
    isRequired: !key.endsWith('?'),
  }));
  const complaints = [
    ...allowed.flatMap(({ key, pattern, isRequired }) => {
      const value = attributes[key];
      if (value === undefined) return isRequired ? [`<${name}> lacks ${key}`] : [];
      return pattern.test(value) ? [] : [`<${name} ${key}="${value}"> is none of its values`];
    }),
    ...Object.keys(attributes)
      .filter((key) => !key.startsWith('xmlns') && !allowed.some((one) => one.key === key))
      .map((key) => `<${name}> has no ${key}`),
  ];
  if (rule.text ? !rule.text.test(text) : SOME.test(text)) complaints.push(`<${name}> holds the text ${text.trim()}`);
  const order = Object.keys(rule.children ?? {});
  let reached = 0;
  for (const child of children) {
    const at = order.indexOf(child.name);
    if (at < 0) complaints.push(`<${child.name}> may not be in <${name}>`);
    else if (at < reached) complaints.push(`<${child.name}> comes too late in <${name}>`);
    reached = Math.max(reached, at);
  }
  for (const [child, [least, most]] of Object.entries(rule.children ?? {})) {
    const found = children.filter((one) => one.name === child).length;
    if (found < least || found > most) complaints.push(`<${name}> has ${String(found)} <${child}>`);
  }
  return [...complaints, ...children.flatMap((child) => check(child, name))];
}

/** Rules of the standard that its schema cannot say. */
function beyondSchema(activity: XmlElement, today: string): string[] {
  const all = (name: string) => activity.children.filter((child) => child.name === name);
  const identifier = all('iati-identifier')[0]?.text.trim() ?? '';
  const dates = all('activity-date').map(({ attributes }) => attributes);
  const complaints: string[] = [];
  if (!dates.some(({ type }) => type === '1' || type === '2')) complaints.push(`${identifier} does not start`);
  for (const { type, 'iso-date': day = '' } of dates) {
    if ((type === '2' || type === '4') && day > today) complaints.push(`${identifier} is said to have begun on ${day}`);
  }
  if (all('sector').length === 0) complaints.push(`${identifier} has no sector`);
  if (all('recipient-country').length + all('recipient-region').length === 0)
    complaints.push(`${identifier} is nowhere`);
  for (const { name, attributes } of [...all('sector'), ...all('tag')]) {
    const isOwn = ['98', '99'].includes(attributes['vocabulary'] ?? '');
    if (isOwn && attributes['vocabulary-uri'] === undefined) complaints.push(`${identifier}: whose is ${name}?`);
  }
  for (const organisation of all('participating-org')) {
    const isNamed = organisation.children.some(({ text }) => SOME.test(text));
    if (!isNamed && organisation.attributes['ref'] === undefined) complaints.push(`${identifier}: who takes part?`);
  }
  return complaints;
}
