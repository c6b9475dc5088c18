import { crc32 } from 'node:zlib';
import { type Entry, fromBufferPromise, type ZipFile } from 'yauzl';
import { PlainError, messageOf } from '../../../../platform/plain-error.ts';

/** Bytes of all entries together, unpacked. */
const LARGEST_UNPACKED = 50_000_000;
const MOST_ENTRIES = 1_000;
/** Unpacked bytes for each packed one; of small entries no ratio does harm. */
const HIGHEST_RATIO = 100;
const SMALL_ENTRY = 100_000;

const FILE_TYPE = 0xf000;
const SYMBOLIC_LINK = 0xa000;

/** The entries of a zip archive, none of which unpacks to more than it may. */
export class ZipArchive {
  private constructor(
    private readonly zip: ZipFile,
    private readonly entries: ReadonlyMap<string, Entry>,
    private readonly fileName: string,
  ) {}

  /**
   * Reads the directory of an archive and refuses it whole when it says that it is beyond the limits, leads out of itself, or is
   * encrypted.
   * @throws PlainError
   */
  static async open(bytes: Uint8Array, fileName: string): Promise<ZipArchive> {
    const refuse = (why: string): never => {
      throw new PlainError(`${fileName}: ${why}`);
    };
    const entries = new Map<string, Entry>();
    let unpacked = 0;
    try {
      const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      const zip = await fromBufferPromise(buffer, { autoClose: false, strictFileNames: true });
      if (zip.entryCount > MOST_ENTRIES) refuse(`more than ${String(MOST_ENTRIES)} entries in the archive.`);
      for await (const entry of zip.eachEntry()) {
        const { fileName: name, uncompressedSize, compressedSize } = entry;
        unpacked += uncompressedSize;
        if (unpacked > LARGEST_UNPACKED) refuse(`unpacks to more than ${String(LARGEST_UNPACKED / 1e6)} MB.`);
        if (uncompressedSize > SMALL_ENTRY && uncompressedSize > compressedSize * HIGHEST_RATIO) {
          refuse(`${name} in it unpacks to more than ${String(HIGHEST_RATIO)} times its size.`);
        }
        if (((entry.externalFileAttributes >>> 16) & FILE_TYPE) === SYMBOLIC_LINK) refuse(`${name} in it is a link.`);
        if (entry.isEncrypted()) refuse(`${name} in it is encrypted. Save the file without a password.`);
        entries.set(name, entry);
      }
      return new ZipArchive(zip, entries, fileName);
    } catch (thrown) {
      if (thrown instanceof PlainError) throw thrown;
      throw new PlainError(`${fileName} is a damaged or cut off archive (${messageOf(thrown)}). Send the file again.`);
    }
  }

  has(name: string): boolean {
    return this.entries.has(name);
  }

  /** @throws PlainError when the entry is not there, or is not what the directory says of it */
  async bytesOf(name: string): Promise<Buffer> {
    const entry = this.entries.get(name);
    if (!entry) throw new PlainError(`${this.fileName} has no ${name}, so it is no complete workbook.`);
    const chunks: Buffer[] = [];
    let sum = 0;
    try {
      // Fails as soon as more comes out than the directory says.
      for await (const chunk of await this.zip.openReadStreamPromise(entry)) {
        chunks.push(chunk as Buffer);
        sum = crc32(chunk as Buffer, sum);
      }
    } catch (thrown) {
      throw new PlainError(`${this.fileName}: ${name} in it is damaged (${messageOf(thrown)}). Send the file again.`);
    }
    if (sum !== entry.crc32) {
      throw new PlainError(
        `${this.fileName}: ${name} in it is damaged (its check sum is another). Send the file again.`,
      );
    }
    return Buffer.concat(chunks);
  }
}
