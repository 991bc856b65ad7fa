import type { CapturedUsage } from "./recorded-exports.ts";

/** What the ledger holds of one program's successful calls of one model. */
export type Usage = {
  readonly calls: number;
  readonly input: number;
  readonly read: number;
  readonly written: number;
  readonly written1h: number;
  /** Of `written`: five minutes is assumed, and the call is marked so. */
  readonly assumed5m: number;
  readonly output: number;
  readonly reasoning: number;
  /** Calls marked as being without usage, and as perhaps holding cached tokens in their input. */
  readonly missing: number;
  readonly upperBound: number;
};

/**
 * What the ledger must hold of a capture, by model without its date: what the
 * model server billed, or, where the telemetry says less, what it supports.
 */
export function expectedUsage(
  name: string,
  byModel: Readonly<Record<string, CapturedUsage>>,
): Record<string, Usage> {
  const { lifetimes = [], reasoning, supported = {} } = UNSAID[name] ?? {};
  const expected = Object.entries(byModel).map(([model, usage]) => {
    const truth = (supported[model] ?? ((all: Usage) => all))(billed(usage));
    const isTimed = lifetimes !== "all" && !lifetimes.includes(model);
    return [
      model.replace(/-20\d{6}$/, ""),
      {
        ...truth,
        written1h: isTimed ? truth.written1h : 0,
        assumed5m: isTimed ? 0 : truth.written,
        reasoning: reasoning ? 0 : truth.reasoning,
      },
    ];
  });
  return Object.fromEntries(expected);
}

function billed(usage: Readonly<Record<string, number>>): Usage {
  const of = (name: string) => usage[name] ?? 0;
  return {
    calls: of("calls"),
    input: of("input_uncached") + of("tool_use_prompt"),
    read: of("cache_read"),
    written: of("cache_write_5m") + of("cache_write_1h"),
    written1h: of("cache_write_1h"),
    assumed5m: 0,
    output: of("output_total"),
    reasoning: of("reasoning"),
    missing: 0,
    upperBound: 0,
  };
}

/** The whole input as uncached: the program does not tell the cache, nor the reasoning. */
function upperBound(usage: Usage): Usage {
  const input = usage.input + usage.read;
  return { ...usage, input, read: 0, reasoning: 0, upperBound: usage.calls };
}

/**
 * What the telemetry of a capture does not tell, in `expected.json`'s numbers.
 * Without a lifetime a cache write counts as five minutes.
 */
type Unsaid = {
  readonly lifetimes?: "all" | readonly string[];
  readonly reasoning?: true;
  /** By model: what the telemetry supports, where it says less than the truth. */
  readonly supported?: Readonly<Record<string, (billed: Usage) => Usage>>;
};

const UNSAID: Readonly<Record<string, Unsaid>> = {
  "ai-sdk": { lifetimes: "all", reasoning: true },
  "ai-sdk-retry": { lifetimes: "all", reasoning: true },
  "copilot-anthropic": { lifetimes: "all" },
  mastra: { lifetimes: "all" },
  "qwen-anthropic": { lifetimes: "all" },
  // From here on the six that say less than the truth.
  "otel-openai": {
    supported: {
      "gpt-5.5": upperBound,
      "gpt-5.2": upperBound,
      // One of two, a stream, has no usage.
      "gpt-5.4": (all) => ({
        ...upperBound(all),
        input: 16_052,
        output: 368,
        missing: 1,
        upperBound: 1,
      }),
      "text-embedding-3-small": (all) => all,
    },
  },
  logfire: {
    supported: {
      "gpt-5.5": upperBound,
      // The stream's span has no usage and is never ended.
      "gpt-5.2": (all) => ({
        ...all,
        calls: 1,
        input: 5_505,
        read: 11_560,
        output: 385,
        reasoning: 0,
      }),
    },
  },
  "opencode-run": {
    supported: {
      // The process ends before its last four calls are sent.
      "gpt-5.2": (all) => ({
        ...all,
        calls: 3,
        input: 13_509,
        read: 31_608,
        output: 1_053,
        reasoning: 345,
      }),
    },
  },
  traceloop: {
    lifetimes: "all",
    supported: {
      "gpt-5.5": upperBound,
      "gpt-5.2": upperBound,
      // Streams without usage.
      "gpt-5.4": () => ({ ...billed({}), calls: 2, missing: 2 }),
    },
  },
  openinference: {
    lifetimes: ["claude-sonnet-5-5"],
    supported: {
      // Two streams of five without usage.
      "gpt-5.4": (all) => ({
        ...all,
        input: 25_533,
        read: 43_896,
        output: 1_461,
        reasoning: 465,
        missing: 2,
      }),
      "text-embedding-3-small": (all) => ({ ...all, input: 0, missing: 1 }),
    },
  },
  "ai-sdk-v5": { supported: { "gpt-5.5": upperBound } },
};
