import { z } from "zod";
import { NewRule } from "#lib/organization/rule-input.ts";
import type { RuleVersion } from "#lib/organization/rules.ts";
import { limit } from "#lib/parameters/limit.ts";
import { Instant } from "./figures.ts";
import { iso } from "./iso.ts";

const Moment = z.iso
  .datetime({ offset: true })
  .transform((text) => new Date(text))
  .nullable();
const { name, conditions, assign, ofTeam } = NewRule.shape;

/** In words of the API; `ruleOf` proves it whole. */
export const RuleInput = z.strictObject({
  name,
  conditions,
  assign,
  of_team: ofTeam.meta({ description: "Asked only for what would otherwise fall to this team" }),
  effective_from: Moment.optional().meta({
    description: "Events that start then or later; default: from now on; null: all",
  }),
  effective_to: Moment.default(null),
});
export type RuleInput = z.output<typeof RuleInput>;

/** What is left out stays; `move` changes the place only. */
export const RuleChange = z.strictObject({
  name: name.unwrap().optional(),
  conditions: conditions.optional(),
  assign: assign.optional(),
  of_team: ofTeam.unwrap().optional(),
  effective_from: Moment.optional(),
  effective_to: Moment.optional(),
  move: z.enum(["up", "down"]).optional(),
});
export type RuleChange = z.output<typeof RuleChange>;

export function ruleOf({ of_team, effective_from, effective_to, ...rule }: RuleInput) {
  return NewRule.safeParse({
    ...rule,
    ofTeam: of_team,
    ...(effective_from === undefined ? {} : { effectiveFrom: effective_from }),
    effectiveTo: effective_to,
  });
}

export const RuleBody = z.strictObject({
  id: z.string().meta({ description: "Of this version; what receipts name" }),
  lineage: z.string().meta({ description: "The same for all versions of a rule" }),
  position: z.int(),
  name: z.string(),
  conditions: z.array(
    z.strictObject({ attribute: z.string(), operator: z.string(), value: z.string() }),
  ),
  assign: z.record(z.string(), z.string()),
  of_team: z.string().nullable(),
  effective_from: Instant.nullable(),
  effective_to: Instant.nullable(),
  change: z.enum(["created", "edited", "moved"]),
  created_at: Instant,
  created_by: z.string(),
  ended_at: Instant.nullable().meta({ description: "When the version was cut short" }),
  ended_by: z.string().nullable(),
  retired: z.boolean().meta({ description: "Nothing of its time is left" }),
});
export const RulesBody = z.strictObject({ rules: z.array(RuleBody) });

export const RulesParameters = z.strictObject({
  history: z
    .enum(["true", "false"])
    .default("false")
    .meta({ description: "Every version that ever was, the newest first" }),
  limit: limit(1_000, 5_000),
});

export function ruleBody(version: RuleVersion): z.output<typeof RuleBody> {
  const { id, lineage, position, name, conditions, assign, change } = version;
  const { effectiveFrom, effectiveTo, createdAt, createdBy, endedAt, endedBy } = version;
  return {
    ...{ id, lineage, position, name, conditions: [...conditions], assign: { ...assign }, change },
    of_team: version.ofTeam,
    effective_from: effectiveFrom && iso(effectiveFrom),
    effective_to: effectiveTo && iso(effectiveTo),
    created_at: iso(createdAt),
    created_by: createdBy,
    ended_at: endedAt && iso(endedAt),
    ended_by: endedBy,
    retired: version.retiredAt !== null,
  };
}
