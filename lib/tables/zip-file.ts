import { Zip, ZipDeflate } from "fflate";
import { AppError } from "#lib/errors.ts";
import type { WritePiece } from "./table-writer.ts";

/** A ZIP file that is written while it grows, a part after the other. */
export type ZipFile = {
  /** Begins a part of this name, and ends the one before it. */
  readonly begin: (name: string) => Promise<void>;
  readonly add: (text: string) => Promise<void>;
  readonly finish: () => Promise<void>;
};

/** Compressed at once: few enough that others who wait for this process do not notice. */
const PIECE_LENGTH = 1 << 16;
/** What the format tells without ZIP64, which not every reader of a stream knows. */
const MOST_BYTES = 0xffff_ffff;
/** No clock, so that the same rows give the same bytes: the first day that the format knows. */
const FIRST_DAY = new Date(1980, 0, 1);

/** @throws {AppError} "too_large" where a part or the file is above 4 GiB. */
export function zipFile(write: WritePiece): ZipFile {
  const packed: Uint8Array[] = [];
  const zip = new Zip((error, piece) => {
    if (error !== null) throw error;
    packed.push(piece);
  });
  let part: ZipDeflate | null = null;
  let [held, size, written] = ["", 0, 0];
  const put = async () => {
    for (const piece of packed.splice(0)) {
      written += piece.byteLength;
      if (written > MOST_BYTES) throw tooLarge();
      await write(piece);
    }
  };
  const flush = async (isLast: boolean) => {
    if (part === null) return;
    const bytes = Buffer.from(held, "utf8");
    held = "";
    size += bytes.byteLength;
    if (size > MOST_BYTES) throw tooLarge();
    part.push(bytes, isLast);
    await put();
  };
  return {
    begin: async (name) => {
      await flush(true);
      part = new ZipDeflate(name);
      part.mtime = FIRST_DAY;
      size = 0;
      zip.add(part);
    },
    add: async (text) => {
      held += text;
      if (held.length >= PIECE_LENGTH) await flush(false);
    },
    finish: async () => {
      await flush(true);
      zip.end();
      await put();
    },
  };
}

function tooLarge(): AppError {
  return new AppError("An XLSX file ends at 4 GiB: ask for CSV or Parquet, or for less", {
    code: "too_large",
  });
}
