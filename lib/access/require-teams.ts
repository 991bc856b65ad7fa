import { inArray } from "drizzle-orm";
import type { Db } from "#lib/db/client.ts";
import { team } from "#lib/db/schema/organization.ts";
import { AppError } from "#lib/errors.ts";
import { because } from "#lib/refusals/reason.ts";

/**
 * A mistyped team would leave a person or a key that sees nothing and does not
 * know why.
 *
 * @throws {AppError} "not_found" naming the teams that do not exist.
 */
export async function requireTeams(
  db: Pick<Db, "select">,
  slugs: readonly string[],
): Promise<void> {
  if (slugs.length === 0) return;
  const found = await db
    .select({ slug: team.slug })
    .from(team)
    .where(inArray(team.slug, [...slugs]));
  const unknown = slugs.filter((slug) => !found.some((row) => row.slug === slug));
  if (unknown.length === 0) return;
  throw new AppError(because("no_team", { team: unknown.join(", ") }), { code: "not_found" });
}
