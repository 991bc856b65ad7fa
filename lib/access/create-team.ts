import { eq } from "drizzle-orm";
import { z } from "zod";
import { teamSlug } from "#lib/allocation/find-team.ts";
import type { AuditActor } from "#lib/audit/actor.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import type { Db } from "#lib/db/client.ts";
import { team } from "#lib/db/schema/organization.ts";
import { AppError } from "#lib/errors.ts";
import { notifyPlanChanged } from "./keys.ts";

/** The slug is the team's name in figures, files and rules, and never changes. */
export const NewTeam = z.strictObject({
  slug: z.string().refine((slug) => teamSlug(slug) === slug),
  name: z.string().trim().min(1).max(120),
  costCenter: z.string().trim().min(1).max(120).nullable(),
  parent: z.string().nullable(),
});
export type NewTeam = z.infer<typeof NewTeam>;

/**
 * Adds a team, and tells the collectors, which file by it from then on.
 *
 * @throws {AppError} "conflict" when there is one of that slug (telemetry that
 *   names an unknown team makes it too), "not_found" when the parent is unknown.
 */
export async function createTeam(
  db: Db,
  actor: AuditActor,
  { slug, name, costCenter, parent }: NewTeam,
): Promise<void> {
  await db.transaction(async (tx) => {
    if (parent !== null) {
      const [found] = await tx.select().from(team).where(eq(team.slug, parent));
      if (found === undefined) {
        throw new AppError(`there is no team ${parent}`, { code: "not_found" });
      }
    }
    const made = await tx
      .insert(team)
      .values({ slug, name, costCenter, parentSlug: parent })
      .onConflictDoNothing()
      .returning({ slug: team.slug });
    if (made.length === 0) {
      throw new AppError(`there is a team ${slug} already`, { code: "conflict" });
    }
    await recordAudit(tx, {
      ...{ actor, action: "team.created", target: { kind: "team", id: slug } },
      after: { name, parent, costCenter },
    });
    await notifyPlanChanged(tx);
  });
}
