import { createHash } from "node:crypto";
import { z } from "zod";
import { ParameterError } from "#lib/parameters/parameter-error.ts";

/**
 * Where a list goes on, as text that callers hand back unread. It holds for the
 * same question only: with other parameters it would skip or repeat rows.
 */
export function encodeCursor(question: string, position: unknown): string {
  return Buffer.from(JSON.stringify([question, position])).toString("base64url");
}

/** @throws {ParameterError} when the cursor is damaged or belongs to another question. */
export function decodeCursor<Position>(
  cursor: string,
  question: string,
  position: z.ZodType<Position>,
): Position {
  const parsed = z.tuple([z.literal(question), position]).safeParse(jsonOf(cursor));
  if (parsed.success) return parsed.data[1];
  throw new ParameterError([
    { parameter: "cursor", detail: "is no cursor of this list with these parameters" },
  ]);
}

/** What a list was asked, but for the page. */
export function questionOf(url: URL): string {
  const pairs = [...url.searchParams].filter(([name]) => name !== "cursor" && name !== "limit");
  const text = JSON.stringify([url.pathname, pairs.sort(byNameAndValue)]);
  return createHash("sha256").update(text).digest("base64url").slice(0, 16);
}

function byNameAndValue(a: readonly string[], b: readonly string[]): number {
  return JSON.stringify(a) < JSON.stringify(b) ? -1 : 1;
}

function jsonOf(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
  } catch {
    return null;
  }
}
