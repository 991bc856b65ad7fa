import { SYSTEM } from "#lib/audit/actor.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import type { SqlClient, Tx } from "#lib/db/client.ts";
import { floatOf } from "#lib/money/float-usd.ts";
import { toDecimal } from "#lib/money/money.ts";
import { announce } from "./announce.ts";
import { type ExplainedGroup, explainGroup, storedMoney } from "./explain-group.ts";
import { groupSightings, type SightingGroup } from "./group-sightings.ts";
import { findKnown, isTelling, type KnownAnomaly } from "./known-anomaly.ts";
import { MOST_KEYS, provenKeys, type Sighting } from "./sighting.ts";
import { readMeets } from "./used-together.ts";
import type { WatchFacts } from "./watch-facts.ts";

/** One run settles at a time, however many workers there are. */
const SETTLE_LOCK = 7_302_041;

export type Settled = { readonly opened: number; readonly seen: number };

/**
 * Makes anomalies of sightings: joins those of one thing, adds them to the
 * anomaly that is known of it, or opens one. A message goes out once, when an
 * anomaly is first worth it.
 */
export async function settle(
  sql: SqlClient,
  sightings: readonly Sighting[],
  facts: WatchFacts,
  publicUrl: string | null,
): Promise<Settled> {
  if (sightings.length === 0) return { opened: 0, seen: 0 };
  const meets = await readMeets(
    sql,
    sightings.map(({ scope }) => scope),
  );
  const groups = groupSightings(sightings, meets);
  // Read before the lock: it takes the longest, and nobody else has to wait for it.
  const explained: [SightingGroup, ExplainedGroup][] = [];
  for (const group of groups) explained.push([group, await explainGroup(sql, group, facts)]);
  return sql.begin(async (tx) => {
    await tx`select pg_advisory_xact_lock(${SETTLE_LOCK})`;
    let opened = 0;
    for (const [sightings, group] of explained) {
      const known = await findKnown(tx, group, facts.now, meets);
      if (await settleGroup(tx, known, sightings, group, facts, publicUrl)) opened += 1;
    }
    return { opened, seen: explained.length };
  });
}

/** @returns Whether it has opened an anomaly. */
async function settleGroup(
  tx: Tx,
  known: KnownAnomaly | undefined,
  sightings: SightingGroup,
  group: ExplainedGroup,
  facts: WatchFacts,
  publicUrl: string | null,
): Promise<boolean> {
  if (known === undefined) {
    if (!isWorthwhile(group, facts)) return false;
    await open(tx, group, facts.now, publicUrl);
    return true;
  }
  const isOver = known.state === "resolved";
  if (isOver && known.resolved_because === "by_hand") return false;
  const tells = isTelling(known, group);
  // What is over is opened again by nothing less than what told of it.
  if (isOver && !tells) return false;
  const whole = tells ? await withKnownTime(tx, known, sightings, group, facts) : null;
  await update(tx, known, group, whole, facts.now, publicUrl);
  return false;
}

/**
 * The detectors' floors hold for what the rollups say now, too, and for the time as a
 * whole: late corrections take an oddity away, and so does a fall after a rise.
 */
function isWorthwhile({ head, impact }: ExplainedGroup, { floors }: WatchFacts): boolean {
  if (head.source === "agent") return true;
  const { metric, measured } = head;
  const change = measured === null ? floatOf(impact) : measured.actual - measured.expected;
  return Math.abs(change) >= floors[metric];
}

async function open(
  tx: Tx,
  group: ExplainedGroup,
  now: number,
  publicUrl: string | null,
): Promise<void> {
  const { head, scope, keys, startsAt, endsAt, isNotable, explanation, findings } = group;
  const at = new Date(now);
  const { expected, actual, impact } = storedMoney(group);
  const [row] = await tx<{ id: string }[]>`
    insert into anomaly (state, kind, source, metric, direction, scope, keys, starts_at, ends_at,
                         expected, actual, impact, measured, explanation, findings, is_notable,
                         detected_at, seen_at)
    values ('open', ${head.kind}, ${head.source}, ${head.metric}, ${head.direction},
            ${json(scope)}::text::jsonb, ${[...keys]}, ${new Date(startsAt)}, ${new Date(endsAt)},
            ${expected}, ${actual}, ${impact}, ${json(head.measured)}::text::jsonb,
            ${json(explanation)}::text::jsonb, ${json(findings)}::text::jsonb, ${isNotable}, ${at}, ${at})
    returning id`;
  if (row === undefined) throw new Error("the anomaly has no id");
  await storeParts(tx, row.id, group);
  await tx`
    insert into anomaly_note (anomaly_id, at, by, what)
    values (${row.id}, ${at}, ${SYSTEM.label}, 'opened')`;
  await recordAudit(tx, {
    actor: SYSTEM,
    action: "anomaly.opened",
    target: { kind: "anomaly", id: row.id },
    after: { kind: head.kind, scope: { ...scope }, impact },
  });
  if (isNotable && publicUrl !== null) await announce(tx, row.id, "anomaly.opened", now, publicUrl);
}

