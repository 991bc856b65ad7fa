/** The organisation that the benchmarks act out: 50 teams, 500 people, 20 models. */

export type BenchModel = { readonly provider: string; readonly model: string };

export type BenchAgent = {
  readonly name: string;
  /** Index into the team's services. */
  readonly service: number;
  readonly models: readonly BenchModel[];
  readonly tools: readonly string[];
};

export type BenchTeam = {
  readonly slug: string;
  readonly services: readonly string[];
  readonly agents: readonly BenchAgent[];
  readonly users: readonly string[];
};

/** All of them stand in the price book that Outlay ships with. */
export const MODELS: readonly BenchModel[] = [
  ...[
    "gpt-5.5",
    "gpt-5.4",
    "gpt-5.4-mini",
    "gpt-5.2",
    "gpt-5-mini",
    "gpt-5-nano",
    "gpt-4.1",
    "gpt-4o",
    "gpt-4o-mini",
    "o4-mini",
  ].map((model) => ({ provider: "openai", model })),
  ...[
    "claude-opus-4-6",
    "claude-sonnet-4-6",
    "claude-sonnet-5",
    "claude-haiku-4-5",
    "claude-sonnet-4-5",
  ].map((model) => ({ provider: "anthropic", model })),
  ...["gemini-3-pro-preview", "gemini-2.5-pro", "gemini-2.5-flash", "gemini-2.5-flash-lite"].map(
    (model) => ({ provider: "gcp.gemini", model }),
  ),
  { provider: "x_ai", model: "grok-4" },
];

const AREAS = [
  "payments",
  "search",
  "support",
  "billing",
  "growth",
  "logistics",
  "identity",
  "catalogue",
  "risk",
  "analytics",
];
const CREWS = ["platform", "web", "mobile", "data", "operations"];
const AGENTS = ["triage", "reviewer", "researcher"];
const TOOLS = [
  "search_documents",
  "run_query",
  "read_file",
  "apply_patch",
  "open_ticket",
  "fetch_url",
  "list_orders",
  "send_message",
  "run_tests",
];
const MODELS_OF_TEAM = 4;
const TOOLS_OF_TEAM = 6;
const USERS_OF_TEAM = 10;

/** One to three services, three agents, four models, six tools and ten people each. */
export const TEAMS: readonly BenchTeam[] = AREAS.flatMap((area, a) =>
  CREWS.map((crew, c) => benchTeam(`${area}-${crew}`, a * CREWS.length + c)),
);

function benchTeam(slug: string, number: number): BenchTeam {
  const services = ["agents", "api", "batch"]
    .slice(0, 1 + (number % 3))
    .map((kind) => `${slug}-${kind}`);
  const models = pickFrom(MODELS, number * 3, MODELS_OF_TEAM);
  const tools = pickFrom(TOOLS, number * 2, TOOLS_OF_TEAM);
  return {
    slug,
    services,
    agents: AGENTS.map((role, i) => ({
      name: `${slug}-${role}`,
      service: i % services.length,
      models: pickFrom(models, i, 2),
      tools: pickFrom(tools, i * 2, 4),
    })),
    users: Array.from(
      { length: USERS_OF_TEAM },
      (_, i) => `person-${String(number * USERS_OF_TEAM + i).padStart(3, "0")}@example.com`,
    ),
  };
}

function pickFrom<T>(list: readonly T[], start: number, count: number): T[] {
  return Array.from({ length: count }, (_, i) => atOf(list, start + i));
}

/** An element by a number of any size: counts round and round. */
export function atOf<T>(list: readonly T[], number: number): T {
  const element = list[number % list.length];
  if (element === undefined) throw new RangeError("nothing to choose from");
  return element;
}
