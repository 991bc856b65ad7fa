import type { EventData, TypedEvent } from "./event-types.ts";

/** An event as a person reads it: what chat, paging and mail are made of. */
export type EventWords = {
  readonly title: string;
  readonly summary: string;
  readonly facts: readonly { readonly name: string; readonly value: string }[];
  readonly severity: "critical" | "warning" | "info";
  readonly url: string;
  /** What it is about: the same for the event that begins a trouble and the one that ends it. */
  readonly subject: string;
  /** Whether the trouble begins or goes on, is over, or is none. */
  readonly action: "trigger" | "resolve" | "none";
};

type Budget = EventData<"budget.period_started">["budget"];
type BudgetState =
  | EventData<"budget.exceeded">
  | EventData<"budget.threshold_crossed">
  | EventData<"budget.threshold_uncrossed">;

export function eventWords(event: TypedEvent): EventWords {
  switch (event.type) {
    case "budget.threshold_crossed":
      return thresholdWords(event.data);
    case "budget.exceeded":
      return {
        ...budgetWords(event.data),
        title: `Budget exceeded: ${event.data.budget.name}`,
        summary: `${spentOf(event.data)} spent of ${limitOf(event.data.budget)}.`,
        severity: "critical",
        action: "trigger",
      };
    case "budget.threshold_uncrossed":
      return {
        ...budgetWords(event.data),
        title: `${event.data.budget.name}: back below ${event.data.threshold.percent} % of the budget`,
        summary: `After a correction ${spentOf(event.data)} is spent of ${limitOf(event.data.budget)}.`,
        severity: "info",
        action: "resolve",
      };
    case "budget.still_over":
      return stillOverWords(event.data);
    case "budget.period_started":
      return periodWords(event.data);
    case "anomaly.opened":
    case "anomaly.resolved":
      return anomalyWords(event);
    case "model.unpriced":
      return unpricedWords(event.data);
    case "webhook.test":
      return {
        title: "Test from Outlay",
        summary: `This is a test of “${event.data.endpoint.name}”. Nothing happened.`,
        ...{ facts: [], severity: "info", url: event.data.url },
        ...{ subject: `test:${event.data.endpoint.id}`, action: "none" },
      };
    case "webhook.disabled":
      return {
        title: `Alerts are no longer sent to “${event.data.endpoint.name}”`,
        summary:
          event.data.reason === "gone"
            ? "The receiver answered 410 Gone."
            : "The receiver has failed for about three days.",
        ...{ facts: [], severity: "warning", url: event.data.url },
        ...{ subject: `webhook:${event.data.endpoint.id}`, action: "trigger" },
      };
  }
}

function thresholdWords(data: EventData<"budget.threshold_crossed">): EventWords {
  const { budget, threshold } = data;
  const isForecast = threshold.kind === "forecast";
  const date = data.crossing_date;
  return {
    ...budgetWords(data),
    title: `${budget.name}: ${isForecast ? "forecast at" : "spend at"} ${threshold.percent} % of the budget`,
    summary: isForecast
      ? `At this pace the budget of ${limitOf(budget)} will be crossed${date == null ? "" : ` on ${date}`}.`
      : `${spentOf(data)} spent of ${limitOf(budget)}.`,
    severity: "warning",
    action: "trigger",
  };
}

function budgetWords(data: BudgetState): Pick<EventWords, "facts" | "url" | "subject"> {
  const { budget, forecast, crossing_date: date, top_drivers: drivers = [] } = data;
  return {
    facts: [
      { name: "Scope", value: scopeText(budget.scope) },
      { name: "Spent", value: `${spentOf(data)} of ${limitOf(budget)}` },
      ...(forecast == null
        ? []
        : [
            {
              name: "Forecast",
              value: `${amountText(forecast.p50, budget.currency)} (${amountText(forecast.p10, budget.currency)} to ${amountText(forecast.p90, budget.currency)})`,
            },
          ]),
      ...(date == null ? [] : [{ name: "Crosses on", value: date }]),
      { name: "Resets", value: budget.period_end },
      ...drivers.slice(0, 3).map(({ dimension, value, change }) => ({
        name: `Driver: ${dimension}`,
        value: `${value ?? "unknown"} ${amountText(change, budget.currency)}`,
      })),
    ],
    url: data.url,
    subject: `budget:${budget.id}`,
  };
}

