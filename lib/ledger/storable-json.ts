/** What JSON escapes and Postgres refuses in jsonb: U+0000 and halves of surrogate pairs. */
const UNSTORABLE = /\\u(0000|d[89a-f])/i;

/** JSON that Postgres takes as jsonb, whatever the strings in it: U+0000 is dropped, broken surrogates replaced. */
export function storableJson(value: unknown): string {
  const json = JSON.stringify(value);
  return UNSTORABLE.test(json) ? JSON.stringify(storable(value)) : json;
}

/** The value with all strings in it as Postgres would keep them; the value itself when they are so already. */
export function storable<T>(value: T): T {
  if (typeof value === "string") return storableText(value) as T;
  if (typeof value !== "object" || value === null || isStorable(value)) return value;
  if (Array.isArray(value)) return value.map(storable) as T;
  return Object.fromEntries(
    Object.entries(value).map(([key, held]) => [storableText(key), storable(held)]),
  ) as T;
}

function storableText(text: string): string {
  return isStorable(text) ? text : text.replaceAll("\u0000", "").toWellFormed();
}

function isStorable(value: unknown): boolean {
  if (typeof value === "string") return value.isWellFormed() && !value.includes("\u0000");
  if (typeof value !== "object" || value === null) return true;
  if (Array.isArray(value)) return value.every(isStorable);
  for (const key in value) {
    if (!isStorable(key) || !isStorable((value as Record<string, unknown>)[key])) return false;
  }
  return true;
}
