import type { JSONValue } from "postgres";
import { type Arms, type Decision, decide, type KnownCrossing } from "#lib/budgets/crossings.ts";
import { hasReached } from "#lib/budgets/share.ts";
import type { BudgetStatus } from "#lib/budgets/status.ts";
import type { SqlClient, Tx } from "#lib/db/client.ts";
import { type BudgetBook, type factsOf, readBudgetBook, readBudgetSpend } from "./budget-facts.ts";
import { currentCrossings, insertCrossing, type StoredCrossing } from "./crossing-store.ts";
import { type Links, stateInEvent, stillCrossed, thresholdInEvent } from "./event-data.ts";
import { emit, heldUntil, type Speaker, sayCrossing, speakerOf } from "./say.ts";

export type StateRow = {
  readonly budget_id: string;
  readonly period_start: Date;
  readonly limit_key: string;
  readonly arms: Arms;
};

/** What came after a period's end is late and gives no alert; what just missed the last look does. */
const LAST_LOOK_MS = 3_600_000;

/**
 * Decides for one budget what has been crossed, marks it and writes the
 * messages, in one transaction under the lock of the budget's state. All is
 * read again after the lock: two workers that see different spend agree on what
 * the later one sees.
 *
 * @returns How many messages were written or are held.
 */
export async function settleBudget(
  sql: SqlClient,
  id: string,
  now: number,
  links: Links,
): Promise<number> {
  return sql.begin(async (tx) => {
    const found = await readBudgetBook(tx, now, id);
    if (found.budgets.length === 0) return 0;
    const state = await lockState(tx, id);
    const book = await readBudgetBook(tx, now, id);
    const days = (await readBudgetSpend(tx, book, now)).get(id) ?? [];
    const speaker = speakerOf(tx, book, days, links, now);
    if (speaker === null) return 0;
    const { period, limit } = speaker.status;
    const isTurned = state !== null && state.period_start.getTime() !== period.start;
    let said = 0;
    if (state !== null && isTurned && isSameRevision(state, limit.key)) {
      said += await closePeriod(tx, book, speaker, state, days, links);
      said += await startPeriod(speaker, await hasTold(tx, state));
    }
    const isSamePeriod = state !== null && !isTurned;
    const arms = isSamePeriod && state.limit_key === limit.key ? state.arms : {};
    await putState(tx, id, period.start, limit.key, arms);
    const known = (await currentCrossings(tx, id)).get(id) ?? [];
    const isNewLimit = isSamePeriod && state.limit_key !== limit.key;
    const decision = decide({ ...situationOf(speaker), known, arms, isNewLimit });
    said += await write(speaker, decision, period.start);
    said += await settlePacing(speaker);
    await putState(tx, id, period.start, limit.key, decision.arms);
    return said;
  });
}

/** Without the crossings, which only the lock makes final. */
export function situationOf({ status, book, now }: Pick<Speaker, "status" | "book" | "now">) {
  const { budget, spent, limit, forecast } = status;
  return {
    thresholds: budget.thresholds,
    spent,
    limit: limit.total,
    limitKey: limit.key,
    forecast: forecast?.p50 ?? null,
    isMuted: book.mutes.has(budget.id),
    now,
  };
}

async function lockState(tx: Tx, id: string): Promise<StateRow | null> {
  // A row to lock must be there; the year 0 is nobody's period.
  await tx`
    insert into budget_state (budget_id, period_start, limit_key, arms)
    values (${id}, '0001-01-01', '', '{}') on conflict do nothing`;
  const [state] = await tx<StateRow[]>`
    select budget_id, period_start, limit_key, arms from budget_state
     where budget_id = ${id} for update`;
  return state === undefined || state.limit_key === "" ? null : state;
}

async function putState(
  tx: Tx,
  id: string,
  periodStart: number,
  limitKey: string,
  arms: Arms,
): Promise<void> {
  await tx`
    update budget_state
       set period_start = ${new Date(periodStart)}, limit_key = ${limitKey},
           arms = ${tx.json(arms as JSONValue)}
     where budget_id = ${id}`;
}

/** A period that ended because it was over, not because the budget was changed. */
function isSameRevision(state: StateRow, limitKey: string): boolean {
  return state.limit_key.split("+")[0] === limitKey.split("+")[0];
}

/** What the last moments of a period crossed. */
async function closePeriod(
  tx: Tx,
  book: BudgetBook,
  { now, status }: Speaker,
  state: StateRow,
  days: Parameters<typeof factsOf>[2],
  links: Links,
): Promise<number> {
  const end = status.period.start;
  if (now - end > LAST_LOOK_MS) return 0;
  const last = speakerOf(tx, book, days, links, end - 1);
  if (last === null || last.status.period.start !== state.period_start.getTime()) return 0;
  const known = (await currentCrossings(tx, status.budget.id)).get(status.budget.id) ?? [];
  const decision = decide({
    ...situationOf(last),
    forecast: null,
    known,
    arms: {},
    isNewLimit: state.limit_key !== last.status.limit.key,
    now,
  });
  const late = { uncrossed: [], takenBack: [] };
  return write({ ...last, now }, { ...decision, ...late }, last.status.period.start);
}

