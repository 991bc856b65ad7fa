import { Random } from "#lib/sample/random.ts";
import { agentTrace, SPANS_OF_TRACE, spanIdOf, traceIdOf } from "./agent-trace.ts";
import type { WireAttributes, WireRequest, WireSpan } from "./otlp-writer.ts";
import { type BenchTeam, TEAMS } from "./workload.ts";

export const SPANS_OF_REQUEST = 100;
const TRACES_OF_REQUEST = SPANS_OF_REQUEST / SPANS_OF_TRACE;
/** How long a trace may take; spans end before the run begins. */
const LONGEST_TRACE_MS = 60_000;
const SPREAD_MS = 300_000;
/** The share of traces that begin a new conversation. */
const NEW_SESSION_SHARE = 0.25;

export type LoadShape = {
  /** Part of every id: different runs never repeat each other's. */
  readonly run: string;
  readonly seed: number;
  /** Each trace comes in two requests that follow each other: first most of its calls, then the rest and the run. */
  readonly splitTraces: boolean;
};

/**
 * The exports of a fleet of agents, one request after the other: each from one
 * service of one team, as its SDK sends it. Endless.
 */
export function* loadRequests(shape: LoadShape, nowMs: number): Generator<WireRequest> {
  const random = new Random(shape.seed);
  const sessions = new Map<string, string>();
  let trace = 0;
  for (;;) {
    const team = random.skewedOf(TEAMS);
    const service = random.between(0, team.services.length - 1);
    const traceCount = shape.splitTraces ? 2 * TRACES_OF_REQUEST : TRACES_OF_REQUEST;
    const traces = Array.from({ length: traceCount }, () =>
      makeTrace(shape.run, trace++, { team, service, nowMs, sessions }, random),
    );
    const envelope = {
      resource: resourceOf(team, service),
      scope: { name: "acme.agents", version: "2.4.0" },
    };
    if (!shape.splitTraces) yield { ...envelope, spans: inOrderOfEnd(traces.flat()) };
    else {
      yield { ...envelope, spans: inOrderOfEnd(traces.flatMap((spans) => spans.slice(1, 6))) };
      yield {
        ...envelope,
        spans: inOrderOfEnd(traces.flatMap((spans) => [...spans.slice(6), ...spans.slice(0, 1)])),
      };
    }
  }
}

/** The ids of the spans of one request, `TRACE SPAN` in hex, as `loadRequests` gives them. */
export function spanNamesOf(request: number, { run, splitTraces }: LoadShape): string[] {
  const width = splitTraces ? 2 * TRACES_OF_REQUEST : TRACES_OF_REQUEST;
  const first = (splitTraces ? Math.floor(request / 2) : request) * width;
  const indexes = splitTraces ? SPLIT[request % 2] : ALL;
  return Array.from({ length: width }, (_, i) => first + i).flatMap((number) => {
    const traceId = traceIdOf(run, number).toString("hex");
    return (indexes ?? ALL).map(
      (index) => `${traceId} ${spanIdOf(run, number, index).toString("hex")}`,
    );
  });
}

const ALL = Array.from({ length: SPANS_OF_TRACE }, (_, i) => i);
const SPLIT = [
  [1, 2, 3, 4, 5],
  [6, 7, 8, 9, 0],
];

type Place = {
  readonly team: BenchTeam;
  readonly service: number;
  readonly nowMs: number;
  readonly sessions: Map<string, string>;
};

function makeTrace(
  run: string,
  number: number,
  { team, service, nowMs, sessions }: Place,
  random: Random,
): WireSpan[] {
  const agents = team.agents.filter((agent) => agent.service === service);
  const agent = random.of(agents.length === 0 ? team.agents : agents);
  const user = random.skewedOf(team.users);
  let session = sessions.get(user);
  if (session === undefined || random.next() < NEW_SESSION_SHARE) {
    session = `conv-${run}-${number}`;
    sessions.set(user, session);
  }
  const startMs = nowMs - LONGEST_TRACE_MS - random.between(0, SPREAD_MS);
  return agentTrace({ run, number, agent, user, session, startMs }, random);
}

/** What an OpenTelemetry SDK says of its process. */
function resourceOf(team: BenchTeam, service: number): WireAttributes {
  const name = team.services[service] ?? team.slug;
  return {
    "service.name": name,
    "service.version": "1.18.2",
    "service.instance.id": `${name}-7d9f8c6b5-x2x4q`,
    "deployment.environment.name": "production",
    "team.id": team.slug,
    "host.name": `node-${service}.eu-central.example.com`,
    "telemetry.sdk.language": "python",
    "telemetry.sdk.name": "opentelemetry",
    "telemetry.sdk.version": "1.38.0",
  };
}

/** SDKs export a span when it ends. */
function inOrderOfEnd(spans: readonly WireSpan[]): WireSpan[] {
  return spans.toSorted((a, b) => a.endMs - b.endMs);
}
