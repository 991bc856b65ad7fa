import { z } from "zod";
import { teamSlug } from "#lib/allocation/find-team.ts";
import { isDay } from "./organization-day.ts";
import { NewRule } from "./rule-input.ts";

const Name = z.string().trim().min(1).max(120);
const Code = z.string().trim().min(1).max(120).nullable();
const Slug = z.string().refine((slug) => teamSlug(slug) === slug, {
  error: "must be 1 to 63 of a-z, 0-9, dot, dash and underscore",
});
const Owners = z.array(z.email().max(254).toLowerCase()).max(20);
/** A date of the organisation's zone. */
export const Day = z.string().refine(isDay, "must be a date such as 2026-11-22");

export const TeamInput = z.strictObject({
  slug: Slug,
  name: Name,
  parent: z.string().nullable().default(null),
  costCenter: Code.default(null),
  owners: Owners.default([]),
});
export type TeamInput = z.output<typeof TeamInput>;

/** What is left out stays. */
export const TeamChange = z.strictObject({
  name: Name.optional(),
  parent: z.string().nullable().optional(),
  costCenter: Code.optional(),
  owners: Owners.optional(),
  archived: z.boolean().optional(),
});
export type TeamChange = z.output<typeof TeamChange>;

export const TeamMerge = z.strictObject({
  into: z.string(),
  /** What starts on that date or later falls to the other team. */
  from: Day,
  /** `under`: the team is put below the other, so that its past shows there; `stays`: where it was. */
  history: z.enum(["stays", "under"]).default("stays"),
});
export type TeamMerge = z.output<typeof TeamMerge>;

export const TeamSplit = z.strictObject({
  from: Day,
  /** Where the new teams stand: below the team, or beside it. */
  place: z.enum(["below", "beside"]).default("below"),
  parts: z
    .array(
      z.strictObject({
        slug: Slug,
        name: Name,
        costCenter: Code.default(null),
        /** What of the team's spend it gets; the first part whose conditions hold. */
        conditions: NewRule.shape.conditions.min(1),
        /** E-mails of the team's people who go there. */
        people: z.array(z.email().max(254).toLowerCase()).max(1_000).default([]),
      }),
    )
    .min(1)
    .max(20),
});
export type TeamSplit = z.output<typeof TeamSplit>;
