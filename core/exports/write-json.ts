import type { AboutExport, ExportWriter } from './about-export.ts';
import type { ExportedActor, ExportedEntry, ExportedRecord } from './exported-records.ts';
import { mostSensitive } from './sensitivity.ts';

/**
 * GeoJSON by RFC 7946: a feature for each place of each record, with its ISO 3166 code and no geometry. The hub keeps no coordinates and
 * draws no borders: whoever makes a map joins the codes with the borders it uses.
 */
export const writeGeoJson: ExportWriter = (records, about) =>
  asDocument({ type: 'FeatureCollection', title: titleOf(about), ...labels(about) }, 'features', records, (exported) =>
    featuresOf(exported, about),
  );

/** What schema.org has no word for. */
const CONTEXT = [
  'https://schema.org',
  {
    sensitivity: 'urn:concord:sensitivity',
    changedAt: { '@id': 'urn:concord:changedAt', '@type': 'http://www.w3.org/2001/XMLSchema#dateTime' },
  },
];

/** JSON-LD in the terms of schema.org: organisations, projects and events in one data set. */
export const writeJsonLd: ExportWriter = (records, about) =>
  asDocument(
    {
      '@context': CONTEXT,
      '@type': 'Dataset',
      name: titleOf(about),
      dateCreated: about.madeAt.toISOString(),
      license: about.licence,
      sensitivity: about.sensitivity,
    },
    'hasPart',
    records,
    (exported) => [linkedData(exported, about)],
  );

/** A JSON object of which one list, its last member, is written item by item, each on a line of its own. */
async function* asDocument(
  head: Readonly<Record<string, unknown>>,
  list: string,
  records: AsyncIterable<readonly ExportedRecord[]>,
  itemsOf: (exported: ExportedRecord) => readonly object[],
): AsyncGenerator<string> {
  yield `${JSON.stringify(head).slice(0, -1)},${JSON.stringify(list)}:[`;
  let separator = '\n';
  for await (const some of records) {
    const items = some.flatMap(itemsOf).map((item) => JSON.stringify(item));
    if (items.length === 0) continue;
    yield `${separator}${items.join(',\n')}`;
    separator = ',\n';
  }
  yield '\n]}\n';
}

const titleOf = ({ list, today }: AboutExport): string => `Concord ${list}, ${today}`;

const labels = ({ sensitivity, licence, madeAt }: AboutExport): object => ({
  sensitivity,
  licence,
  madeAt: madeAt.toISOString(),
});

function featuresOf(exported: ExportedRecord, { vocabulary }: AboutExport): readonly object[] {
  const { places, properties } = located(exported);
  return places.map((code) => {
    const place = vocabulary.place(code);
    return {
      type: 'Feature',
      id: `${exported.record.id}/${code}`,
      geometry: null,
      properties: {
        place: code,
        placeName: place?.name ?? code,
        placeKind: place?.kind ?? null,
        country: place?.country ?? null,
        ...properties,
      },
    };
  });
}

function located(exported: ExportedRecord): { readonly places: readonly string[]; readonly properties: object } {
  switch (exported.list) {
    case 'actors': {
      const { id, name, kind, basedIn, communityOf, visibility, illustrative } = exported.record;
      const places = new Set([...basedIn, ...communityOf].map(({ code }) => code));
      const sensitivity = mostSensitive([visibility]);
      return {
        places: [...places],
        properties: { id, record: 'actor', name, kind: kind.code, sensitivity, illustrative },
      };
    }
    case 'programmes':
    case 'campaigns':
    case 'calendar': {
      const { id, name, owner, coded, release, status, illustrative } = exported.record;
      const { places, ...facets } = coded;
      return {
        places,
        properties: {
          id,
          record: KIND_OF[exported.list],
          name,
          owner: owner.name,
          ownerId: owner.id,
          status,
          ...facets,
          sensitivity: mostSensitive([release.visibility]),
          illustrative,
        },
      };
    }
    case 'overlaps':
    case 'suggestions':
      throw new Error(`${exported.list} are at no place`);
  }
}

const KIND_OF = { programmes: 'programme', campaigns: 'campaign', calendar: 'calendar-entry' } as const;

function linkedData(exported: ExportedRecord, about: AboutExport): object {
  switch (exported.list) {
    case 'actors':
      return organisation(exported.record, about);
    case 'programmes':
      return { '@type': 'Project', ...work(exported, about), ...partners(exported.record.partners) };
    case 'campaigns': {
      const { programme } = exported.record;
      return {
        '@type': 'Project',
        ...work(exported, about),
        ...(programme && { memberOf: { '@type': 'Project', ...reference(programme) } }),
      };
    }
    case 'calendar':
      return event(exported, about);
    case 'overlaps':
    case 'suggestions':
      throw new Error(`${exported.list} have no form in schema.org`);
  }
}

