/** One JSON value of a file and the line it stands on: 1, or its own in NDJSON. */
export type JsonDocument = { readonly line: number; readonly value: unknown };

export class JsonSyntaxError extends Error {
  override readonly name = "JsonSyntaxError";
  readonly line: number;

  constructor(line: number, options: ErrorOptions) {
    super("not JSON", options);
    this.line = line;
  }
}

/**
 * Reads a JSON file, or one with a JSON value on each line. Numbers with more
 * digits than a double holds stay text, so that amounts keep every digit.
 *
 * @throws {JsonSyntaxError} at the first line that is not JSON.
 */
export function readJson(text: string): JsonDocument[] {
  const body = text.startsWith("\ufeff") ? text.slice(1) : text;
  try {
    return [{ line: 1, value: parseExact(body) }];
  } catch (cause) {
    const lines = body.split("\n");
    if (lines.filter((line) => line.trim() !== "").length < 2) {
      throw new JsonSyntaxError(1, { cause });
    }
    return lines.flatMap((line, index) => (line.trim() === "" ? [] : [parseLine(line, index + 1)]));
  }
}

function parseLine(text: string, line: number): JsonDocument {
  try {
    return { line, value: parseExact(text) };
  } catch (cause) {
    throw new JsonSyntaxError(line, { cause });
  }
}

function parseExact(text: string): unknown {
  return JSON.parse(text, (_key, value: unknown, context?: { source?: string }) => {
    if (typeof value !== "number" || context?.source === undefined) return value;
    return context.source.replace(/\D/g, "").length > 15 ? context.source : value;
  });
}
