/** What an audit entry can tell: JSON. Money goes in as decimal text, an instant as ISO 8601. */
export type AuditValue =
  | string
  | number
  | boolean
  | null
  | undefined
  | readonly AuditValue[]
  | { readonly [name: string]: AuditValue };

const MASK = "***";
const MAX_TEXT = 2_000;
const MAX_ITEMS = 200;
const MAX_DEPTH = 8;

/** Names of what is never written down, by their last word: `clientSecret`, `signing_key`, `password`. */
const SECRET_NAME =
  /(^|_|[a-z](?=[A-Z]))(secret|password|passphrase|credentials?|authorization|cookie|(access|refresh|id|bearer|scim|setup|reset|api|signing|private)_?(token|key)|token|secret_?hash|backup_?codes?)$/i;
/** Secrets that stand under an innocent name. */
const SECRET_VALUE =
  /outlay_(?:ik|ak|scim)_[\w-]+|whsec_[\w+/=-]+|\$argon2\w*\$\S+|-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*/g;
/** A password inside an address. */
const URL_PASSWORD = /(\b[a-z][a-z0-9+.-]*:\/\/[^\s/:@]*:)[^\s/@]+@/gi;

/**
 * The value as it may be kept forever: secrets masked by name and by look, and
 * cut to a size at which a hostile change cannot fill the log.
 */
export function maskSecrets(value: AuditValue, depth = 0): AuditValue {
  if (typeof value === "string") return maskText(value);
  if (value === null || typeof value !== "object") return value;
  if (depth >= MAX_DEPTH) return "…";
  if (isList(value)) {
    const kept = value.slice(0, MAX_ITEMS).map((item) => maskSecrets(item, depth + 1));
    return value.length > MAX_ITEMS ? [...kept, `… ${value.length - MAX_ITEMS} more`] : kept;
  }
  return Object.fromEntries(
    Object.entries(value)
      .slice(0, MAX_ITEMS)
      .map(([name, item]) => [
        maskText(name),
        SECRET_NAME.test(name) && item !== null && item !== undefined
          ? MASK
          : maskSecrets(item, depth + 1),
      ]),
  );
}

function maskText(text: string): string {
  // Postgres keeps no NUL in text.
  const masked = text
    .replaceAll("\0", "")
    .toWellFormed()
    .replace(SECRET_VALUE, MASK)
    .replace(URL_PASSWORD, `$1${MASK}@`);
  return masked.length > MAX_TEXT ? `${masked.slice(0, MAX_TEXT)}…` : masked;
}

function isList(value: AuditValue): value is readonly AuditValue[] {
  return Array.isArray(value);
}
