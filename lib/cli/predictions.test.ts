import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { readConfig } from "#lib/config.ts";
import { AppError } from "#lib/errors.ts";
import * as anomalies from "#lib/forecast/testdata/score-anomaly.mjs";
import * as forecasts from "#lib/forecast/testdata/score-forecast.mjs";
import type { Command } from "./command.ts";
import { detect } from "./detect.ts";
import { forecast } from "./forecast.ts";

const TESTDATA = new URL("../forecast/testdata/", import.meta.url).pathname;
const DIRECTORY = mkdtempSync(join(tmpdir(), "outlay-predictions-"));
after(() => rmSync(DIRECTORY, { recursive: true }));

function fileOf(content: unknown): string {
  const file = join(DIRECTORY, `${crypto.randomUUID()}.json`);
  writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
  return file;
}

async function run(command: Command, options: Record<string, string | boolean>) {
  const outcome = await command.run({
    words: [],
    options,
    json: false,
    env: process.env,
    config: readConfig({}),
  });
  assert.equal(outcome.exitCode, 0);
  // With and without --json the same text.
  assert.equal(outcome.line, JSON.stringify(outcome.data));
  return JSON.parse(outcome.line);
}

const refuses = (command: Command, options: Record<string, string>, pattern: RegExp) =>
  assert.rejects(
    () => run(command, options),
    (error) => error instanceof AppError && error.code === "invalid" && pattern.test(error.message),
  );

describe("outlay forecast", () => {
  test("answers what the scorer emits, in the form that it reads", async () => {
    const loaded = forecasts.load("data", TESTDATA);
    const few = {
      ...loaded,
      forecast: loaded.forecast.slice(0, 12),
      monthend: loaded.monthend.slice(0, 12),
    };
    const answer = await run(forecast, { tasks: fileOf(forecasts.emit(few)) });
    const scores = forecasts.scoreAll(few, answer, undefined);
    assert.deepEqual(
      [scores.forecast.answered, scores.forecast.missing, scores.forecast.malformed],
      [12, 0, 0],
    );
    assert.deepEqual([scores.monthend.answered, scores.monthend.missing], [12, 0]);
    assert.ok(scores.forecast.groups.ALL.cover80 > 50);
    assert.ok(scores.monthend.groups.ALL.cover80 > 50);
  });

  test("answers for histories that are empty, unknown or idle", async () => {
    const task = (task_id: string, values: (number | null)[]) => ({ task_id, horizon: 3, values });
    const answer = await run(forecast, {
      tasks: fileOf({
        forecast: [task("empty", []), task("unknown", [null, null]), task("idle", [0, 0, 0])],
        monthend: [{ task_id: "new", days_elapsed: 0, days_in_month: 30, values: [] }],
      }),
    });
    for (const { point } of answer.forecast) assert.deepEqual(point, [0, 0, 0]);
    assert.equal(answer.monthend[0].total, 0);
  });

  test("refuses files that it cannot read, naming what is wrong", async () => {
    await refuses(forecast, {}, /usage: outlay forecast/);
    await refuses(forecast, { tasks: join(DIRECTORY, "missing.json") }, /cannot read .*missing/);
    await refuses(forecast, { tasks: fileOf("{") }, /is not JSON/);
    const broken = { forecast: [{ task_id: "a", horizon: 1e9, values: [1] }] };
    await refuses(forecast, { tasks: fileOf(broken) }, /forecast\.0\.horizon/);
  });
});

describe("outlay detect", () => {
  test("answers what the scorer emits, in the form that it reads", async () => {
    const loaded = anomalies.load("data", TESTDATA);
    const emitted = anomalies.emit(loaded);
    const few = {
      ...emitted,
      daily: emitted.daily.slice(0, 3),
      hourly: emitted.hourly.slice(0, 4),
      attribution: [
        {
          case_id: "case-1",
          rows: [0, 7, 14, 21, 28, 35, 42].flatMap((days_back) =>
            ["a", "b"].flatMap((team) =>
              ["x", "y", "z"].map((model) => ({
                team,
                model,
                days_back,
                cost_usd: days_back === 0 && model === "y" ? 30 : 10 + (days_back % 3),
              })),
            ),
          ),
        },
      ],
    };
    const series = fileOf(few);
    const answer = await run(detect, { series });
    const scores = anomalies.scoreAll(loaded, answer);
    assert.ok(scores.daily.recall > 0 && scores.daily.precision > 0.5);
    assert.ok(answer.hourly.length > 0);
    assert.deepEqual(answer.attribution, [{ case_id: "case-1", dimension: "model", element: "y" }]);
    const all = await run(detect, { series, all: true });
    assert.ok(all.daily.length > answer.daily.length);
  });

  test("refuses files that it cannot read, naming what is wrong", async () => {
    await refuses(detect, {}, /usage: outlay detect/);
    const broken = { daily: [{ series_id: "a", start: "yesterday", values: [1] }] };
    await refuses(detect, { series: fileOf(broken) }, /daily\.0\.start/);
  });
});
