import type { Tx } from "#lib/db/client.ts";
import { AppError } from "#lib/errors.ts";
import { because } from "#lib/refusals/reason.ts";
import { UNALLOCATED } from "#lib/usage/unallocated.ts";

/** @throws {AppError} "not_found" unless there is such a team, and it is not archived. */
export async function requireTeam(tx: Tx, slug: string): Promise<void> {
  const [team] = await tx`select 1 from team where slug = ${slug} and archived_at is null`;
  if (team === undefined || slug === UNALLOCATED) {
    throw new AppError(because("no_team", { team: slug }), { code: "not_found" });
  }
}
