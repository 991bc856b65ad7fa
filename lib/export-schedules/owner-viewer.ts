import { scopesOf } from "#lib/access/key-scopes.ts";
import { requireFinance } from "#lib/access/rights.ts";
import type { Role, Viewer } from "#lib/access/viewer.ts";
import { type SignedInUser, userViewer } from "#lib/auth/user-viewer.ts";
import type { Database } from "#lib/db/client.ts";
import { AppError } from "#lib/errors.ts";
import type { ClaimedRun } from "./claim-run.ts";

type Databases = Pick<Database, "db" | "sql">;

/**
 * Whom a schedule's files are made for, with the rights of this moment.
 *
 * @throws {AppError} "forbidden" when they are gone, shut out, or see all money no more.
 */
export async function ownerViewer(
  databases: Databases,
  { kind, id, label }: ClaimedRun["owner"],
  now: Date,
): Promise<Viewer> {
  const viewer =
    kind === "user" ? await personOf(databases, id, now) : await keyOf(databases, id, now);
  if (viewer === null) {
    throw new AppError(`The owner ${label} has no access any more`, { code: "forbidden" });
  }
  requireFinance(viewer);
  return viewer;
}

async function personOf(databases: Databases, id: string, now: Date): Promise<Viewer | null> {
  const [user] = await databases.sql<SignedInUser[]>`
    select id, name, role, two_factor_enabled as "twoFactorEnabled"
      from auth_user where id = ${id} and deactivated_at is null`;
  return user === undefined ? null : await userViewer(databases, user, now);
}

type KeyRow = {
  readonly label: string;
  readonly role: Role | null;
  readonly team: string | null;
  readonly scopes: readonly string[] | null;
};

async function keyOf({ sql }: Databases, id: string, now: Date): Promise<Viewer | null> {
  const [key] = await sql<KeyRow[]>`
    select label, role, team_slug as team, scopes from access_key
     where id = ${id} and kind = 'api' and revoked_at is null
       and (expires_at is null or expires_at > ${now})`;
  const scopes = scopesOf("api", key?.scopes ?? null);
  if (key === undefined || !scopes.includes("read")) return null;
  const { label, role, team } = key;
  // Only keys that see all money pass, so no team below has to be looked up.
  return {
    ...{ kind: "key", id, label, role: role ?? "viewer", scopes },
    ...{ teams: team === null ? "all" : [team], persons: team === null ? "all" : "none" },
  };
}
