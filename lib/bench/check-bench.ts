import { setTimeout as sleep } from "node:timers/promises";
import { createKey } from "#lib/access/keys.ts";
import type { Viewer } from "#lib/access/viewer.ts";
import { SYSTEM } from "#lib/audit/actor.ts";
import { createBudget } from "#lib/budget-control/store-budget.ts";
import { NewBudgetInput } from "#lib/budgets/budget-input.ts";
import { openDatabase } from "#lib/db/client.ts";
import { migrateDatabase } from "#lib/db/migrate.ts";
import { nextMessage, partEnvironment, startProcess } from "./bench-process.ts";
import { startBenchServer } from "./bench-server.ts";
import { percentile } from "./percentile.ts";
import { loadSteadily } from "./steady-load.ts";

export type CheckOptions = {
  /** Asked a second, at times that do not wait for answers. */
  readonly rate: number;
  readonly seconds: number;
  readonly budgets: number;
};

export type CheckResult = CheckOptions & {
  readonly asked: number;
  readonly answered: number;
  readonly reserved: number;
  readonly p50: number;
  readonly p99: number;
  readonly largest: number;
  /** How late the questions left, p99: the load generator's own part of the times above. */
  readonly lateP99: number;
  /** Processor time of the web process for one answer; null where the system does not tell it. */
  readonly cpuMs: number | null;
};

const ADMIN: Viewer = {
  ...{ kind: "user", id: "bench", label: "bench", role: "admin", teams: "all", persons: "all" },
};
const TEAMS = 20;
const WARM_UP_SECONDS = 5;

/**
 * How long "may I spend this?" takes at a steady rate: half of the calls hold
 * money. Times count from when a call was due, so a late one counts as slow.
 */
export async function benchCheck(options: CheckOptions): Promise<CheckResult> {
  const server = await startBenchServer({});
  const database = openDatabase(server.url);
  await migrateDatabase(server.url);
  for (let index = 0; index < options.budgets; index += 1) {
    const scope = { team: `team-${index % TEAMS}` };
    const slug = scope.team;
    await database.sql`insert into team (slug, name) values (${slug}, ${slug}) on conflict do nothing`;
    const input = { name: `Budget ${index}`, scope, period: "month", limit: "1000000" };
    await createBudget(database.sql, ADMIN, NewBudgetInput.parse(input), new Date());
  }
  const key = { kind: "api", team: null, label: "benchmark", role: "admin" } as const;
  const { secret } = await createKey(database.db, SYSTEM, key);
  const { env, web: port } = await partEnvironment(server.url);
  const web = startProcess("app/_server/main.ts", { env });
  try {
    await nextMessage(web);
    await sleep(2_000);
    await askSteadily(port, secret, { ...options, seconds: WARM_UP_SECONDS });
    const before = await web.cpuSeconds();
    const asked = await askSteadily(port, secret, options);
    const after = await web.cpuSeconds();
    const cpuMs =
      before === null || after === null ? null : ((after - before) * 1_000) / asked.asked;
    return { ...options, ...asked, cpuMs };
  } finally {
    await web.stop();
    await database.close();
    await server.stop();
  }
}

export async function askSteadily(
  port: number,
  secret: string,
  { rate, seconds }: Pick<CheckOptions, "rate" | "seconds">,
) {
  let reserved = 0;
  const load = {
    port,
    ...{ path: "/api/v1/check", headers: { authorization: `Bearer ${secret}` } },
    ...{ bodyOf: question, rate, seconds },
  };
  const { times, lates } = await loadSteadily(load, (answer) => {
    if (answer.includes('"reservation":{')) reserved += 1;
  });
  return {
    asked: rate * seconds,
    answered: times.length,
    reserved,
    p50: percentile(times, 0.5),
    p99: percentile(times, 0.99),
    largest: percentile(times, 1),
    lateP99: percentile(lates, 0.99),
  };
}

function question(index: number): string {
  return JSON.stringify({
    ...{ team: `team-${index % TEAMS}`, agent: "bench", model: "gpt-5.5", provider: "openai" },
    ...{ estimated_tokens: { input: 1_000, output: 100 }, reserve: index % 2 === 0 },
    reserve_seconds: 5,
  });
}
