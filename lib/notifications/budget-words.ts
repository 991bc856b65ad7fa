import { parseUsd } from "#lib/money/money.ts";
import type { EventData, TypedEvent } from "./event-types.ts";
import type { EventWords, Words } from "./event-words.ts";
import type { IncreaseEvent } from "./increase-words.ts";
import type { CrossingText, Phrases } from "./phrases/phrases.ts";
import { amountText, countText, dayText, scopeText } from "./word-texts.ts";

type Budget = EventData<"budget.period_started">["budget"];
type BudgetState =
  | EventData<"budget.exceeded">
  | EventData<"budget.threshold_crossed">
  | EventData<"budget.threshold_uncrossed">;
type BudgetEvent = Exclude<Extract<TypedEvent, { type: `budget.${string}` }>, IncreaseEvent>;

/** What a lead reads about a budget: where it stands, and the day on which it will be crossed. */
export function budgetEventWords(event: BudgetEvent, phrases: Phrases): Words {
  switch (event.type) {
    case "budget.threshold_crossed":
      return thresholdWords(event.data, phrases);
    case "budget.exceeded":
      return {
        ...stateWords(event.data, phrases),
        title: phrases.exceededTitle(event.data.budget.name),
        summary: spentSentence(event.data, phrases),
        ...{ severity: "critical", action: "trigger" },
      };
    case "budget.threshold_uncrossed": {
      const { budget, threshold, because, spent, still_crossed: still } = event.data;
      const words = because === "limit" ? phrases.newLimit : phrases.corrected;
      const corrected = words(
        amountText(spent, budget.currency, phrases),
        limitOf(budget, phrases),
      );
      return {
        ...stateWords(event.data, phrases),
        title: phrases.uncrossedTitle(
          budget.name,
          threshold.kind === "forecast",
          threshold.percent,
        ),
        summary: [corrected, ...(still == null ? [] : [stillSentence(still, phrases)])].join(
          phrases.space,
        ),
        // One trouble for a budget: it is over when nothing is crossed any more.
        ...{ severity: "info", action: still == null ? "resolve" : "trigger" },
      };
    }
    case "budget.still_over":
      return stillOverWords(event.data, phrases);
    case "budget.period_started":
      return periodWords(event.data, phrases);
  }
}

function thresholdWords(data: EventData<"budget.threshold_crossed">, phrases: Phrases): Words {
  const { budget, threshold } = data;
  const crossing = crossingOf(data, phrases);
  const future =
    crossing !== null
      ? phrases.willCross(limitOf(budget, phrases), crossing)
      : threshold.kind === "forecast"
        ? phrases.willReach(threshold.percent, limitOf(budget, phrases))
        : null;
  const sentences = [spentSentence(data, phrases), ...(future === null ? [] : [future])];
  return {
    ...stateWords(data, phrases),
    title: thresholdTitle(data, crossing, phrases),
    // The future first where it is what the message is about.
    summary: (threshold.kind === "forecast" ? sentences.toReversed() : sentences).join(
      phrases.space,
    ),
    ...{ severity: "warning", action: "trigger" },
  };
}

function thresholdTitle(
  { budget, threshold }: EventData<"budget.threshold_crossed">,
  crossing: CrossingText | null,
  phrases: Phrases,
): string {
  if (threshold.pacing != null) return phrases.pacingTitle(budget.name, threshold.pacing);
  if (threshold.kind === "actual") return phrases.spentTitle(budget.name, threshold.percent);
  if (crossing === null) return phrases.forecastTitle(budget.name, threshold.percent);
  return phrases.willCrossTitle(budget.name, crossing.on);
}

function stillSentence(
  { kind, percent, pacing }: EventData<"budget.threshold_crossed">["threshold"],
  phrases: Phrases,
): string {
  if (pacing != null) return phrases.stillPacing(pacing);
  return phrases.stillCrossed(kind === "forecast", percent);
}

/** Null where the limit is reached already, or not within the period. */
function crossingOf(data: BudgetState, phrases: Phrases): CrossingText | null {
  const { budget, spent, crossing_date: date } = data;
  if (date == null || parseUsd(spent) >= parseUsd(budget.limit)) return null;
  const day = (each: string | null | undefined) => (each == null ? null : dayText(each, phrases));
  return {
    on: dayText(date, phrases),
    earliest: day(data.crossing_earliest),
    latest: day(data.crossing_latest),
  };
}

