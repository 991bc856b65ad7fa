import { z } from "zod";
import { KEY_SCOPES } from "#lib/access/key-scopes.ts";
import type { KeyInfo } from "#lib/access/list-keys.ts";
import { ROLES } from "#lib/access/viewer.ts";
import { iso } from "./iso.ts";

const Scope = z.enum([...KEY_SCOPES.ingest, ...KEY_SCOPES.api]);
const Moment = z.iso.datetime({ offset: true });

export const NewKeyInput = z.strictObject({
  kind: z.enum(["ingest", "api"]),
  label: z.string().trim().max(80).default(""),
  team: z.string().max(63).nullable().default(null),
  role: z.enum(ROLES).optional().meta({ description: "API keys; default viewer" }),
  scopes: z.array(Scope).min(1).max(3).nullable().default(null),
  expires_at: Moment.nullable().default(null),
});

export const RotationInput = z.strictObject({
  old_until: Moment.nullable().default(null).meta({
    description: "Until when the old secret works, at most 30 days; null ends it now",
  }),
});

export const KeyBody = z.strictObject({
  id: z.string(),
  kind: z.enum(["ingest", "api"]),
  label: z.string(),
  team: z.string().nullable(),
  role: z.enum(ROLES).nullable(),
  scopes: z.array(Scope),
  state: z.enum(["active", "expired", "revoked"]),
  created_at: Moment,
  expires_at: Moment.nullable(),
  last_used_at: Moment.nullable(),
  rotated_at: Moment.nullable(),
  old_until: Moment.nullable(),
});

export const KeysBody = z.strictObject({ keys: z.array(KeyBody) });
export const KeySecretBody = z.strictObject({
  id: z.string(),
  secret: z.string().meta({ description: "Shown this once" }),
});

export function keyBody(key: KeyInfo): z.input<typeof KeyBody> {
  const at = (moment: Date | null) => (moment === null ? null : iso(moment));
  return {
    id: key.id,
    kind: key.kind,
    label: key.label,
    team: key.team,
    role: key.role,
    scopes: [...key.scopes],
    state: key.state,
    created_at: iso(key.createdAt),
    expires_at: at(key.expiresAt),
    last_used_at: at(key.lastUsedAt),
    rotated_at: at(key.rotatedAt),
    old_until: at(key.previousUntil),
  };
}
