import type { CheckResult } from "./check-bench.ts";
import type { ExportRun } from "./exports-bench.ts";
import type { HotSpots } from "./hot-spots.ts";
import type { IngestResult, StatementTime } from "./ingest-bench.ts";
import type { LatencyResult } from "./latency-bench.ts";
import { TARGET_QUESTION } from "./questions.ts";
import type { RefitBenchResult } from "./refit-bench.ts";
import type { RefitIngestResult, Stretches } from "./refit-ingest-bench.ts";
import type { RepricingResult } from "./repricing-bench.ts";

const MEGABYTE = 1_000_000;

/** The figures of ingest, ratios first: they hold on other machines, the rest is of this one. */
export function ingestReport(result: IngestResult): string {
  const { events, seconds, copy, payload, ackMs } = result;
  const rate = events / seconds;
  const bare = copy.rows / copy.bareSeconds;
  const indexed = copy.rows / copy.indexedSeconds;
  return lines([
    "ingest, end to end",
    `  ${(rate / bare).toFixed(3)} of bare COPY (target 0.25)`,
    `  ${(rate / indexed).toFixed(3)} of COPY into a partition with the ledger's indexes`,
    `  ${whole(rate)} events/s: ${whole(events)} events in ${seconds.toFixed(1)} s`,
    `  acknowledged within ${whole(ackMs.p50)} ms p50, ${whole(ackMs.p95)} ms p95, ${whole(ackMs.p99)} ms p99`,
    `  processor time an event: ${cpuReport(result)}`,
    `  payload ${megabytes(payload.bytes)} MB, ${megabytes(payload.gzippedBytes)} MB gzipped`,
    "bare COPY of the same rows, same server",
    `  ${whole(bare)} rows/s without indexes, ${whole(indexed)} rows/s with (${megabytes(copy.bytes)} MB, ${whole(copy.rows)} rows)`,
  ]);
}

/** What an event costs whatever else the machine does, and so what it could do with nothing else to do. */
function cpuReport({ events, seconds, cpuSeconds }: IngestResult): string {
  const { collector, database, load } = cpuSeconds;
  if (collector === null || database === null) return "unknown";
  const micros = (used: number) => `${((used / events) * 1e6).toFixed(0)} µs`;
  const busy = (collector + database + load) / seconds;
  return (
    `collector ${micros(collector)}, database ${micros(database)}, ` +
    `load generator ${micros(load)}; ${busy.toFixed(2)} cores busy`
  );
}

/** Where the collector and its database spent their time. */
export function profileReport(
  { busyMs, bySelf, byTotal }: HotSpots,
  statements: readonly StatementTime[],
): string {
  const spot = (ms: number, name: string) =>
    `  ${((100 * ms) / busyMs).toFixed(1).padStart(5)} % ${whole(ms).padStart(7)} ms  ${name}`;
  return lines([
    "collector, time in the function itself",
    ...bySelf.map(({ name, selfMs }) => spot(selfMs, name)),
    "collector, time in the function and all that it called",
    ...byTotal.map(({ name, totalMs }) => spot(totalMs, name)),
    "database, time by statement",
    ...statements.map(
      ({ totalMs, calls, rows, query }) =>
        `  ${whole(totalMs).padStart(7)} ms ${whole(calls).padStart(6)} calls ${whole(rows).padStart(8)} rows  ${query.slice(0, 150)}`,
    ),
  ]);
}

/** Answer times by ledger size, and how the greatest compares to the one before it. */
export function latencyReport(results: readonly LatencyResult[]): string {
  const [greatest, before] = results.toReversed();
  const target = (result: LatencyResult | undefined) =>
    result?.answers.find(({ name }) => name === TARGET_QUESTION)?.p95;
  const [now, then] = [target(greatest), target(before)];
  const growth =
    now === undefined || then === undefined
      ? []
      : [`  ${TARGET_QUESTION}: ${(now / then).toFixed(2)} × the size before (target 1.3)`];
  const cells = (values: readonly string[]) => values.map((value) => value.padStart(22)).join("");
  const names = greatest?.answers.map(({ name }) => name) ?? [];
  return lines([
    "answer times, one client",
    ...growth,
    `  ${"p50 / p95 ms (processor time)".padEnd(44)}${cells(results.map(({ events }) => `${whole(events)} events`))}`,
    ...names.map((name, i) => {
      const times = results.map(({ answers }) => {
        const answer = answers[i];
        if (answer === undefined) return "";
        const cpu = answer.cpuMs === null ? "" : ` (${answer.cpuMs.toFixed(0)})`;
        return `${answer.p50.toFixed(1)} / ${answer.p95.toFixed(1)}${cpu}`;
      });
      return `  ${name.padEnd(44)}${cells(times)}`;
    }),
    `  ${"filled in, s".padEnd(44)}${cells(results.map(({ fillSeconds }) => whole(fillSeconds)))}`,
  ]);
}

