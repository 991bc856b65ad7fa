/** One thing that people and programs ask Outlay. */
export type Question = {
  readonly name: string;
  /** With an API key, or as a person who has signed in. */
  readonly door: "api" | "page";
  readonly path: (nowMs: number) => string;
  /** Whether this is an answer and not an empty page, which is always fast. */
  readonly isAnswer: (body: string) => boolean;
};

const DAY_MS = 86_400_000;

/** The question that the target is set for. */
export const TARGET_QUESTION = "/usage, 30 days by team";

export const QUESTIONS: readonly Question[] = [
  api(TARGET_QUESTION, (now) => usage(wholeDays(now, 30), "group_by=team")),
  api("/usage, 30 days up to this minute, by team", (now) =>
    usage({ from: now - 30 * DAY_MS, to: now }, "group_by=team"),
  ),
  api("/usage, 30 days by model and day", (now) =>
    usage(wholeDays(now, 30), "group_by=model&bucket=day"),
  ),
  api("/usage, 30 days by user", (now) => usage(wholeDays(now, 30), "group_by=user")),
  api("/usage, 7 days by team and hour", (now) =>
    usage(wholeDays(now, 7), "group_by=team&bucket=hour&limit=1000"),
  ),
  api("/events, newest 100", () => "/api/v1/events?limit=100"),
  api("/events of one team, newest 100", () => "/api/v1/events?limit=100&filter.team=payments-web"),
  api("/sessions, newest 100", () => "/api/v1/sessions?limit=100"),
  api("/tool-calls, 30 days", (now) => `/api/v1/tool-calls?${period(wholeDays(now, 30))}`),
  page("overview page", "/"),
  page("events page", "/events"),
  page("data quality page", "/data-quality"),
];

type Period = { readonly from: number; readonly to: number };

function api(name: string, path: Question["path"]): Question {
  return { name, door: "api", path, isAnswer: (body) => body.length > 500 };
}

function page(name: string, path: string): Question {
  return {
    name,
    door: "page",
    path: () => path,
    // A page streams: a panel that failed has its page all the same, and leaves the error's digest.
    isAnswer: (body) => body.endsWith("</html>") && !/data-dgst="[^"]/.test(body),
  };
}

function usage(ends: Period, rest: string): string {
  return `/api/v1/usage?${period(ends)}&${rest}`;
}

/** Days before today: what does not change while the benchmark runs. */
function wholeDays(nowMs: number, days: number): Period {
  const today = Math.floor(nowMs / DAY_MS) * DAY_MS;
  return { from: today - days * DAY_MS, to: today };
}

function period({ from, to }: Period): string {
  return `from=${new Date(from).toISOString()}&to=${new Date(to).toISOString()}`;
}
