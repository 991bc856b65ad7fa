/** The day on which a limit is reached, as it is told; null: not within the period. */
export type CrossingText = {
  readonly on: string;
  readonly earliest: string | null;
  readonly latest: string | null;
};

/** What became of a request for more. */
export type Decision = "approved" | "refused" | "withdrawn";

/** What a language says. Amounts and days come formatted; names as people gave them. */
export type Phrases = {
  /** For `Intl`. */
  readonly locale: string;
  readonly open: string;
  /** Between two sentences. */
  readonly space: string;
  /** A name and what is said of it, on one line. */
  readonly labelled: (name: string, value: string) => string;
  readonly others: (count: number) => string;
  readonly tokens: (count: string) => string;
  readonly organization: string;
  readonly unknown: string;
  readonly dimension: (name: string) => string;
  readonly labels: {
    readonly scope: string;
    readonly spent: string;
    readonly forecast: string;
    readonly startsAnew: string;
    readonly owner: string;
    readonly driver: (dimension: string) => string;
    readonly expected: string;
    readonly actual: string;
    readonly excess: string;
    readonly reason: string;
    readonly until: string;
    readonly askedBy: string;
    readonly decidedBy: string;
    readonly note: string;
  };
  readonly ofLimit: (spent: string, limit: string) => string;
  /** Against the same days of the period before. */
  readonly more: (value: string, amount: string) => string;
  readonly band: (middle: string, low: string, high: string) => string;

  readonly willCrossTitle: (budget: string, on: string) => string;
  readonly forecastTitle: (budget: string, percent: number) => string;
  readonly spentTitle: (budget: string, percent: number) => string;
  /** The limit of a day or week inside the period. */
  readonly pacingTitle: (budget: string, unit: string) => string;
  readonly exceededTitle: (budget: string) => string;
  readonly uncrossedTitle: (budget: string, isForecast: boolean, percent: number) => string;
  readonly spentOf: (spent: string, limit: string) => string;
  /** A sentence after another one. */
  readonly willCross: (limit: string, crossing: CrossingText) => string;
  readonly willReach: (percent: number, limit: string) => string;
  readonly leastKnown: (calls: string) => string;
  readonly corrected: (spent: string, limit: string) => string;
  readonly newLimit: (spent: string, limit: string) => string;
  readonly stillCrossed: (isForecast: boolean, percent: number) => string;
  readonly stillPacing: (unit: "day" | "week") => string;

  /** @param budgets Names of the first ones of all. */
  readonly stillOverTitle: (budgets: readonly string[], total: number) => string;
  readonly stillOver: string;
  readonly overPercent: (state: string, isForecast: boolean, percent: number) => string;
  readonly newPeriodTitle: (budget: string) => string;
  readonly newPeriod: (limit: string, until: string) => string;

  readonly increaseAskedTitle: (budget: string, by: string, amount: string) => string;
  readonly increaseAsked: (reason: string) => string;
  readonly increaseTitle: (budget: string, decision: Decision, amount: string) => string;
  readonly increaseDecided: (decision: Decision, amount: string, until: string) => string;

  readonly anomalyTitle: (isOver: boolean, what: string) => string;
  readonly anomalyTakenTitle: (what: string) => string;
  readonly anomalyTaken: (owner: string | null) => string;
  /** By why it was resolved. */
  readonly anomalyOver: (because: string | null) => string;
  readonly oddSpend: string;
  readonly unpricedTitle: (model: string) => string;
  readonly unpriced: (calls: string, tokens: string) => string;
  readonly exportTitle: (schedule: string) => string;
  readonly exported: (file: string, rows: string) => string;
  readonly testTitle: string;
  readonly test: (endpoint: string) => string;
  readonly disabledTitle: (endpoint: string) => string;
  readonly disabled: (isGone: boolean) => string;
};
