"use server";

import { isNull } from "drizzle-orm";
import { getTranslations } from "next-intl/server";
import { context } from "#app/_server/context.ts";
import { requireRole } from "#app/_server/viewer.ts";
import type { AllocationPlan } from "#lib/allocation/allocate.ts";
import { type Explanation, explainAllocation } from "#lib/allocation/explain.ts";
import { team } from "#lib/db/schema/organization.ts";
import { listRules } from "#lib/organization/rules.ts";
import { allocatableEvent } from "#lib/reports/allocatable-event.ts";
import { readAttributes } from "./read-attributes.ts";

export type TrialState = {
  readonly text?: string;
  readonly message?: string;
  readonly explanation?: Pick<Explanation, "because" | "trials"> & {
    readonly team: string;
    /** By rule id. */
    readonly names: Readonly<Record<string, string>>;
  };
};

const EVENT_ID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/;

/** Which rule takes an event, named by its id, or a pasted set of attributes, and why. Changes nothing. */
export async function tryRulesAction(_previous: TrialState, form: FormData): Promise<TrialState> {
  await requireRole("admin", "finance");
  const t = await getTranslations("Rules");
  const text = String(form.get("attributes") ?? "").slice(0, 20_000);
  const { db, sql } = context();
  const id = text.includes("\n") ? undefined : EVENT_ID.exec(text)?.[0];
  const event = id === undefined ? null : await allocatableEvent(sql, id);
  const attributes = id === undefined ? readAttributes(text) : event?.attributes;
  if (attributes === undefined) return { text, message: t("errors.noEvent") };
  if (attributes === null) return { text, message: t("errors.unreadable") };
  const rules = await listRules(db);
  const plan: AllocationPlan = {
    rules,
    teams: await db.select().from(team).where(isNull(team.archivedAt)),
  };
  const found = explainAllocation(
    plan,
    (name) => (Object.hasOwn(attributes, name) ? attributes[name] : undefined),
    event?.keyTeam ?? null,
  );
  const { allocation, because, trials } = found;
  const names = Object.fromEntries(
    rules.map((rule, index) => [rule.id, rule.name || `${index + 1}`]),
  );
  return { text, explanation: { team: allocation.team, because, trials, names } };
}
