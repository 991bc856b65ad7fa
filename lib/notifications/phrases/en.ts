import type { CrossingText, Phrases } from "./phrases.ts";

/** Why an anomaly is over, where it has not ended by itself. */
const OVER: Readonly<Record<string, string>> = {
  by_hand: "Somebody has resolved it.",
  new_level: "This is its level from now on.",
  corrected: "What arrived late, or another price, has taken it away.",
};

export const EN: Phrases = {
  locale: "en-GB",
  open: "Open in Outlay",
  space: " ",
  labelled: (name, value) => `${name}: ${value}`,
  others: (count) => `And ${count} more`,
  tokens: (count) => `${count} tokens`,
  organization: "the whole organisation",
  unknown: "unknown",
  dimension: (name) => name.replaceAll("_", " "),
  labels: {
    scope: "Scope",
    spent: "Spent",
    forecast: "Forecast",
    startsAnew: "Starts anew",
    owner: "Owner",
    driver: (dimension) => `Rose most by ${dimension}`,
    expected: "Expected",
    actual: "Actual",
    excess: "Excess",
    reason: "Reason",
    until: "Until",
    askedBy: "Asked by",
    decidedBy: "Decided by",
    note: "Note",
  },
  ofLimit: (spent, limit) => `${spent} of ${limit}`,
  more: (value, amount) => `${value}, ${amount} more than in these days of the period before`,
  band: (middle, low, high) => `${middle} (four times in five ${low} to ${high})`,

  willCrossTitle: (budget, on) => `${budget}: you will cross the budget on ${on}`,
  forecastTitle: (budget, percent) => `${budget}: forecast at ${percent} % of the budget`,
  spentTitle: (budget, percent) => `${budget}: spend at ${percent} % of the budget`,
  pacingTitle: (budget, unit) => `${budget}: the ${unit}’s limit is reached`,
  exceededTitle: (budget) => `Budget exceeded: ${budget}`,
  uncrossedTitle: (budget, isForecast, percent) =>
    `${budget}: ${isForecast ? "the forecast is " : ""}back below ${percent} % of the budget`,
  spentOf: (spent, limit) => `${spent} spent of ${limit}.`,
  willCross: (limit, crossing) =>
    `At this pace you will cross ${limit} on ${crossing.on}${rangeOf(crossing)}.`,
  willReach: (percent, limit) =>
    `At this pace you will reach ${percent} % of ${limit} before the period ends.`,
  leastKnown: (calls) => `${calls} calls have no price yet, so more was spent than this.`,
  corrected: (spent, limit) => `After a correction ${spent} is spent of ${limit}.`,
  newLimit: (spent, limit) => `The limit is now ${limit}, of which ${spent} is spent.`,
  stillCrossed: (isForecast, percent) =>
    `${isForecast ? "The forecast" : "Spend"} is still over ${percent} % of it.`,
  stillPacing: (unit) => `The limit of the ${unit} is still exceeded.`,

  stillOverTitle: (budgets, total) => {
    if (total === 1) return `${budgets[0]}: still over a threshold`;
    const left = total - budgets.length;
    const names = `${budgets.join(", ")}${left > 0 ? ` and ${left} more` : ""}`;
    return `${total} budgets are still over a threshold: ${names}`;
  },
  stillOver: "The daily summary of what was told before and still holds.",
  overPercent: (state, isForecast, percent) =>
    `${state} (${isForecast ? "forecast over" : "over"} ${percent} %)`,
  newPeriodTitle: (budget) => `New period: ${budget}`,
  newPeriod: (limit, until) => `${limit} until ${until}.`,

  increaseAskedTitle: (budget, by, amount) => `${budget}: ${by} asks for ${amount} more`,
  increaseAsked: (reason) => `“${reason}” Admins and finance approve or refuse it in Outlay.`,
  increaseTitle: (budget, decision, amount) => `${budget}: ${amount} more ${decision}`,
  increaseDecided: (decision, amount, until) =>
    decision === "approved"
      ? `The limit is ${amount} higher until ${until}.`
      : decision === "refused"
        ? `The limit stays as it is: ${amount} more was refused.`
        : `${amount} more was asked for, and is withdrawn.`,

  anomalyTitle: (isOver, what) => `${isOver ? "Over" : "Unusual spend"}: ${what}`,
  anomalyTakenTitle: (what) => `Taken on: ${what}`,
  anomalyTaken: (owner) => (owner === null ? "Somebody looks into it." : `${owner} looks into it.`),
  anomalyOver: (because) => OVER[because ?? ""] ?? "Spend is back in its range.",
  oddSpend: "spend outside its range",
  unpricedTitle: (model) => `No price for ${model}`,
  unpriced: (calls, tokens) =>
    `${calls} calls with ${tokens} tokens have no cost until it has a price.`,
  exportTitle: (schedule) => `Export ready: ${schedule}`,
  exported: (file, rows) => `${file}, ${rows} rows. The link to it ends after a while.`,
  testTitle: "Test from Outlay",
  test: (endpoint) => `This is a test of “${endpoint}”. Nothing happened.`,
  disabledTitle: (endpoint) => `Alerts are no longer sent to “${endpoint}”`,
  disabled: (isGone) =>
    isGone ? "The receiver answered 410 Gone." : "The receiver has failed for about three days.",
};

function rangeOf({ earliest, latest }: CrossingText): string {
  if (earliest === null && latest === null) return "";
  if (earliest === latest) return "";
  if (latest === null) return ` (on ${earliest} at the earliest)`;
  if (earliest === null) return ` (by ${latest} at the latest)`;
  return ` (between ${earliest} and ${latest})`;
}
