/** JSON whose numbers stay the text that they were written as: no price passes through a double. @throws {SyntaxError} */
export function parseExactJson(text: string): unknown {
  const body = text.startsWith("\ufeff") ? text.slice(1) : text;
  return JSON.parse(body, (_key, value: unknown, context?: { source?: string }) =>
    typeof value === "number" ? (context?.source ?? String(value)) : value,
  );
}

export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
