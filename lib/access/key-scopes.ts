/** What a key of each kind may do. A key without scopes of its own may do `USUAL` of its kind. */
export const KEY_SCOPES = {
  /** The OTLP signals that it may send. */
  ingest: ["traces", "logs", "metrics"],
  /** `write` changes what its role may change; `scim` provisions people and groups, and nothing else. */
  api: ["read", "write", "scim"],
} as const;

export type KeyScope = (typeof KEY_SCOPES)[keyof typeof KEY_SCOPES][number];

const USUAL: { readonly [Kind in keyof typeof KEY_SCOPES]: readonly KeyScope[] } = {
  ingest: ["traces", "logs", "metrics"],
  api: ["read", "write"],
};

/** The scopes of a stored key; names that no release knows are left out. */
export function scopesOf(
  kind: keyof typeof KEY_SCOPES,
  stored: readonly string[] | null,
): readonly KeyScope[] {
  if (stored === null) return USUAL[kind];
  return KEY_SCOPES[kind].filter((scope) => stored.includes(scope));
}

/**
 * The scopes as they are stored for a new key: null for the usual ones.
 *
 * @returns undefined when one of them is none of its kind, or there are none.
 */
export function storableScopes(
  kind: keyof typeof KEY_SCOPES,
  wanted: readonly string[] | null,
): readonly KeyScope[] | null | undefined {
  if (wanted === null) return null;
  const known = KEY_SCOPES[kind].filter((scope) => wanted.includes(scope));
  const isSound = known.length > 0 && wanted.every((scope) => known.some((one) => one === scope));
  return isSound ? known : undefined;
}
