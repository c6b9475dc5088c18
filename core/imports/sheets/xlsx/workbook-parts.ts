import { Readable } from 'node:stream';
import { PlainError } from '../../../../platform/plain-error.ts';
import { type Attributes, type ElementListener, readXml } from '../../read-xml.ts';
import { xmlText } from '../../xml-text.ts';
import { type DatePrecision, datePrecisionOf } from './number-format.ts';
import type { ZipArchive } from './zip-archive.ts';

/** Bytes given to the XML reader at once. */
const PIECE = 65_536;

/** What an XML part of a workbook holds, as its listener makes it. */
export function readPart<T>(
  bytes: Uint8Array,
  listener: ElementListener<T>,
  fileName: string,
  part: string,
): AsyncGenerator<T> {
  const place = `${fileName} → ${part}`;
  return readXml(xmlText(Readable.from(pieces(bytes)), place), listener, place);
}

function* pieces(bytes: Uint8Array): Generator<Uint8Array> {
  for (let from = 0; from < bytes.length; from += PIECE) yield bytes.subarray(from, from + PIECE);
}

/** An element's name without the prefix that some programs write. */
export function localName(element: string): string {
  const colon = element.indexOf(':');
  return colon < 0 ? element : element.slice(colon + 1);
}

/** Calls `open` for each element, with its name and the one around it, and yields nothing. */
class Elements implements ElementListener<never> {
  private readonly path: string[] = [];

  constructor(private readonly onOpen: (name: string, parent: string | undefined, attributes: Attributes) => void) {}

  open(element: string, attributes: Attributes): void {
    const name = localName(element);
    this.onOpen(name, this.path.at(-1), attributes);
    this.path.push(name);
  }

  text(): void {
    // Nothing of these parts is told by texts.
  }

  close(): null {
    this.path.pop();
    return null;
  }
}

async function forEachElement(
  archive: ZipArchive,
  fileName: string,
  part: string,
  onOpen: ConstructorParameters<typeof Elements>[0],
): Promise<void> {
  for await (const value of readPart(await archive.bytesOf(part), new Elements(onOpen), fileName, part)) {
    throw new Error(`a value where none is made: ${String(value)}`);
  }
}

export interface WorkbookSheet {
  readonly name: string;
  readonly part: string;
  readonly hidden: boolean;
}

export interface Workbook {
  readonly sheets: readonly WorkbookSheet[];
  /** Days are counted from 1904 instead of 1900. */
  readonly from1904: boolean;
  /** Null where all texts stand in their cells. */
  readonly stringsPart: string | null;
  /** What each cell style shows of a date, by its number. */
  readonly datePrecisions: readonly (DatePrecision | null)[];
}

/** @throws PlainError for an archive that is no workbook of Excel 2007 or later */
export async function readWorkbook(archive: ZipArchive, fileName: string): Promise<Workbook> {
  refuseOther(archive, fileName);
  const root = await relationsOf(archive, fileName, '');
  const part = [...root.values()].find(({ type }) => type === 'officeDocument')?.target ?? 'xl/workbook.xml';
  const relations = await relationsOf(archive, fileName, part);
  const sheets: WorkbookSheet[] = [];
  let from1904 = false;
  await forEachElement(archive, fileName, part, (name, _parent, attributes) => {
    if (name === 'workbookPr') from1904 = /^(?:1|true)$/i.test(attributes['date1904'] ?? '');
    if (name !== 'sheet') return;
    const id = Object.entries(attributes).find(([key]) => localName(key) === 'id' && key !== 'id')?.[1];
    const relation = id === undefined ? undefined : relations.get(id);
    if (relation?.type !== 'worksheet') return;
    const hidden = /hidden$/i.test(attributes['state'] ?? '');
    sheets.push({ name: attributes['name'] ?? '', part: relation.target, hidden });
  });
  if (sheets.length === 0) throw new PlainError(`${fileName} has no sheet with rows.`);
  const target = (type: string): string | null => {
    const found = [...relations.values()].find((relation) => relation.type === type)?.target;
    return found !== undefined && archive.has(found) ? found : null;
  };
  const styles = target('styles');
  const datePrecisions = styles === null ? [] : await datePrecisionsOf(archive, fileName, styles);
  return { sheets, from1904, stringsPart: target('sharedStrings'), datePrecisions };
}

function refuseOther(archive: ZipArchive, fileName: string): void {
  const others = [
    ['xl/workbook.bin', 'is a binary workbook (XLSB)'],
    ['content.xml', 'is an OpenDocument file'],
    ['word/document.xml', 'is a text document'],
    ['ppt/presentation.xml', 'is a presentation'],
  ] as const;
  const other = others.find(([part]) => archive.has(part));
  if (other) throw new PlainError(`${fileName} ${other[1]}. Save the sheet as XLSX or CSV.`);
  if (!archive.has('xl/workbook.xml') && !archive.has('_rels/.rels')) {
    throw new PlainError(`${fileName} is an archive and no workbook. Unpack it and send the sheet in it.`);
  }
}

interface Relation {
  /** The last word of its type: `worksheet`. */
  readonly type: string;
  /** Name of the part in the archive. */
  readonly target: string;
}

/** What a part refers to, by id. @param part '' is the archive itself */
async function relationsOf(
  archive: ZipArchive,
  fileName: string,
  part: string,
): Promise<ReadonlyMap<string, Relation>> {
  const folder = part.slice(0, part.lastIndexOf('/') + 1);
  const relationsPart = `${folder}_rels/${part.slice(folder.length)}.rels`;
  const relations = new Map<string, Relation>();
  if (!archive.has(relationsPart)) return relations;
  await forEachElement(
    archive,
    fileName,
    relationsPart,
    (name, _parent, { Id, Type = '', Target = '', TargetMode }) => {
      if (name !== 'Relationship' || Id === undefined || TargetMode === 'External') return;
      const target = Target.startsWith('/') ? Target.slice(1) : new URL(Target, `zip:///${folder}`).pathname.slice(1);
      relations.set(Id, { type: Type.slice(Type.lastIndexOf('/') + 1), target: decodeURI(target) });
    },
  );
  return relations;
}

async function datePrecisionsOf(
  archive: ZipArchive,
  fileName: string,
  part: string,
): Promise<readonly (DatePrecision | null)[]> {
  const codes = new Map<number, string>();
  const formats: number[] = [];
  await forEachElement(archive, fileName, part, (name, parent, attributes) => {
    const id = Number(attributes['numFmtId'] ?? 0);
    if (name === 'numFmt' && parent === 'numFmts') codes.set(id, attributes['formatCode'] ?? '');
    if (name === 'xf' && parent === 'cellXfs') formats.push(id);
  });
  return formats.map((id) => datePrecisionOf(id, codes.get(id)));
}

/** Collects the shared texts; parts of one text that differ in type face are joined, readings of Japanese are left out. */
class SharedStrings implements ElementListener<string> {
  private readonly path: string[] = [];
  private current = '';

  open(element: string): void {
    const name = localName(element);
    if (name === 'si') this.current = '';
    this.path.push(name);
  }

  text(text: string): void {
    if (this.path.at(-1) === 't' && !this.path.includes('rPh')) this.current += text;
  }

  close(): string | null {
    return this.path.pop() === 'si' ? this.current : null;
  }
}

/** The texts that cells refer to by number. */
export async function readSharedStrings(
  archive: ZipArchive,
  fileName: string,
  part: string,
): Promise<readonly string[]> {
  const texts: string[] = [];
  for await (const text of readPart(await archive.bytesOf(part), new SharedStrings(), fileName, part)) texts.push(text);
  return texts;
}
