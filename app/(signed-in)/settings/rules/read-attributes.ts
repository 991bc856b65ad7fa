type Attributes = Readonly<Record<string, string>>;

/**
 * Reads attributes as people paste them: a JSON object (nested ones by dotted
 * names), or one `name=value` or `name: value` a line. Null when it is neither.
 */
export function readAttributes(text: string): Attributes | null {
  const trimmed = text.trim();
  if (trimmed.startsWith("{")) return readJson(trimmed);
  const lines = trimmed.split(/\r?\n/).filter((line) => line.trim() !== "");
  const pairs = lines.map((line) => /^\s*"?([^=:"\s]+)"?\s*[=:]\s*(.*?)\s*$/.exec(line));
  if (pairs.length === 0 || pairs.includes(null)) return null;
  return Object.fromEntries(pairs.map((pair) => [pair?.[1] ?? "", unquoted(pair?.[2] ?? "")]));
}

function readJson(text: string): Attributes | null {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return null;
  }
  return Object.fromEntries(flatten(parsed, ""));
}

function flatten(value: unknown, path: string): [string, string][] {
  if (typeof value === "string") return [[path, value]];
  if (typeof value === "number" || typeof value === "boolean") return [[path, String(value)]];
  if (typeof value !== "object" || value === null || Array.isArray(value)) return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    flatten(inner, path === "" ? name : `${path}.${name}`),
  );
}

function unquoted(value: string): string {
  return /^"(.*)",?$/.exec(value)?.[1] ?? value;
}
