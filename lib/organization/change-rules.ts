import { randomUUID } from "node:crypto";
import type { Editor } from "#lib/access/rights.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import type { SqlClient, Tx } from "#lib/db/client.ts";
import { AppError } from "#lib/errors.ts";
import { because } from "#lib/refusals/reason.ts";
import { type Change, changeOrganization } from "./change.ts";
import { requireTeam } from "./require-team.ts";
import type { NewRule } from "./rule-input.ts";
import { isAhead, type RuleVersion, versionsInOrder } from "./rules.ts";

/**
 * Adds a rule after all others, for events that start from now on where it
 * does not say otherwise.
 *
 * @throws {AppError} "not_found" when a team is unknown, "forbidden" unless admin.
 */
export async function createRule(
  sql: SqlClient,
  change: Change,
  rule: NewRule,
): Promise<RuleVersion["id"]> {
  return changeOrganization(sql, change, (tx) => addRule(tx, change, rule));
}

/** `createRule` within a larger change; the caller holds `changeOrganization`. */
export async function addRule(tx: Tx, change: Change, rule: NewRule): Promise<string> {
  const { by, now } = change;
  const id = randomUUID();
  const order = (await versionsInOrder(tx)).map((version) => version.id);
  await insertVersion(tx, { id, lineage: id, kind: "created", change }, rule);
  await setOrder(tx, [...order, id]);
  await recordAudit(tx, {
    ...audited(by, "allocation_rule.created", id),
    after: contentOf(rule, startOf(rule, now)),
  });
  return id;
}

/**
 * Puts a new version in the place of a rule, from its start on: what began
 * before goes on to be filed by the former version, and receipts show it.
 *
 * @returns The id of the new version.
 * @throws {AppError} "not_found" when the rule has ended or a team is unknown.
 */
export async function editRule(
  sql: SqlClient,
  change: Change,
  old: string,
  rule: NewRule,
): Promise<string> {
  const { by, now } = change;
  return changeOrganization(sql, change, async (tx) => {
    const versions = await versionsInOrder(tx);
    const before = found(versions, old);
    const { lineage } = before;
    const id = randomUUID();
    await cutShort(tx, change, versions, lineage, startOf(rule, now));
    await insertVersion(tx, { id, lineage, kind: "edited", change }, rule);
    await setOrder(
      tx,
      versions.flatMap((version) => (version.id === old ? [old, id] : [version.id])),
    );
    await recordAudit(tx, {
      ...audited(by, "allocation_rule.changed", lineage),
      before: contentOf(before, before.effectiveFrom),
      after: contentOf(rule, startOf(rule, now)),
    });
    return id;
  });
}

/**
 * Ends a rule for events that start at an instant or later.
 *
 * @throws {AppError} "not_found" when it has ended.
 */
export async function endRule(
  sql: SqlClient,
  change: Change,
  id: string,
  at: Date = change.now,
): Promise<void> {
  await changeOrganization(sql, change, async (tx) => {
    const versions = await versionsInOrder(tx);
    const before = found(versions, id);
    await cutShort(tx, change, versions, before.lineage, at);
    await recordAudit(tx, {
      ...audited(change.by, "allocation_rule.ended", before.lineage),
      before: contentOf(before, before.effectiveFrom),
      after: { effective_to: at.toISOString() },
    });
  });
}

/**
 * Moves a rule one place up or down, for events that start from now on; at
 * either end it stays.
 *
 * @throws {AppError} "not_found" when it has ended.
 */
export async function moveRule(
  sql: SqlClient,
  change: Change,
  id: string,
  places: -1 | 1,
): Promise<void> {
  const { by, now } = change;
  await changeOrganization(sql, change, async (tx) => {
    const versions = await versionsInOrder(tx);
    const moved = found(versions, id);
    const ahead = versions.filter((version) => isAhead(version, now));
    const from = ahead.indexOf(moved);
    const neighbour = ahead[from + places];
    if (from === -1) throw gone();
    if (neighbour === undefined) return;
    const hasBegun = moved.effectiveFrom === null || moved.effectiveFrom < now;
    const placed = hasBegun ? randomUUID() : id;
    if (hasBegun) {
      await endVersion(tx, change, moved, now);
      const copy = { id: placed, lineage: moved.lineage, kind: "moved", change } as const;
      await insertVersion(tx, copy, { ...moved, effectiveFrom: now });
    }
    const others = versions.map((version) => version.id).filter((other) => other !== placed);
    const place = others.indexOf(neighbour.id) + (places === 1 ? 1 : 0);
    await setOrder(tx, others.toSpliced(place, 0, placed));
    await recordAudit(tx, {
      ...audited(by, "allocation_rule.moved", moved.lineage),
      before: { place: from + 1 },
      after: { place: from + 1 + places },
    });
  });
}

