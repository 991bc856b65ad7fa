import { localDate, nextUnitStart, unitStart } from "#lib/time/calendar.ts";
import type { UsageEvent } from "#lib/usage/usage-event.ts";
import { Random } from "./random.ts";
import { sampleLoop, sampleRun, startOfRun } from "./sample-day.ts";
import { SAMPLE_STRAYS, SAMPLE_TEAMS, type SampleAgent } from "./sample-organization.ts";

export type SampleOptions = {
  /** How many days of the zone, today the last. */
  readonly days: number;
  readonly seed: number;
  readonly nowMs: number;
  readonly timeZone: string;
};

const DAY_MS = 86_400_000;
/** Use has grown to this many times itself within a year. */
const YEARLY_GROWTH = 2.6;
/** So many days ago one agent ran away; another one has until just now. */
const LOOP_DAYS_AGO = 9;
const LOOPS = {
  past: { team: "payments", agent: "reviewer", user: "jonas.weber", tool: "grep", turns: 950 },
  recent: {
    ...{ team: "platform", agent: "incident-helper", user: "sara.lind", tool: "query_logs" },
    turns: 600,
  },
} as const;
const RECENT_LOOP_MS = 40 * 60_000;
/** So long after a loop has begun somebody looks; and so long after its end, and when it must be over. */
const LOOK_AFTER_START_MS = 8 * 60_000;
const LOOKS_AFTER_END_MS = [3 * 60_000, 65 * 60_000];

/** What came in until a moment. */
export type SamplePart = {
  readonly events: readonly UsageEvent[];
  readonly untilMs: number;
  /** An agent has just run away, or a moment ago. */
  readonly isOdd: boolean;
};

/**
 * The history of the sample organisation, a day at a time, in parts where
 * something happened: working days and weekends, growth, runs that loop on one
 * tool, telemetry without a team and a model without a price. The same for the
 * same options.
 */
export function* sampleHistory(options: SampleOptions): Generator<SamplePart> {
  const { days, seed, nowMs, timeZone } = options;
  const today = unitStart(nowMs, "day", timeZone);
  for (let ago = days - 1; ago >= 0; ago--) {
    const dayMs = ago === 0 ? today : unitStart(today - ago * DAY_MS + DAY_MS / 2, "day", timeZone);
    const endMs = Math.min(nextUnitStart(dayMs, "day", timeZone), nowMs);
    const random = new Random(seed * 100_003 + Math.round(dayMs / DAY_MS));
    const share = YEARLY_GROWTH ** (-ago / 365) * (0.85 + random.next() * 0.3);
    const day = { dayMs, endMs, random, share, isWorking: isWorkingDay(dayMs, timeZone), seed };
    const loop = loopOf(day, ago, nowMs);
    const events = [...ordersOf(day).flatMap(sampleRun), ...loop];
    const looks = looksAt(loop).filter((at) => at < endMs);
    let fromMs = Number.NEGATIVE_INFINITY;
    for (const untilMs of [...looks, endMs]) {
      const isPart = ({ startedAtMs: at }: UsageEvent) => at >= fromMs && at < untilMs;
      yield { events: events.filter(isPart), untilMs, isOdd: looks.includes(untilMs) };
      fromMs = untilMs;
    }
  }
}

function looksAt(loop: readonly UsageEvent[]): number[] {
  const [first, last] = [loop[0], loop.at(-1)];
  if (first === undefined || last === undefined) return [];
  return [
    first.startedAtMs + LOOK_AFTER_START_MS,
    ...LOOKS_AFTER_END_MS.map((after) => last.startedAtMs + after),
  ];
}

type Day = {
  readonly dayMs: number;
  readonly endMs: number;
  readonly random: Random;
  /** Of the runs at the end of the period. */
  readonly share: number;
  readonly isWorking: boolean;
  readonly seed: number;
};

function ordersOf(day: Day): Parameters<typeof sampleRun>[0][] {
  const own = SAMPLE_TEAMS.flatMap((team) =>
    team.agents.flatMap((agent) => runsOf(day, agent, team.slug, team.people)),
  );
  const strays = SAMPLE_STRAYS.flatMap((agent) => runsOf(day, agent, null, []));
  return [...own, ...strays].filter(({ startMs }) => startMs < day.endMs);
}

function runsOf(
  { dayMs, endMs, random, share, isWorking, seed }: Day,
  agent: SampleAgent,
  team: string | null,
  people: readonly string[],
) {
  const isSteady = agent.isSteady ?? false;
  const restDay = isSteady ? 0.55 : 0.06;
  const wanted = agent.runs * share * (isWorking ? 1 : restDay);
  const count = Math.floor(wanted) + (random.next() < wanted % 1 ? 1 : 0);
  return Array.from({ length: count }, (_, index) => ({
    ...{ agent, team, endMs, random },
    user: people.length === 0 ? null : random.skewedOf(people),
    startMs: startOfRun(dayMs, isSteady, random),
    name: `${seed} ${dayMs} ${team} ${agent.name} ${index}`,
  }));
}

function loopOf({ dayMs, endMs, random, seed }: Day, ago: number, nowMs: number): UsageEvent[] {
  const loop = ago === LOOP_DAYS_AGO ? LOOPS.past : ago === 0 ? LOOPS.recent : null;
  const agent = SAMPLE_TEAMS.find(({ slug }) => slug === loop?.team)?.agents.find(
    ({ name }) => name === loop?.agent,
  );
  if (loop === null || agent === undefined) return [];
  const startMs = ago === 0 ? nowMs - RECENT_LOOP_MS : dayMs + 15 * 3_600_000;
  const order = { agent, team: loop.team, user: loop.user, startMs, endMs, random };
  return sampleLoop({ ...order, name: `${seed} ${dayMs} loop` }, loop.tool, loop.turns);
}

function isWorkingDay(dayMs: number, timeZone: string): boolean {
  const { year, month, day } = localDate(dayMs, timeZone);
  const weekday = new Date(Date.UTC(year, month - 1, day)).getUTCDay();
  return weekday !== 0 && weekday !== 6;
}