/** The group with the money of all the time that its anomaly has lasted: runs look back no further than they must. */
async function withKnownTime(
  tx: Tx,
  known: KnownAnomaly,
  { head, others }: SightingGroup,
  group: ExplainedGroup,
  facts: WatchFacts,
): Promise<ExplainedGroup> {
  const startsAt = Math.min(known.starts_at.getTime(), head.startsAt);
  const endsAt = Math.max(known.ends_at.getTime(), head.endsAt);
  const isSameTime = startsAt >= group.startsAt && endsAt <= group.endsAt;
  // An agent's minutes are not those of the hours that were seen first.
  if (isSameTime || (head.source === "agent" && known.source !== "agent")) return group;
  return explainGroup(tx, { head: { ...head, startsAt, endsAt }, others }, facts);
}

/**
 * What was seen again may be worth a message by now; a person's word on its state stands.
 *
 * @param whole What is told of it from now on; null: what is stored.
 */
async function update(
  tx: Tx,
  known: KnownAnomaly,
  { keys, isNotable, findings }: ExplainedGroup,
  whole: ExplainedGroup | null,
  now: number,
  publicUrl: string | null,
): Promise<void> {
  const more = known.source === "agent" ? provenKeys(known, keys) : keys;
  const told = json(findings);
  const mergedKeys = [...new Set([...known.keys, ...more])].slice(0, MOST_KEYS);
  await tx`
    update anomaly
       set keys = ${mergedKeys}, seen_at = ${new Date(now)},
           findings = ${whole === null ? tx`${told}::text::jsonb || findings` : tx`findings || ${told}::text::jsonb`},
           is_notable = is_notable or ${isNotable},
           state = case when state = 'resolved' then 'open' else state end,
           resolved_at = case when state = 'resolved' then null else resolved_at end,
           resolved_because = case when state = 'resolved' then null else resolved_because end
     where id = ${known.id}`;
  if (whole !== null) await tell(tx, known.id, whole);
  const isNews = isNotable && known.announced_at === null && known.state === "open";
  if (isNews && publicUrl !== null) await announce(tx, known.id, "anomaly.opened", now, publicUrl);
}

/** Tells an anomaly as it is seen now. */
export async function tell(tx: Tx, id: string, group: ExplainedGroup): Promise<void> {
  const { head, startsAt, endsAt, explanation } = group;
  const { expected, actual, impact } = storedMoney(group);
  await tx`
    update anomaly
       set kind = ${head.kind}, source = ${head.source}, metric = ${head.metric},
           scope = ${json(group.scope)}::text::jsonb, expected = ${expected}, actual = ${actual},
           starts_at = ${new Date(startsAt)}, ends_at = ${new Date(endsAt)},
           impact = ${impact}, measured = ${json(head.measured)}::text::jsonb,
           explanation = ${json(explanation)}::text::jsonb
     where id = ${id}`;
  await tx`delete from anomaly_part where anomaly_id = ${id}`;
  await storeParts(tx, id, group);
}

async function storeParts(tx: Tx, id: string, { parts }: ExplainedGroup): Promise<void> {
  const rows = parts.map(({ team, expected, actual }) => ({
    team,
    expected: toDecimal(expected),
    actual: toDecimal(actual),
  }));
  await tx`
    insert into anomaly_part (anomaly_id, team, expected, actual)
    select ${id}, team, expected, actual
      from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb)
        as p (team text, expected numeric, actual numeric)`;
}

function json(value: unknown): string | null {
  return value === null ? null : JSON.stringify(value);
}