function stillOverWords({ budgets, url, as_of: at }: EventData<"budget.still_over">): EventWords {
  const count = budgets.length === 1 ? "1 budget is" : `${budgets.length} budgets are`;
  return {
    title: `${count} still over a threshold`,
    summary: "The daily summary of what was told before and still holds.",
    facts: budgets.map(({ budget, threshold, spent }) => ({
      name: budget.name,
      value: `${amountText(spent, budget.currency)} of ${limitOf(budget)} (${threshold.kind === "forecast" ? "forecast over " : "over "}${threshold.percent} %)`,
    })),
    severity: "info",
    url,
    subject: `budget-digest:${at.slice(0, 10)}`,
    action: "none",
  };
}

function periodWords({ budget, url }: EventData<"budget.period_started">): EventWords {
  return {
    title: `New period: ${budget.name}`,
    summary: `${limitOf(budget)} until ${budget.period_end}.`,
    facts: [{ name: "Scope", value: scopeText(budget.scope) }],
    severity: "info",
    url,
    subject: `budget:${budget.id}`,
    action: "resolve",
  };
}

function anomalyWords({
  type,
  data,
}: Extract<TypedEvent, { type: "anomaly.opened" | "anomaly.resolved" }>): EventWords {
  const { anomaly, url } = data;
  const isOver = type === "anomaly.resolved";
  const what = textOf(anomaly.title) ?? textOf(anomaly.kind) ?? "spend outside its range";
  return {
    title: `${isOver ? "Over" : "Unusual spend"}: ${what}`,
    summary: textOf(anomaly.summary) ?? (isOver ? "Spend is back in its range." : what),
    facts: [
      ...(anomaly.scope === undefined ? [] : [{ name: "Scope", value: scopeText(anomaly.scope) }]),
      ...["expected", "actual", "excess"].flatMap((name) => {
        const value = textOf(anomaly[name]);
        return value === null
          ? []
          : [
              {
                name: `${name[0]?.toUpperCase()}${name.slice(1)}`,
                value: amountText(value, "USD"),
              },
            ];
      }),
    ],
    severity: isOver ? "info" : "warning",
    url,
    subject: `anomaly:${anomaly.id}`,
    action: isOver ? "resolve" : "trigger",
  };
}

function unpricedWords(data: EventData<"model.unpriced">): EventWords {
  const name = `${data.provider ?? "unknown"}/${data.model ?? "unknown"}`;
  return {
    title: `No price for ${name}`,
    summary: `${data.calls} calls with ${data.tokens} tokens have no cost until it has a price.`,
    facts: [],
    severity: "warning",
    url: data.url,
    subject: `unpriced:${name}`,
    action: "trigger",
  };
}

const spentOf = ({ spent, budget }: BudgetState) => amountText(spent, budget.currency);
const limitOf = ({ limit, currency }: Budget) => amountText(limit, currency);

/** For the eye: two decimals where it is money. */
function amountText(amount: string, currency: string): string {
  // Text is formatted exactly, a number would not be.
  const exact = amount as Intl.StringNumericLiteral;
  if (!/^[A-Z]{3}$/.test(currency)) {
    return `${new Intl.NumberFormat("en", { maximumFractionDigits: 0 }).format(exact)} ${currency}`;
  }
  const digits = { minimumFractionDigits: 2, maximumFractionDigits: 2 };
  return `${new Intl.NumberFormat("en", digits).format(exact)} ${currency}`;
}

function scopeText(scope: Budget["scope"]): string {
  const parts = Object.entries(scope).flatMap(([name, value]) =>
    value === null ? [] : [`${name} ${typeof value === "string" ? value : value.join(", ")}`],
  );
  return parts.length === 0 ? "the whole organisation" : parts.join(" · ");
}

function textOf(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}
