import { createKey } from "#lib/access/keys.ts";
import { SYSTEM } from "#lib/audit/actor.ts";
import type { Database } from "#lib/db/client.ts";
import { PERSON, withFilledWeb } from "./filled-web.ts";
import { percentile } from "./percentile.ts";
import { QUESTIONS, type Question } from "./questions.ts";
import { ask, signIn } from "./web-client.ts";

export type LatencyOptions = {
  /** How many events the ledger is to hold. */
  readonly events: number;
  /** How often each question is asked; a tenth of it before the clock starts. */
  readonly requests: number;
};

export type LatencyResult = {
  readonly events: number;
  readonly fillSeconds: number;
  readonly answers: readonly {
    readonly name: string;
    readonly p50: number;
    readonly p95: number;
    /** Processor time of web and database for one answer; null where the system does not tell it. */
    readonly cpuMs: number | null;
  }[];
};

/**
 * How long pages and API take on a ledger of that size: one client that asks
 * one question after the other.
 *
 * @throws when an answer is not 200, or the filled rollups are not the sums of
 *   the filled ledger.
 */
export async function benchLatency(options: LatencyOptions): Promise<LatencyResult> {
  return withFilledWeb(
    options.events,
    async ({ database, url, nowMs, events, fillSeconds, cpuSeconds }) => {
      const headers = await openDoors(database, url);
      const answers = [];
      for (const question of QUESTIONS) {
        const door = headers[question.door];
        const address = `${url}${question.path(nowMs)}`;
        await time(address, door, Math.ceil(options.requests / 10), question);
        const before = await cpuSeconds();
        const times = await time(address, door, options.requests, question);
        const after = await cpuSeconds();
        answers.push({
          name: question.name,
          p50: percentile(times, 0.5),
          p95: percentile(times, 0.95),
          cpuMs:
            before === null || after === null
              ? null
              : ((after - before) * 1_000) / options.requests,
        });
      }
      return { events, fillSeconds, answers };
    },
  );
}

type Doors = { readonly [D in Question["door"]]: Readonly<Record<string, string>> };

async function openDoors({ db }: Database, web: string): Promise<Doors> {
  const key = { kind: "api", team: null, label: "benchmark", role: "admin" } as const;
  const { secret } = await createKey(db, SYSTEM, key);
  return {
    api: { authorization: `Bearer ${secret}` },
    page: { cookie: await signIn(web, PERSON.email, PERSON.password) },
  };
}

async function time(
  url: string,
  headers: Readonly<Record<string, string>>,
  requests: number,
  { name, isAnswer }: Question,
): Promise<number[]> {
  const times: number[] = [];
  for (let i = 0; i < requests; i++) {
    const answer = await ask(url, headers);
    if (answer.status !== 200 || !isAnswer(answer.body)) {
      throw new Error(`${name}: ${answer.status} ${answer.body.slice(0, 500)}`);
    }
    times.push(answer.ms);
  }
  return times;
}
