import type { Viewer } from "#lib/access/viewer.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import type { SqlClient, Tx } from "#lib/db/client.ts";
import { AppError } from "#lib/errors.ts";
import type { NewViewInput, ViewPatch } from "./view-input.ts";

const MOST_VIEWS = 200;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

type StoredView = {
  readonly id: string;
  readonly name: string;
  readonly query: string;
  readonly isShared: boolean;
  readonly ownerId: string;
};

/**
 * Keeps a question under a name of the viewer's own.
 *
 * @returns The id of the view.
 * @throws {AppError} "conflict" when they have a view of that name, "too_large" when
 *   they have 200 already; "forbidden" for keys, which have no views.
 */
export async function saveView(
  sql: SqlClient,
  viewer: Viewer,
  { name, query, isShared }: NewViewInput,
  now: Date,
): Promise<string> {
  requirePerson(viewer);
  const { id } = await sql.begin(async (tx) => {
    const [counted] = await tx<{ views: number }[]>`
      select count(*)::int as views from saved_view where owner_id = ${viewer.id}`;
    if ((counted?.views ?? 0) >= MOST_VIEWS) {
      throw new AppError(`There are ${MOST_VIEWS} views already`, { code: "too_large" });
    }
    const [row] = await tx<{ id: string }[]>`
      insert into saved_view (owner_id, name, query, is_shared, changed_at)
      values (${viewer.id}, ${name}, ${query}, ${isShared}, ${now})
          on conflict (owner_id, name) do nothing returning id`;
    if (row === undefined) throw nameTaken(name);
    if (isShared) await audit(tx, viewer, "view.shared", row.id, { after: { name, query } });
    return row;
  });
  return id;
}

/**
 * Renames a view, shares it or takes it back, or gives it another question.
 *
 * @throws {AppError} "not_found" unless it is the viewer's own, or shared and
 *   the viewer an admin; "conflict" when its owner has a view of that name.
 */
export async function changeView(
  sql: SqlClient,
  viewer: Viewer,
  id: string,
  patch: ViewPatch,
  now: Date,
): Promise<void> {
  requirePerson(viewer);
  await sql.begin(async (tx) => {
    const before = await lockView(tx, viewer, id);
    const { name = before.name, query = before.query, isShared = before.isShared } = patch;
    const after: StoredView = { ...before, name, query, isShared };
    const [taken] = await tx`
      select from saved_view
       where owner_id = ${before.ownerId} and name = ${after.name} and id <> ${id}`;
    if (taken !== undefined) throw nameTaken(after.name);
    await tx`
      update saved_view
         set name = ${after.name}, query = ${after.query}, is_shared = ${after.isShared},
             changed_at = ${now}
       where id = ${id}`;
    if (!before.isShared && !after.isShared) return;
    const action = before.isShared === after.isShared ? "changed" : sharingOf(after);
    await audit(tx, viewer, `view.${action}`, id, { before: told(before), after: told(after) });
  });
}

/** @throws {AppError} "not_found" unless it is the viewer's own, or shared and the viewer an admin. */
export async function removeView(sql: SqlClient, viewer: Viewer, id: string): Promise<void> {
  requirePerson(viewer);
  await sql.begin(async (tx) => {
    const before = await lockView(tx, viewer, id);
    await tx`delete from saved_view where id = ${id}`;
    if (before.isShared) await audit(tx, viewer, "view.removed", id, { before: told(before) });
  });
}

/**
 * Chooses what Explore opens with for the viewer; null: with nothing special.
 *
 * @throws {AppError} "not_found" unless the view is their own or shared.
 */
export async function setDefaultView(
  sql: SqlClient,
  viewer: Viewer,
  id: string | null,
): Promise<void> {
  requirePerson(viewer);
  if (id === null) {
    await sql`delete from saved_view_default where user_id = ${viewer.id}`;
    return;
  }
  if (!UUID.test(id)) throw noSuchView();
  const { count } = await sql`
    insert into saved_view_default (user_id, view_id)
    select ${viewer.id}, id from saved_view
     where id = ${id} and (owner_id = ${viewer.id} or is_shared)
        on conflict (user_id) do update set view_id = excluded.view_id`;
  if (count === 0) throw noSuchView();
}

async function lockView(tx: Tx, { id: viewerId, role }: Viewer, id: string): Promise<StoredView> {
  if (!UUID.test(id)) throw noSuchView();
  const [row] = await tx<StoredView[]>`
    select id, name, query, is_shared as "isShared", owner_id as "ownerId" from saved_view
     where id = ${id} and (owner_id = ${viewerId} or (is_shared and ${role === "admin"}))
       for update`;
  if (row === undefined) throw noSuchView();
  return row;
}

async function audit(
  tx: Tx,
  actor: Viewer,
  action: `view.${string}`,
  id: string,
  states: { readonly before?: Told; readonly after?: Told },
): Promise<void> {
  await recordAudit(tx, { actor, action, target: { kind: "view", id }, ...states });
}

type Told = { readonly name: string; readonly query: string };

/** What the audit log keeps of a view. */
function told({ name, query }: StoredView): Told {
  return { name, query };
}

function sharingOf({ isShared }: Pick<StoredView, "isShared">): "shared" | "unshared" {
  return isShared ? "shared" : "unshared";
}

function requirePerson({ kind }: Viewer): void {
  if (kind === "user") return;
  throw new AppError("Views belong to people who sign in", { code: "forbidden" });
}

function nameTaken(name: string): AppError {
  return new AppError(`There is a view ${name} already`, { code: "conflict" });
}

function noSuchView(): AppError {
  return new AppError("No such view", { code: "not_found" });
}
