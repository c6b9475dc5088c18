import { writeXlsx } from 'hucre/xlsx';
import type { CellValue, WriteSheet } from 'hucre';
import { deflateRawSync, crc32 } from 'node:zlib';

/** A workbook as a spreadsheet program writes it. */
export async function workbook(
  sheets: readonly (Pick<WriteSheet, 'name' | 'merges' | 'cells' | 'hidden'> & { readonly rows: CellValue[][] })[],
  dateSystem: '1900' | '1904' = '1900',
): Promise<Uint8Array> {
  return writeXlsx({ sheets: [...sheets], dateSystem });
}

/** What an archive says of an entry, where it is not what it is. */
interface Lie {
  readonly unpacked?: number;
  readonly attributes?: number;
}

/** A zip archive of texts, written by hand so that it can be wrong. */
export function archive(entries: readonly (readonly [name: string, content: string | Buffer, lie?: Lie])[]): Buffer {
  const locals: Buffer[] = [];
  const centrals: Buffer[] = [];
  let offset = 0;
  for (const [name, content, lie = {}] of entries) {
    const raw = Buffer.from(content);
    const packed = deflateRawSync(raw);
    const path = Buffer.from(name);
    const sizes = (header: Buffer, at: number): void => {
      header.writeUInt16LE(8, at - 6);
      header.writeUInt32LE(crc32(raw), at);
      header.writeUInt32LE(packed.length, at + 4);
      header.writeUInt32LE(lie.unpacked ?? raw.length, at + 8);
      header.writeUInt16LE(path.length, at + 12);
    };
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(20, 4);
    sizes(local, 14);
    const central = Buffer.alloc(46);
    central.writeUInt32LE(0x02014b50, 0);
    central.writeUInt16LE(0x0314, 4);
    central.writeUInt16LE(20, 6);
    sizes(central, 16);
    central.writeUInt32LE((lie.attributes ?? 0) >>> 0, 38);
    central.writeUInt32LE(offset, 42);
    locals.push(local, path, packed);
    centrals.push(central, path);
    offset += local.length + path.length + packed.length;
  }
  const directory = Buffer.concat(centrals);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, directory, end]);
}

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

/** The parts of a workbook around one sheet, given as its XML without the outermost element. */
export function workbookOf(sheetData: string, before = ''): readonly (readonly [string, string])[] {
  return [
    [
      '_rels/.rels',
      `<Relationships><Relationship Id="r" Type="${RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    ],
    [
      'xl/workbook.xml',
      `<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheets><sheet name="Data" sheetId="1" r:id="s"/></sheets></workbook>`,
    ],
    [
      'xl/_rels/workbook.xml.rels',
      `<Relationships><Relationship Id="s" Type="${RELATIONS}/worksheet" Target="/xl/worksheets/sheet1.xml"/></Relationships>`,
    ],
    ['xl/worksheets/sheet1.xml', `${before}<x:worksheet xmlns:x="${MAIN}">${sheetData}</x:worksheet>`],
  ];
}
