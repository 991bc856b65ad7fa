import { mkdtemp, readdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { createLog } from "#lib/log.ts";
import { buildPages } from "#lib/runtime/build-pages.ts";
import { benchCheck } from "./check-bench.ts";
import { benchExports } from "./exports-bench.ts";
import { hotSpots } from "./hot-spots.ts";
import { benchIngest, type IngestOptions } from "./ingest-bench.ts";
import { benchLatency, type LatencyResult } from "./latency-bench.ts";
import {
  checkReport,
  exportReport,
  ingestReport,
  latencyReport,
  profileReport,
  refitIngestReport,
  refitReport,
  repricingReport,
} from "./print-report.ts";
import { benchRefit } from "./refit-bench.ts";
import { benchIngestDuringRefit } from "./refit-ingest-bench.ts";
import { benchRepricing } from "./repricing-bench.ts";

const HELP = `npm run bench -- [ingest] [latency] [check] [repricing] [refit] [exports] [options]   (the first two when none is named)
  ingest    --requests 5000 --warm-up 500 --connections 16 --seed 1
            --split-traces   each trace in two requests
            --profile        where collector and database spend their time (slower)
  latency   --events 100000,1000000,10000000 --asked 200
  repricing --events 1000000   (only when named)
  exports   --events 1000000 --tables focus,usage,events   (only when named)
  refit     --teams 500 --models 20   (only when named)
            --ingest         ingest at full load with and without a refit beside it
            --ingest --events-per-second 5000   the same at a steady rate
  check     --rate 2000 --seconds 20 --budgets 100   (only when named)
`;
const MOST_SPOTS = 30;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    requests: { type: "string", default: "5000" },
    "warm-up": { type: "string", default: "500" },
    connections: { type: "string", default: "16" },
    seed: { type: "string", default: "1" },
    "split-traces": { type: "boolean", default: false },
    profile: { type: "boolean", default: false },
    events: { type: "string", default: "100000,1000000,10000000" },
    asked: { type: "string", default: "200" },
    rate: { type: "string", default: "2000" },
    seconds: { type: "string", default: "20" },
    budgets: { type: "string", default: "100" },
    teams: { type: "string", default: "500" },
    models: { type: "string", default: "20" },
    ingest: { type: "boolean", default: false },
    "events-per-second": { type: "string" },
    tables: { type: "string", default: "focus,usage,events" },
    help: { type: "boolean", default: false },
  },
});
const wants = (name: string) => positionals.length === 0 || positionals.includes(name);

if (values.help) process.stdout.write(HELP);
else {
  if (wants("ingest")) await ingest();
  if (wants("latency")) await latency();
  if (positionals.includes("check")) await check();
  if (positionals.includes("repricing")) await repricing();
  if (positionals.includes("refit")) await refit();
  if (positionals.includes("exports")) await exports();
}

async function refit(): Promise<void> {
  const options = { teams: Number(values.teams), models: Number(values.models) };
  process.stdout.write(
    values.ingest
      ? refitIngestReport(await benchIngestDuringRefit(options, eventsPerSecond()))
      : refitReport(await benchRefit(options)),
  );
}

function eventsPerSecond(): number | null {
  const text = values["events-per-second"];
  return text === undefined ? null : Number(text);
}

async function exports(): Promise<void> {
  await buildOnce();
  for (const events of values.events.split(",").map(Number)) {
    process.stdout.write(`files of a ledger of about ${events} events\n`);
    await benchExports(events, values.tables.split(","), (run) =>
      process.stdout.write(exportReport(run)),
    );
  }
}

async function repricing(): Promise<void> {
  for (const events of values.events.split(",").map(Number)) {
    process.stdout.write(repricingReport(await benchRepricing(events)));
  }
}

async function check(): Promise<void> {
  await buildOnce();
  const result = await benchCheck({
    rate: Number(values.rate),
    seconds: Number(values.seconds),
    budgets: Number(values.budgets),
  });
  process.stdout.write(checkReport(result));
}

async function ingest(): Promise<void> {
  const profileDirectory = values.profile
    ? await mkdtemp(join(tmpdir(), "outlay-bench-profile-"))
    : null;
  const options: IngestOptions = {
    requests: Number(values.requests),
    warmUpRequests: Number(values["warm-up"]),
    connections: Number(values.connections),
    splitTraces: values["split-traces"],
    seed: Number(values.seed),
    profileDirectory,
  };
  const result = await benchIngest(options);
  process.stdout.write(ingestReport(result));
  if (profileDirectory === null) return;
  const [file = ""] = await readdir(profileDirectory);
  const spots = await hotSpots(join(profileDirectory, file), MOST_SPOTS);
  process.stdout.write(profileReport(spots, result.statements));
  process.stdout.write(`the whole profile: ${join(profileDirectory, file)}\n`);
}

async function buildOnce(): Promise<void> {
  const root = fileURLToPath(new URL("../../", import.meta.url));
  // The build starts helpers by the name "node".
  const env = { NODE_ENV: "production", PATH: dirname(process.execPath) } as const;
  await buildPages(root, env, createLog("bench"), new AbortController().signal);
}

async function latency(): Promise<void> {
  await buildOnce();
  const results: LatencyResult[] = [];
  for (const events of values.events.split(",").map(Number)) {
    results.push(await benchLatency({ events, requests: Number(values.asked) }));
    process.stdout.write(latencyReport(results));
  }
}
