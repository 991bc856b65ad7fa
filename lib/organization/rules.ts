import { and, asc, eq, isNull } from "drizzle-orm";
import { z } from "zod";
import { notifyPlanChanged } from "#lib/access/keys.ts";
import type { AllocationRule, Assignment, Condition } from "#lib/allocation/rule.ts";
import type { Db } from "#lib/db/client.ts";
import { allocationRule, team } from "#lib/db/schema/organization.ts";
import { AppError } from "#lib/errors.ts";

const Words = z.string().trim().min(1).max(256);

/** What a person may ask for; empty parts of an assignment are left out before. */
export const NewRule = z.strictObject({
  name: z.string().trim().max(120),
  conditions: z
    .array(
      z
        .strictObject({
          attribute: z.string().trim().min(1).max(128),
          operator: z.enum(["equals", "starts_with", "contains", "exists"]),
          value: z.string().trim().max(256),
        })
        .refine(({ operator, value }) => operator === "exists" || value !== ""),
    )
    .max(20),
  assign: z
    .strictObject({
      team: Words.optional(),
      project: Words.optional(),
      environment: Words.optional(),
      workflow: Words.optional(),
      cost_center: Words.optional(),
    })
    .refine((assign) => Object.keys(assign).length > 0),
});
export type NewRule = z.output<typeof NewRule>;

export type StoredRule = AllocationRule & { readonly name: string };

type Reader = Pick<Db, "select">;

/** The rules in force, in the order in which they are asked. */
export async function listRules(db: Reader): Promise<readonly StoredRule[]> {
  const rows = await db
    .select()
    .from(allocationRule)
    .where(isNull(allocationRule.retiredAt))
    .orderBy(asc(allocationRule.position), asc(allocationRule.createdAt));
  return rows.map(({ id, name, conditions, assign }) => ({
    id,
    name,
    conditions: conditions as readonly Condition[],
    assign: assign as Assignment,
  }));
}

/**
 * Adds a rule after all others. It holds for what arrives from now on.
 *
 * @throws {AppError} "not_found" when the team is unknown.
 */
export async function createRule(db: Db, rule: NewRule): Promise<string> {
  return change(db, async (tx, ids) => {
    const id = await insertRule(tx, rule);
    return { order: [...ids, id], result: id };
  });
}

/**
 * Puts a rule in the place of another, which is retired: receipts of what the
 * old one took must go on to show it.
 *
 * @throws {AppError} "not_found" when the rule is not in force or the team unknown.
 */
export async function replaceRule(db: Db, old: string, rule: NewRule, now: Date): Promise<string> {
  return change(db, async (tx, ids) => {
    await retire(tx, ids, old, now);
    const id = await insertRule(tx, rule);
    return { order: ids.map((other) => (other === old ? id : other)), result: id };
  });
}

/** @throws {AppError} "not_found" when the rule is not in force. */
export async function retireRule(db: Db, id: string, now: Date): Promise<void> {
  await change(db, async (tx, ids) => {
    await retire(tx, ids, id, now);
    return { order: ids.filter((other) => other !== id), result: null };
  });
}

/** Moves a rule one place up or down; at either end it stays. An unknown rule changes nothing. */
export async function moveRule(db: Db, id: string, by: -1 | 1): Promise<void> {
  await change(db, async (_tx, ids) => {
    const from = ids.indexOf(id);
    const to = from + by;
    if (from === -1 || to < 0 || to >= ids.length) return { order: ids, result: null };
    return { order: ids.toSpliced(from, 1).toSpliced(to, 0, id), result: null };
  });
}

type Change<Result> = { readonly order: readonly string[]; readonly result: Result };
type Writer = Parameters<Parameters<Db["transaction"]>[0]>[0];

/** One change at a time: two people who reorder at once must not lose each other's. */
async function change<Result>(
  db: Db,
  work: (tx: Writer, ids: readonly string[]) => Promise<Change<Result>>,
): Promise<Result> {
  return db.transaction(async (tx) => {
    await tx.execute("lock table allocation_rule in share row exclusive mode");
    const rules = await listRules(tx);
    const { order, result } = await work(
      tx,
      rules.map(({ id }) => id),
    );
    for (const [index, id] of order.entries()) {
      await tx
        .update(allocationRule)
        .set({ position: index + 1 })
        .where(eq(allocationRule.id, id));
    }
    await notifyPlanChanged(tx);
    return result;
  });
}

async function insertRule(tx: Writer, { name, conditions, assign }: NewRule): Promise<string> {
  if (assign.team !== undefined) {
    const known = and(eq(team.slug, assign.team), isNull(team.archivedAt));
    const [found] = await tx.select({ slug: team.slug }).from(team).where(known);
    if (found === undefined) {
      throw new AppError(`there is no team ${assign.team}`, { code: "not_found" });
    }
  }
  const [row] = await tx
    .insert(allocationRule)
    .values({ position: 0, name, conditions, assign })
    .returning({ id: allocationRule.id });
  if (row === undefined) throw new Error("a rule was not stored");
  return row.id;
}

async function retire(tx: Writer, ids: readonly string[], id: string, now: Date): Promise<void> {
  if (!ids.includes(id)) {
    throw new AppError("This rule is not in force any more", { code: "not_found" });
  }
  await tx.update(allocationRule).set({ retiredAt: now }).where(eq(allocationRule.id, id));
}
