import { and, asc, isNull, ne } from "drizzle-orm";
import { cache } from "react";
import { team } from "#lib/db/schema/organization.ts";
import { UNALLOCATED } from "#lib/usage/unallocated.ts";
import { context } from "./context.ts";

export type TeamName = { readonly slug: string; readonly name: string };

/** The teams that spend can be given to, for choosing one. */
export const currentTeams = cache(async (): Promise<readonly TeamName[]> => {
  return context()
    .db.select({ slug: team.slug, name: team.name })
    .from(team)
    .where(and(isNull(team.archivedAt), ne(team.slug, UNALLOCATED)))
    .orderBy(asc(team.name));
});
