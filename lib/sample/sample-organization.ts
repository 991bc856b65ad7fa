/** How a program of the sample organisation works. */
export type SampleAgent = {
  readonly name: string;
  readonly service: string;
  readonly dialect: "otel-genai" | "claude-code" | "codex" | "openinference";
  readonly workflow: string;
  /** Provider and model, the first most often. */
  readonly models: readonly (readonly [provider: string, model: string])[];
  readonly tools: readonly string[];
  /** Runs on a working day at the end of the period. */
  readonly runs: number;
  /** Model calls of a run, least and most. */
  readonly turns: readonly [number, number];
  /** Tokens of the first prompt, least and most; each turn adds to it. */
  readonly prompt: readonly [number, number];
  readonly isPlanPaid?: boolean;
  /** Goes on at night and at weekends. */
  readonly isSteady?: boolean;
};

export type SampleTeam = {
  readonly slug: string;
  readonly name: string;
  readonly parent: string | null;
  readonly costCenter: string | null;
  readonly people: readonly string[];
  readonly agents: readonly SampleAgent[];
};

const OPUS = ["anthropic", "claude-opus-5-5"] as const;
const SONNET = ["anthropic", "claude-sonnet-5-5"] as const;
const HAIKU = ["anthropic", "claude-haiku-4-5"] as const;
const GPT = ["openai", "gpt-5.5"] as const;
const GPT_SMALL = ["openai", "gpt-6-luna"] as const;
const GEMINI = ["gcp.gemini", "gemini-3.8-flash"] as const;
const DEEPSEEK = ["deepseek", "deepseek-v4-pro"] as const;

/** A software company of invented people, as it might send telemetry. */
export const SAMPLE_TEAMS: readonly SampleTeam[] = [
  {
    ...{ slug: "engineering", name: "Engineering", parent: null, costCenter: "CC-1000" },
    people: [],
    agents: [],
  },
  {
    ...{ slug: "payments", name: "Payments", parent: "engineering", costCenter: "CC-1100" },
    people: ["mei.chen", "jonas.weber", "amara.obi", "lucas.silva", "hana.sato", "ravi.patel"],
    agents: [
      {
        ...{ name: "reviewer", service: "code-review", dialect: "otel-genai" },
        ...{ workflow: "pull-request-review", models: [GPT, OPUS] },
        tools: ["read_file", "grep", "run_tests", "post_comment"],
        ...{ runs: 17, turns: [4, 11], prompt: [24_000, 88_000] },
      },
      {
        ...{ name: "claude-code", service: "claude-code", dialect: "claude-code" },
        ...{ workflow: "coding", models: [OPUS, SONNET] },
        tools: ["Read", "Edit", "Bash", "Grep"],
        ...{ runs: 11, turns: [6, 18], prompt: [36_000, 120_000] },
      },
    ],
  },
  {
    ...{ slug: "platform", name: "Platform", parent: "engineering", costCenter: "CC-1200" },
    people: ["ines.moreau", "tomas.novak", "sara.lind", "kwame.mensah", "yuki.tanaka"],
    agents: [
      {
        ...{ name: "codex", service: "codex_cli_rs", dialect: "codex" },
        ...{ workflow: "coding", models: [GPT] },
        tools: ["shell", "apply_patch", "update_plan"],
        ...{ runs: 13, turns: [5, 16], prompt: [32_000, 104_000], isPlanPaid: true },
      },
      {
        ...{ name: "incident-helper", service: "oncall", dialect: "otel-genai" },
        ...{ workflow: "incident", models: [SONNET, GPT] },
        tools: ["query_logs", "query_metrics", "page"],
        ...{ runs: 4, turns: [5, 14], prompt: [48_000, 160_000], isSteady: true },
      },
    ],
  },
  {
    ...{ slug: "search", name: "Search", parent: "engineering", costCenter: "CC-1300" },
    people: ["noor.haddad", "piotr.zielinski", "grace.kim", "diego.ruiz"],
    agents: [
      {
        ...{ name: "ranker", service: "query-ranker", dialect: "openinference" },
        ...{ workflow: "ranking", models: [GEMINI, GPT_SMALL] },
        tools: ["vector_search", "rerank"],
        ...{ runs: 30, turns: [1, 3], prompt: [36_000, 144_000], isSteady: true },
      },
    ],
  },
  {
    ...{ slug: "support", name: "Customer Support", parent: null, costCenter: "CC-2000" },
    people: ["elena.rossi", "sam.taylor", "fatima.zahra", "li.wei", "olga.petrova"],
    agents: [
      {
        ...{ name: "triage", service: "helpdesk", dialect: "otel-genai" },
        ...{ workflow: "ticket-triage", models: [HAIKU, GPT_SMALL] },
        tools: ["lookup_customer", "search_articles", "draft_reply"],
        ...{ runs: 42, turns: [2, 5], prompt: [48_000, 168_000], isSteady: true },
      },
    ],
  },
  {
    ...{ slug: "data-science", name: "Data Science", parent: null, costCenter: "CC-3000" },
    people: ["anna.kovacs", "marco.bianchi", "zoe.martin"],
    agents: [
      {
        ...{ name: "analyst", service: "notebook-agent", dialect: "openinference" },
        ...{ workflow: "analysis", models: [DEEPSEEK, OPUS] },
        tools: ["run_python", "query_warehouse", "plot"],
        ...{ runs: 6, turns: [6, 15], prompt: [80_000, 400_000] },
      },
    ],
  },
];

/** A program that nobody has given to a team, and a model that nobody has a price for. */
export const SAMPLE_STRAYS: readonly SampleAgent[] = [
  {
    ...{ name: "nightly-job", service: "cron-runner", dialect: "otel-genai" },
    ...{ workflow: "report", models: [HAIKU], tools: ["http_get"] },
    ...{ runs: 2, turns: [1, 3], prompt: [8_000, 36_000], isSteady: true },
  },
  {
    ...{ name: "prototype", service: "research-lab", dialect: "otel-genai" },
    ...{ workflow: "experiment", models: [["vllm", "house-llm-7b"]], tools: [] },
    ...{ runs: 1, turns: [1, 3], prompt: [4_000, 16_000] },
  },
];

/** The key that sample telemetry is filed with, by which it is told from everything else. */
export const SAMPLE_KEY = "sample";
export const SAMPLE_SESSION = "sample-";
export const SAMPLE_ACTOR = "outlay demo";
