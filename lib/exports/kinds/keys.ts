import { z } from "zod";
import { type KeyInfo, listKeys } from "#lib/access/list-keys.ts";
import { requireAdmin } from "#lib/access/rights.ts";
import { type Column, text, time } from "#lib/tables/column.ts";
import { listKind } from "../list-kind.ts";

/** No part of a secret: what is kept of one is a hash, and that stays where it is. */
const COLUMNS: readonly Column<KeyInfo>[] = [
  text("id", ({ id }) => id),
  text("kind", ({ kind }) => kind),
  text("label", ({ label }) => label),
  text("team", ({ team }) => team),
  text("role", ({ role }) => role),
  text("scopes", ({ scopes }) => scopes.join(" ")),
  text("content_policy", ({ kind, contentPolicy }) => (kind === "ingest" ? contentPolicy : null)),
  text("state", ({ state }) => state),
  time("created_at", ({ createdAt }) => createdAt),
  time("expires_at", ({ expiresAt }) => expiresAt),
  time("last_used_at", ({ lastUsedAt }) => lastUsedAt),
  time("rotated_at", ({ rotatedAt }) => rotatedAt),
  time("previous_until", ({ previousUntil }) => previousUntil),
];

export const keys = listKind({
  summary: "Keys, never their secrets; for admins",
  name: "keys",
  parameters: z.strictObject({}),
  columns: COLUMNS,
  rows: async ({ sql, viewer, now }) => {
    requireAdmin(viewer);
    return listKeys(sql, now);
  },
});
