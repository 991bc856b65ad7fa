/** JSON whose numbers stay the text that they were written as: no price passes through a double. @throws {SyntaxError} */
export function parseExactJson(text: string): unknown {
  const body = text.startsWith("\ufeff") ? text.slice(1) : text;
  return JSON.parse(body, (_key, value: unknown, context?: { source?: string }) =>
    typeof value === "number" ? (context?.source ?? String(value)) : value,
  );
}

const TEXTS = /"(?:[^"\\]|\\.)*"(\s*:)?/g;

/** Whether a text says something of an object that another of the same name takes the place of. @param value What the text says. */
export function hasHidden(text: string, value: unknown): boolean {
  let written = 0;
  for (const [, colon] of text.matchAll(TEXTS)) if (colon !== undefined) written++;
  return written > membersOf(value);
}

function membersOf(value: unknown): number {
  if (typeof value !== "object" || value === null) return 0;
  const own = Array.isArray(value) ? 0 : Object.keys(value).length;
  return Object.values(value).reduce((sum: number, inner) => sum + membersOf(inner), own);
}

export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
