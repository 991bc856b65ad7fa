import { promisify } from "node:util";
import { constants, crc32, deflateRaw } from "node:zlib";
import { AppError } from "#lib/errors.ts";
import type { WritePiece } from "./table-writer.ts";

/** A ZIP file that is written while it grows, a part after the other. */
export type ZipFile = {
  /** Begins a part of this name, and ends the one before it. */
  readonly begin: (name: string) => Promise<void>;
  readonly add: (text: string) => Promise<void>;
  readonly finish: () => Promise<void>;
};

type Part = {
  readonly name: Buffer;
  readonly offset: number;
  crc: number;
  packed: number;
  size: number;
};

const compress = promisify(deflateRaw);
/** Text is compressed in pieces that know nothing of each other, so that no memory grows with the file. */
const PIECE_LENGTH = 1 << 18;
const LAST_BLOCK = Buffer.from([3, 0]);
/** What four bytes tell; more needs ZIP64, which not every reader of a stream knows. */
const MOST_BYTES = 0xffff_ffff;
/** Names in UTF-8; sums and sizes behind the part (APPNOTE.TXT 6.3.10, 4.4.4). */
const FLAGS = 0x0808;
const DEFLATE = 8;
const VERSION = 20;
/** No clock: the first day that the format knows. */
const [TIME, DAY] = [0, 0x21];

/** @throws {AppError} "too_large" where a part or the file is above 4 GiB. */
export function zipFile(write: WritePiece): ZipFile {
  const parts: Part[] = [];
  let [at, held] = [0, ""];
  const put = async (bytes: Buffer) => {
    at += bytes.byteLength;
    if (at > MOST_BYTES) throw tooLarge();
    await write(bytes);
  };
  const flush = async () => {
    const part = parts.at(-1);
    if (part === undefined || held === "") return;
    const bytes = Buffer.from(held, "utf8");
    held = "";
    part.crc = crc32(bytes, part.crc);
    part.size += bytes.byteLength;
    if (part.size > MOST_BYTES) throw tooLarge();
    const packed = await compress(bytes, { finishFlush: constants.Z_SYNC_FLUSH });
    part.packed += packed.byteLength;
    await put(packed);
  };
  const end = async () => {
    const part = parts.at(-1);
    if (part === undefined) return;
    await flush();
    part.packed += LAST_BLOCK.byteLength;
    await put(LAST_BLOCK);
    await put(record([4, 0x08074b50], ...sizes(part)));
  };
  return {
    begin: async (name) => {
      await end();
      const part = { name: Buffer.from(name), offset: at, crc: 0, packed: 0, size: 0 };
      parts.push(part);
      await put(Buffer.concat([record([4, 0x04034b50], ...head(part)), part.name]));
    },
    add: async (text) => {
      held += text;
      if (held.length >= PIECE_LENGTH) await flush();
    },
    finish: async () => {
      await end();
      const directory = Buffer.concat(parts.map(entry));
      await put(Buffer.concat([directory, directoryEnd(parts.length, directory.byteLength, at)]));
    },
  };
}

type Field = readonly [bytes: 2 | 4, value: number];

const sizes = ({ crc, packed, size }: Omit<Part, "name" | "offset">): readonly Field[] => [
  [4, crc],
  [4, packed],
  [4, size],
];

/** What a part says before its bytes, when nothing of them is known. */
function head({ name }: Part): readonly Field[] {
  const unknown = sizes({ crc: 0, packed: 0, size: 0 });
  return [...kind, ...unknown, [2, name.byteLength], [2, 0]];
}

const kind: readonly Field[] = [
  [2, VERSION],
  [2, FLAGS],
  [2, DEFLATE],
  [2, TIME],
  [2, DAY],
];

function entry(part: Part): Buffer {
  const none: readonly Field[] = [
    [2, 0],
    [2, 0],
    [2, 0],
    [2, 0],
    [4, 0],
  ];
  const fields = [...kind, ...sizes(part), [2, part.name.byteLength] as const, ...none];
  return Buffer.concat([
    record([4, 0x02014b50], [2, VERSION], ...fields, [4, part.offset]),
    part.name,
  ]);
}

function directoryEnd(parts: number, bytes: number, offset: number): Buffer {
  return record(
    [4, 0x06054b50],
    [2, 0],
    [2, 0],
    [2, parts],
    [2, parts],
    [4, bytes],
    [4, offset],
    [2, 0],
  );
}

function record(...fields: readonly Field[]): Buffer {
  const bytes = Buffer.alloc(fields.reduce((sum, [length]) => sum + length, 0));
  let at = 0;
  for (const [length, value] of fields) at = bytes.writeUIntLE(value, at, length);
  return bytes;
}

function tooLarge(): AppError {
  return new AppError("An XLSX file ends at 4 GiB: ask for CSV or Parquet, or for less", {
    code: "too_large",
  });
}
