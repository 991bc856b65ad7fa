import { scopesOf } from "#lib/access/key-scopes.ts";
import { teamsFrom } from "#lib/access/key-viewer.ts";
import { personScope } from "#lib/access/person-scope.ts";
import type { Role, Viewer } from "#lib/access/viewer.ts";
import { userViewer } from "#lib/auth/user-viewer.ts";
import type { Database } from "#lib/db/client.ts";
import type { ExportJob } from "./export-job.ts";

type Store = Pick<Database, "sql" | "db">;

/** Who asked for a file, with the rights of now; null when they have none any more. */
export async function askerOf(
  store: Store,
  { askedBy }: Pick<ExportJob, "askedBy">,
  now: Date,
): Promise<Viewer | null> {
  return askedBy.kind === "user" ? person(store, askedBy.id, now) : key(store, askedBy.id, now);
}

async function person(store: Store, id: string, now: Date): Promise<Viewer | null> {
  const [user] = await store.sql<{ name: string; role: string; has: boolean }[]>`
    select name, role, two_factor_enabled as has from auth_user
     where id = ${id} and deactivated_at is null`;
  if (user === undefined) return null;
  const { name, role, has: twoFactorEnabled } = user;
  const viewer = await userViewer(store, { id, name, role, twoFactorEnabled }, now);
  return viewer.mustEnroll === true ? null : viewer;
}

async function key({ sql }: Store, id: string, now: Date): Promise<Viewer | null> {
  const [found] = await sql<
    { label: string; team: string | null; role: Role | null; scopes: string[] | null }[]
  >`
    select label, team_slug as team, role, scopes from access_key
     where id = ${id} and kind = 'api' and revoked_at is null
       and (expires_at is null or expires_at > ${now})`;
  if (found === undefined) return null;
  const { label, team } = found;
  const role = found.role ?? "viewer";
  const teams = team === null ? "all" : await teamsFrom(sql, team);
  const persons = await personScope(sql, role, teams, now);
  return { kind: "key", id, label, role, teams, persons, scopes: scopesOf("api", found.scopes) };
}