const iri = (id: string): string => `urn:concord:${id}`;

function reference({ id, name }: { readonly id: string; readonly name: string }): object {
  return { '@id': iri(id), name };
}

function organisation(record: ExportedActor, about: AboutExport): object {
  const { id, name, aliases, description, website, kind, basedIn, communityOf, identifiers } = record;
  return {
    '@type': organisationType(kind.code),
    '@id': iri(id),
    name,
    alternateName: aliases,
    ...(description && { description }),
    ...(website && { url: website }),
    identifier: identifiers.map(propertyValue),
    location: placesOf(
      basedIn.map(({ code }) => code),
      about,
    ),
    areaServed: placesOf(
      communityOf.map(({ code }) => code),
      about,
    ),
    sensitivity: mostSensitive([record.visibility]),
    changedAt: record.updatedAt,
  };
}

function organisationType(kind: string): string {
  if (['state_national', 'state_local', 'state_other'].includes(kind)) return 'GovernmentOrganization';
  if (['ingo', 'national_ngo', 'regional_ngo'].includes(kind)) return 'NGO';
  return 'Organization';
}

type Work = Extract<ExportedRecord, { readonly list: 'programmes' | 'campaigns' | 'calendar' }>;

/** What projects and events have in common. */
function common({ record }: Work, about: AboutExport): object {
  const { id, name, description, identifier, coded, release, updatedAt } = record;
  const { vocabulary } = about;
  const keywords = [
    ...coded.themes.map((code) => vocabulary.label('theme', code)),
    ...coded.audiences.map((code) => vocabulary.label('audience', code)),
    ...coded.channels.map((code) => vocabulary.label('channel', code)),
  ];
  return {
    '@id': iri(id),
    name,
    ...(description !== '' && { description }),
    ...(identifier && { identifier: [propertyValue(identifier)] }),
    keywords,
    sensitivity: mostSensitive([release.visibility]),
    changedAt: updatedAt,
  };
}

function work(exported: Work, about: AboutExport): object {
  const { owner, coded } = exported.record;
  return {
    ...common(exported, about),
    parentOrganization: { '@type': organisationType(owner.kind.code), ...reference(owner) },
    ...(coded.start !== null && { foundingDate: coded.start }),
    ...(coded.end !== null && { dissolutionDate: coded.end }),
    areaServed: placesOf(coded.places, about),
    knowsLanguage: coded.languages,
  };
}

function partners(all: Extract<Work, { list: 'programmes' }>['record']['partners']): object {
  const seen = all.flatMap(({ role, actor }) => (actor ? [{ role, actor }] : []));
  const inRole = (wanted: boolean): object[] =>
    seen
      .filter(({ role }) => (role === 'funding') === wanted)
      .map(({ actor }) => ({ '@type': organisationType(actor.kind.code), ...reference(actor) }));
  return { funder: inRole(true), member: inRole(false) };
}

function event(exported: Extract<Work, { list: 'calendar' }>, about: AboutExport): object {
  const { record } = exported;
  const { owner, coded, campaign } = record;
  return {
    '@type': 'Event',
    ...common(exported, about),
    additionalType: record.kind,
    organizer: { '@type': organisationType(owner.kind.code), ...reference(owner) },
    ...days(record),
    eventStatus: `https://schema.org/${record.status === 'cancelled' ? 'EventCancelled' : 'EventScheduled'}`,
    location: placesOf(coded.places, about),
    inLanguage: coded.languages,
    ...(campaign && { about: { '@type': 'Project', ...reference(campaign) } }),
  };
}

function days({ coded }: ExportedEntry): object {
  return { ...(coded.start !== null && { startDate: coded.start }), ...(coded.end !== null && { endDate: coded.end }) };
}

function placesOf(codes: readonly string[], { vocabulary }: AboutExport): readonly object[] {
  return codes.map((code) => {
    const place = vocabulary.place(code);
    return {
      '@type': place?.kind === 'country' ? 'Country' : 'AdministrativeArea',
      name: place?.name ?? code,
      identifier: code,
    };
  });
}

function propertyValue({ scheme, value }: { readonly scheme: string; readonly value: string }): object {
  return { '@type': 'PropertyValue', propertyID: scheme, value };
}
