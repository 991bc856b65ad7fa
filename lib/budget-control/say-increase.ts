import { printAmount } from "#lib/budgets/amount.ts";
import type { Tx } from "#lib/db/client.ts";
import { readBudgetBook, readBudgetSpend } from "./budget-facts.ts";
import { budgetInEvent, budgetUrl, iso, type Links } from "./event-data.ts";
import type { IncreaseRecord } from "./increases.ts";
import { emit, speakerOf } from "./say.ts";

/**
 * Tells those who decide of a request for more, or who asked of the decision,
 * in the transaction that stores it. Somebody waits for it: neither a mute nor
 * quiet hours hold it back.
 *
 * @param answerTo The mail address of who asked; null where there is none to tell.
 */
export async function sayIncrease(
  tx: Tx,
  record: IncreaseRecord,
  answerTo: string | null,
  now: Date,
  links: Links,
): Promise<void> {
  const [id, at] = [record.budgetId, now.getTime()];
  const book = await readBudgetBook(tx, at, id);
  const days = (await readBudgetSpend(tx, book, at)).get(id) ?? [];
  const speaker = speakerOf(tx, book, days, links, at);
  if (speaker === null) throw new Error("an increase of a budget that is not there");
  const { budget, period, limit, spent } = speaker.status;
  const state = {
    budget: budgetInEvent(budget, period, limit.total, book.timeZone),
    spent: printAmount(spent),
    as_of: iso(at),
    url: budgetUrl(id, links),
  };
  const increase = {
    id: record.id,
    amount: printAmount(record.amount),
    reason: record.reason,
    starts_at: record.startsAt.toISOString(),
    ends_at: record.endsAt.toISOString(),
    requested_by: record.requestedBy,
  };
  if (record.status === "requested") {
    return emit(speaker, { type: "budget.increase_requested", data: { ...state, increase } });
  }
  const decided = {
    ...increase,
    decision: record.status,
    decided_by: record.decidedBy ?? "",
    note: record.decisionNote,
  };
  await emit(speaker, {
    type: "budget.increase_decided",
    data: { ...state, increase: decided, answer_to: answerTo },
  });
}
