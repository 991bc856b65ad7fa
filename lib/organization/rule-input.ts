import { z } from "zod";

const Words = z.string().trim().min(1).max(256);

const ConditionInput = z
  .strictObject({
    attribute: z.string().trim().min(1).max(128),
    operator: z.enum(["equals", "starts_with", "contains", "exists"]),
    value: z.string().trim().max(256).default(""),
  })
  .refine(({ operator, value }) => operator === "exists" || value !== "", {
    path: ["value"],
    error: "must not be empty",
  });

const AssignInput = z
  .strictObject({
    team: Words.optional(),
    project: Words.optional(),
    environment: Words.optional(),
    workflow: Words.optional(),
    cost_center: Words.optional(),
  })
  .refine((assign) => Object.keys(assign).length > 0, "must give at least one thing");

/** What a person may ask for; empty parts of an assignment are left out before. */
export const NewRule = z
  .strictObject({
    name: z.string().trim().max(120).default(""),
    conditions: z.array(ConditionInput).max(20),
    assign: AssignInput,
    /** Asked only for what would otherwise fall to this team. */
    ofTeam: Words.nullable().default(null),
    /** For events that start in [from, to). Left out: from now on. Null: no bound. */
    effectiveFrom: z.date().nullable().optional(),
    effectiveTo: z.date().nullable().default(null),
  })
  .refine(({ effectiveFrom: from, effectiveTo: to }) => !from || to === null || from < to, {
    path: ["effectiveTo"],
    error: "must be after the start",
  });
export type NewRule = z.output<typeof NewRule>;
