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
    if (!isStorableKey(key) || !isStorable((value as Record<string, unknown>)[key])) return false;
  }
  return true;
}

/** Programs use the same few keys again and again; strangers' keys must not fill the memory. */
const storableKeys = new Set<string>();
const MOST_KEYS = 4096;

function isStorableKey(key: string): boolean {
  if (storableKeys.has(key)) return true;
  if (!isStorable(key)) return false;
  if (storableKeys.size < MOST_KEYS && key.length <= 128) storableKeys.add(key);
  return true;
}
