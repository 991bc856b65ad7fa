import { parseUsd } from "#lib/money/money.ts";
import { NO_TOKENS } from "#lib/usage/tokens.ts";
import type { FixtureEvent } from "./ledger-fixture.ts";

export const NOON = Date.parse("2026-11-20T12:00:00Z");

/** A priced model call of half a dollar. */
export const CALL: FixtureEvent = {
  name: "call",
  startedAtMs: NOON,
  dimensions: { kind: "model_call", team: "payments", status: "ok", model: "gpt-5.5" },
  user: null,
  session: null,
  calls: 1,
  tokens: { ...NO_TOKENS, input_uncached: 100, output: 10 },
  cost: parseUsd("0.5"),
  listCost: parseUsd("0.5"),
  costStatus: "priced",
  counted: true,
};
export const TOOL: FixtureEvent = {
  ...CALL,
  name: "tool",
  dimensions: { kind: "tool_call", team: "payments", status: "ok", tool: "grep" },
  tokens: null,
  cost: null,
  listCost: null,
  costStatus: "not_applicable",
};

/** The same at another time, in seconds after `NOON`, under a name that makes its id. */
export const at = (
  event: FixtureEvent,
  name: string,
  seconds: number,
  more: object = {},
): FixtureEvent => ({
  ...event,
  name,
  startedAtMs: NOON + seconds * 1000,
  ...more,
});