function lines(all: readonly string[]): string {
  return `${all.join("\n")}\n\n`;
}

function whole(value: number): string {
  return Math.round(value).toLocaleString("en");
}

function megabytes(bytes: number): string {
  return (bytes / MEGABYTE).toFixed(0);
}

export function checkReport(result: CheckResult): string {
  const { rate, seconds, budgets, asked, answered, reserved, cpuMs } = result;
  const { p50, p99, largest, lateP99 } = result;
  return [
    `check: ${rate} a second for ${seconds} s, ${budgets} budgets`,
    `  asked ${asked}, answered ${answered}, of which ${reserved} hold money`,
    `  p50 ${p50.toFixed(2)} ms, p99 ${p99.toFixed(2)} ms, longest ${largest.toFixed(2)} ms`,
    `  p99 of how late the load generator asked, which is in these times: ${lateP99.toFixed(2)} ms`,
    ...(cpuMs === null
      ? []
      : [`  processor time of the web process ${cpuMs.toFixed(3)} ms an answer`]),
    "",
  ].join("\n");
}

/** The first night and any other. */
export function refitReport({ teams, models, runs }: RefitBenchResult): string {
  return lines([
    `refit of ${whole(teams)} teams × ${whole(models)} models, a year of days`,
    ...runs.map((run, index) =>
      [
        `  ${["first", "next ", "later"][index]}  ${whole(run.series)} series in ${run.seconds.toFixed(1)} s`,
        `${run.fitSeconds.toFixed(1)} s of it fitting`,
        `processor: worker ${run.workerCpuSeconds.toFixed(1)} s`,
        `database ${run.databaseCpuSeconds?.toFixed(1) ?? "?"} s`,
      ].join(", "),
    ),
  ]);
}

/** Ingest with and without a refit beside it. */
export function refitIngestReport(result: RefitIngestResult): string {
  const { rate, alone, during, series, refitSeconds } = result;
  const line = (name: string, { count, eventsPerSecond, p50Ms, p95Ms }: Stretches) =>
    `  ${name}  ${whole(eventsPerSecond)} events/s, acknowledged within ${whole(p50Ms)} ms p50, ${whole(p95Ms)} ms p95 (${count} stretches)`;
  const load = rate === null ? "at full load" : `of ${whole(rate)} events a second`;
  const took = refitSeconds === null ? "took longer" : `took ${refitSeconds.toFixed(1)} s`;
  return lines([
    `ingest ${load} beside a refit of ${whole(series)} series, which ${took}`,
    line("alone ", alone),
    line("beside", during),
    `  ${(during.eventsPerSecond / alone.eventsPerSecond).toFixed(2)} of the events, ${(during.p95Ms / alone.p95Ms).toFixed(2)} times the p95`,
  ]);
}

/** Seconds to see and to apply new prices, and for how many calls; the last per million of them. */
export function repricingReport({ events, runs, drift }: RepricingResult): string {
  return lines([
    `re-pricing 60 days of ${whole(events)} events`,
    ...runs.map((run) =>
      [
        `  ${run.what.padEnd(12)} ${whole(run.calls)} calls: preview ${run.previewSeconds.toFixed(1)} s`,
        `every figure moved in ${run.applySeconds.toFixed(1)} s and ${run.steps} steps (longest ${run.longestStepSeconds.toFixed(2)} s)`,
        `drift then ${run.drift ?? "not looked"}`,
        `rows written in ${run.writeSeconds?.toFixed(1) ?? "not waited"} s`,
      ].join(", "),
    ),
    `  drift afterwards: ${drift ?? "not looked"}`,
  ]);
}

/** One file by one way: its rows, how long it took and the most memory that its process held. */
export function exportReport(run: ExportRun): string {
  const { what, way, rows, bytes, seconds, peakBytes, sum } = run;
  const held = peakBytes === null ? "?" : megabytes(peakBytes);
  const size = `${whole(rows).padStart(10)} rows, ${megabytes(bytes).padStart(6)} MB`;
  return `  ${what.padEnd(16)}${way.padEnd(9)} ${size} in ${seconds.toFixed(1).padStart(6)} s, at most ${held} MB held, sum ${sum}\n`;
}