type Version = {
  readonly id: string;
  readonly lineage: string;
  readonly kind: RuleVersion["change"];
  readonly change: Change;
};
type Content = Pick<RuleVersion, "name" | "conditions" | "assign" | "ofTeam" | "effectiveTo">;

async function insertVersion(
  tx: Tx,
  { id, lineage, kind, change: { by, now } }: Version,
  rule: (NewRule | Content) & { readonly effectiveFrom?: Date | null | undefined },
): Promise<void> {
  const { name, conditions, assign, ofTeam, effectiveTo } = rule;
  // A copy may give a team that has been archived since.
  if (kind !== "moved") {
    for (const team of [assign.team, ofTeam]) {
      if (team !== undefined && team !== null) await requireTeam(tx, team);
    }
  }
  await tx`
    insert into allocation_rule (id, lineage, position, name, conditions, assign, of_team,
                                 effective_from, effective_to, change, created_at, created_by)
    values (${id}, ${lineage}, 0, ${name}, ${JSON.stringify(conditions)}::text::jsonb,
            ${JSON.stringify(assign)}::text::jsonb, ${ofTeam}, ${startOf(rule, now)},
            ${effectiveTo}, ${kind}, ${now}, ${by.label})`;
}

/** Takes all that starts at the instant or later from the versions of a rule. */
async function cutShort(
  tx: Tx,
  change: Change,
  versions: readonly RuleVersion[],
  lineage: string,
  at: Date | null,
): Promise<void> {
  for (const version of versions) {
    if (version.lineage === lineage) await endVersion(tx, change, version, at);
  }
}

async function endVersion(
  tx: Tx,
  { by, now }: Change,
  { id, effectiveFrom, effectiveTo }: RuleVersion,
  at: Date | null,
): Promise<void> {
  if (at !== null && effectiveTo !== null && effectiveTo <= at) return;
  const isNothingLeft = at === null || (effectiveFrom !== null && effectiveFrom >= at);
  await tx`
    update allocation_rule
       set effective_to = ${isNothingLeft ? effectiveTo : at}, ended_at = ${now},
           ended_by = ${by.label}, retired_at = ${isNothingLeft ? now : null}
     where id = ${id}`;
}

/** Numbers the versions from 1; which of two comes first never changes for those that stay. */
async function setOrder(tx: Tx, ids: readonly string[]): Promise<void> {
  await tx`
    update allocation_rule r set position = n.position
      from unnest(${[...ids]}::text[]::uuid[]) with ordinality as n (id, position)
     where r.id = n.id and r.position <> n.position`;
}

function found(versions: readonly RuleVersion[], id: string): RuleVersion {
  const version = versions.find((candidate) => candidate.id === id);
  if (version === undefined) throw gone();
  return version;
}

function gone(): AppError {
  return new AppError(because("rule_gone"), { code: "not_found" });
}

function startOf(rule: { readonly effectiveFrom?: Date | null | undefined }, now: Date) {
  return rule.effectiveFrom === undefined ? now : rule.effectiveFrom;
}

function audited(by: Editor, action: `allocation_rule.${string}`, id: string) {
  return { actor: by, action, target: { kind: "allocation_rule", id } } as const;
}

function contentOf(
  { name, conditions, assign, ofTeam, effectiveTo }: Content | NewRule,
  from: Date | null,
) {
  return {
    ...{ name, conditions, assign },
    of_team: ofTeam,
    effective_from: from?.toISOString() ?? null,
    effective_to: effectiveTo?.toISOString() ?? null,
  };
}
