"use server";

import { getTranslations } from "next-intl/server";
import { context } from "#app/_server/context.ts";
import { currentOrganization } from "#app/_server/organization.ts";
import { requireRole } from "#app/_server/viewer.ts";
import { type Explanation, explainAllocation } from "#lib/allocation/explain.ts";
import type { Because } from "#lib/allocation/find-team.ts";
import { loadAllocationPlan } from "#lib/organization/load-allocation-plan.ts";
import { listRuleVersions } from "#lib/organization/rules.ts";
import { allocatableEvent } from "#lib/reports/allocatable-event.ts";
import { readAttributes } from "./read-attributes.ts";

export type TrialState = {
  readonly text?: string;
  readonly message?: string;
  readonly explanation?: Pick<Explanation, "trials" | "parts"> & {
    readonly team: string;
    readonly because: Because;
    /** The team before splits and merges. */
    readonly foundTeam: string;
    /** By rule id. */
    readonly names: Readonly<Record<string, string>>;
  };
};

const MOST_NAMES = 5_000;

const EVENT_ID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/;

/** Which rule takes an event, named by its id, or a pasted set of attributes, and why. Changes nothing. */
export async function tryRulesAction(_previous: TrialState, form: FormData): Promise<TrialState> {
  const viewer = await requireRole("admin", "finance");
  const t = await getTranslations("Rules");
  const text = String(form.get("attributes") ?? "").slice(0, 20_000);
  const { sql } = context();
  const now = new Date();
  const id = text.includes("\n") ? undefined : EVENT_ID.exec(text)?.[0];
  const event = id === undefined ? null : await allocatableEvent(sql, id);
  const attributes = id === undefined ? readAttributes(text) : event?.attributes;
  if (attributes === undefined) return { text, message: t("errors.noEvent") };
  if (attributes === null) return { text, message: t("errors.unreadable") };
  const [{ timeZone }, rules] = await Promise.all([
    currentOrganization(),
    listRuleVersions(sql, viewer, { limit: MOST_NAMES }),
  ]);
  const attributeOf = (name: string) =>
    Object.hasOwn(attributes, name) ? attributes[name] : undefined;
  const { allocation, trials, parts } = explainAllocation(await loadAllocationPlan(sql, timeZone), {
    attributeOf,
    startedAtMs: event?.startedAtMs ?? now.getTime(),
    project: attributeOf("project"),
    environment: attributeOf("environment"),
    workflow: attributeOf("workflow"),
    user: attributeOf("user") ?? attributeOf("user.email") ?? attributeOf("user.id"),
    keyTeam: event?.keyTeam ?? null,
  });
  const names = Object.fromEntries(
    rules.map(({ id, name, position }) => [id, name || `${position}`]),
  );
  const { team, because, foundTeam } = allocation;
  return { text, explanation: { team, because, foundTeam, trials, parts, names } };
}