function spentSentence({ spent, budget, unpriced_calls: unpriced }: BudgetState, phrases: Phrases) {
  const sentence = phrases.spentOf(
    amountText(spent, budget.currency, phrases),
    limitOf(budget, phrases),
  );
  if (unpriced === undefined || unpriced === 0) return sentence;
  return [sentence, phrases.leastKnown(countText(unpriced))].join(phrases.space);
}

function stateWords(
  data: BudgetState,
  phrases: Phrases,
): Pick<Words, "scope" | "facts" | "url" | "subject"> {
  const { budget, spent, forecast, top_drivers: drivers = [], url } = data;
  const { labels } = phrases;
  const amount = (value: string) => amountText(value, budget.currency, phrases);
  const scope = scopeText(budget.scope, phrases, budget.scope_labels);
  return {
    scope,
    facts: [
      { name: labels.scope, value: scope },
      { name: labels.spent, value: phrases.ofLimit(amount(spent), limitOf(budget, phrases)) },
      ...(forecast == null
        ? []
        : [
            {
              name: labels.forecast,
              value: phrases.band(amount(forecast.p50), amount(forecast.p10), amount(forecast.p90)),
            },
          ]),
      ...resetAndOwner(budget, phrases),
      ...drivers.slice(0, 3).map(({ dimension, value, change }) => ({
        name: labels.driver(phrases.dimension(dimension)),
        value: phrases.more(value ?? phrases.unknown, amount(change)),
      })),
    ],
    url,
    subject: `budget:${budget.id}`,
  };
}

function stillOverWords(
  { budgets, total = budgets.length, url, as_of: at }: EventData<"budget.still_over">,
  phrases: Phrases,
): Words {
  return {
    title: phrases.stillOverTitle(
      budgets.map(({ budget }) => budget.name),
      total,
    ),
    summary: phrases.stillOver,
    unnamed: total - budgets.length,
    scope: phrases.organization,
    facts: budgets.map(({ budget, threshold, spent, url: link }) => {
      const state = phrases.overPercent(
        phrases.ofLimit(amountText(spent, budget.currency, phrases), limitOf(budget, phrases)),
        threshold.kind === "forecast",
        threshold.percent,
      );
      const whose = [
        scopeText(budget.scope, phrases, budget.scope_labels),
        ...resetAndOwner(budget, phrases).map((fact) => phrases.labelled(fact.name, fact.value)),
      ];
      return {
        name: budget.name,
        value: [state, whose.join(" · "), ...(link === undefined ? [] : [link])].join("\n"),
      };
    }),
    severity: "info",
    url,
    subject: `budget-digest:${at.slice(0, 10)}`,
    action: "none",
  };
}

function periodWords(
  { budget, spent, url }: EventData<"budget.period_started">,
  phrases: Phrases,
): Words {
  const scope = scopeText(budget.scope, phrases, budget.scope_labels);
  const { labels } = phrases;
  return {
    title: phrases.newPeriodTitle(budget.name),
    summary: phrases.newPeriod(limitOf(budget, phrases), endOf(budget, phrases)),
    scope,
    facts: [
      { name: labels.scope, value: scope },
      ...(spent === undefined
        ? []
        : [
            {
              name: labels.spent,
              value: phrases.ofLimit(
                amountText(spent, budget.currency, phrases),
                limitOf(budget, phrases),
              ),
            },
          ]),
      ...resetAndOwner(budget, phrases),
    ],
    severity: "info",
    url,
    subject: `budget:${budget.id}`,
    action: "resolve",
  };
}

function resetAndOwner(budget: Budget, phrases: Phrases): EventWords["facts"] {
  const { labels } = phrases;
  return [
    { name: labels.startsAnew, value: endOf(budget, phrases) },
    ...(budget.owner == null ? [] : [{ name: labels.owner, value: budget.owner }]),
  ];
}

const limitOf = ({ limit, currency }: Budget, phrases: Phrases) =>
  amountText(limit, currency, phrases);
const endOf = ({ period_end: end, time_zone: timeZone }: Budget, phrases: Phrases) =>
  dayText(end, phrases, timeZone);
