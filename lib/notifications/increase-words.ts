import type { TypedEvent } from "./event-types.ts";
import type { Words } from "./event-words.ts";
import type { Phrases } from "./phrases/phrases.ts";
import { amountText, dayText, scopeText } from "./word-texts.ts";

export type IncreaseEvent = Extract<TypedEvent, { type: `budget.increase_${string}` }>;

/** What those read who decide about more money for a while, and then who asked for it. */
export function increaseWords({ type, data }: IncreaseEvent, phrases: Phrases): Words {
  const { budget, increase, spent, url } = data;
  const { labels } = phrases;
  const amount = (value: string) => amountText(value, budget.currency, phrases);
  const more = amount(increase.amount);
  // The last day on which it holds, as the page has it: the end itself is not in it.
  const last = new Date(Date.parse(increase.ends_at) - 1).toISOString();
  const until = dayText(last, phrases, budget.time_zone);
  const scope = scopeText(budget.scope, phrases, budget.scope_labels);
  const decided =
    type === "budget.increase_requested"
      ? []
      : [
          { name: labels.decidedBy, value: data.increase.decided_by },
          ...(data.increase.note === null
            ? []
            : [{ name: labels.note, value: data.increase.note }]),
        ];
  return {
    ...(type === "budget.increase_requested"
      ? {
          title: phrases.increaseAskedTitle(budget.name, increase.requested_by, more),
          summary: phrases.increaseAsked(increase.reason),
          action: "trigger",
        }
      : {
          title: phrases.increaseTitle(budget.name, data.increase.decision, more),
          summary: phrases.increaseDecided(data.increase.decision, more, until),
          action: "resolve",
        }),
    scope,
    facts: [
      ...decided,
      { name: labels.askedBy, value: increase.requested_by },
      { name: labels.reason, value: increase.reason },
      { name: labels.until, value: until },
      { name: labels.spent, value: phrases.ofLimit(amount(spent), amount(budget.limit)) },
      { name: labels.scope, value: scope },
    ],
    severity: "info",
    url,
    subject: `increase:${increase.id}`,
  };
}