/** Whether an alarm of that period was told and not taken back: then the next one is its end, which a mute lets through. */
async function hasTold(tx: Tx, { budget_id, period_start }: StateRow): Promise<boolean> {
  const [found] = await tx`
    select 1 from budget_crossing
     where budget_id = ${budget_id} and sent_at >= ${period_start} and basis <> 'period'
       and uncrossed_at is null limit 1`;
  return found !== undefined;
}

async function startPeriod(speaker: Speaker, endsAlarm: boolean): Promise<number> {
  const { status, book } = speaker;
  const isMuted = !endsAlarm && book.mutes.has(status.budget.id);
  const held = isMuted ? null : heldUntil(speaker);
  const id = await insertCrossing(speaker.tx, {
    ...crossingBase(speaker, status.period.start),
    basis: "period",
    percent: 0,
    arming: 0,
    silentBecause: isMuted ? "muted" : null,
    heldUntil: held,
  });
  if (id === null || isMuted) return 0;
  if (held === null) await sayCrossing(speaker, id, "period", 0);
  return 1;
}

async function write(speaker: Speaker, decision: Decision, periodStart: number): Promise<number> {
  const { tx, now } = speaker;
  const held = heldUntil(speaker);
  let said = 0;
  for (const mark of decision.marks) {
    // In quiet hours the highest may fall back again: which one speaks is decided when they end.
    const isHeld = held !== null && mark.silentBecause === "higher";
    const speaks = mark.silentBecause === null || isHeld;
    const id = await insertCrossing(tx, {
      ...crossingBase(speaker, periodStart),
      ...mark,
      silentBecause: speaks ? null : mark.silentBecause,
      heldUntil: speaks ? held : null,
    });
    if (id === null || !speaks) continue;
    said++;
    if (held === null) await sayCrossing(speaker, id, mark.basis, mark.percent);
  }
  await stamp(tx, "recrossed_at", decision.recrossed, now);
  // What was told is taken back when quiet hours end, if it is still so then.
  if (held !== null && decision.takenBack.length > 0) return said;
  await stamp(tx, "uncrossed_at", decision.uncrossed, now);
  if (decision.takenBack.length > 0) said += await sayUncrossed(speaker, decision);
  return said;
}

function crossingBase({ status, now }: Speaker, periodStart: number) {
  const { budget, spent, limit } = status;
  return {
    budgetId: budget.id,
    periodStart,
    limitKey: limit.key,
    at: now,
    spent,
    limit: limit.total,
  };
}

async function stamp(
  tx: Tx,
  column: "uncrossed_at" | "recrossed_at",
  crossings: readonly KnownCrossing[],
  now: number,
): Promise<void> {
  if (crossings.length === 0) return;
  const ids = (crossings as readonly StoredCrossing[]).map(({ id }) => id);
  await tx`
    update budget_crossing set ${tx(column)} = ${new Date(now)} where id = any(${ids}::uuid[])`;
}

/** One message, that names the highest threshold that spend fell below, else that its forecast did. */
async function sayUncrossed(
  speaker: Speaker,
  { takenBack, byLimit }: Pick<Decision, "takenBack" | "byLimit">,
): Promise<number> {
  const { book, links, now } = speaker;
  const ofSpend = takenBack.filter(({ basis }) => basis !== "forecast");
  const kind = ofSpend.length > 0 ? "actual" : "forecast";
  const named = ofSpend.length > 0 ? ofSpend : takenBack;
  const percent = Math.max(...named.map((each) => each.percent));
  await emit(speaker, {
    type: "budget.threshold_uncrossed",
    data: {
      ...stateInEvent(speaker.status, [], { now, timeZone: book.timeZone, ...links }),
      threshold: thresholdInEvent(kind, percent),
      because: byLimit ? "limit" : "correction",
      still_crossed: stillCrossed(speaker.status),
    },
  });
  return 1;
}

async function settlePacing(speaker: Speaker): Promise<number> {
  const { status, book } = speaker;
  const { pacing } = status;
  if (pacing === null || !isPacingExceeded(status)) return 0;
  const isMuted = book.mutes.has(status.budget.id);
  const held = heldUntil(speaker);
  const id = await insertCrossing(speaker.tx, {
    ...crossingBase(speaker, pacing.start),
    limitKey: String(status.budget.limitRevision),
    spent: pacing.spent,
    limit: pacing.limit,
    basis: "pacing",
    percent: 100,
    arming: 0,
    silentBecause: isMuted ? "muted" : null,
    heldUntil: isMuted ? null : held,
  });
  if (id === null || isMuted) return 0;
  if (held === null) await sayCrossing(speaker, id, "pacing", 100);
  return 1;
}

export function isPacingExceeded({ pacing }: Pick<BudgetStatus, "pacing">): boolean {
  return pacing !== null && hasReached(pacing.spent, pacing.limit, 100);
}
