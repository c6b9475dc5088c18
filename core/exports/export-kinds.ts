/** Lists that can be taken out whole. */
export const EXPORT_LISTS = ['actors', 'programmes', 'campaigns', 'calendar', 'overlaps', 'suggestions'] as const;
export type ExportList = (typeof EXPORT_LISTS)[number];

/** How a list is written: the end of its file's name, and its media type. */
export const EXPORT_FORMATS = {
  csv: { extension: 'csv', mediaType: 'text/csv; charset=utf-8' },
  xlsx: { extension: 'xlsx', mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' },
  iati: { extension: 'iati.xml', mediaType: 'application/xml; charset=utf-8' },
  geojson: { extension: 'geojson', mediaType: 'application/geo+json; charset=utf-8' },
  jsonld: { extension: 'jsonld', mediaType: 'application/ld+json; charset=utf-8' },
} as const;
export type ExportFormat = keyof typeof EXPORT_FORMATS;

const FORMATS_OF: Readonly<Record<ExportList, readonly ExportFormat[]>> = {
  actors: ['csv', 'xlsx', 'geojson', 'jsonld'],
  programmes: ['csv', 'xlsx', 'iati', 'geojson', 'jsonld'],
  campaigns: ['csv', 'xlsx', 'geojson', 'jsonld'],
  calendar: ['csv', 'xlsx', 'geojson', 'jsonld'],
  overlaps: ['csv', 'xlsx'],
  suggestions: ['csv', 'xlsx'],
};

export interface ExportName {
  readonly list: ExportList;
  readonly format: ExportFormat;
}

/** All that can be had, by the name of its file: `programmes.iati.xml`. */
export const EXPORTS: ReadonlyMap<string, ExportName> = new Map(
  EXPORT_LISTS.flatMap((list) =>
    FORMATS_OF[list].map((format) => [`${list}.${EXPORT_FORMATS[format].extension}`, { list, format }] as const),
  ),
);
