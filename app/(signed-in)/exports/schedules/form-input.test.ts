import assert from "node:assert/strict";
import { test } from "node:test";
import { NewSchedule } from "#lib/export-schedules/schedule-input.ts";
import type { Schedule } from "#lib/export-schedules/schedule-rows.ts";
import { ExportRequest } from "#lib/exports/export-request.ts";
import { scheduleInput, startOfRequest, startOfSchedule } from "./form-input.ts";

const KEYS = { access_key_id: "id", secret_access_key: "secret" };
const REQUESTS = [
  { export: "focus" },
  { export: "usage", format: "csv", flavor: "excel", parameters: { group_by: "team,model" } },
  {
    ...{ export: "usage", format: "parquet" },
    parameters: { "filter.team": ["a&b", "=c", ""], "filter.model": ["gpt 5"], cost: "list" },
  },
  { export: "statement", format: "xlsx", parameters: { cost_center: "CC 1" } },
] as const;
const DESTINATIONS = [
  { kind: "directory", path: "finance/focus" },
  { kind: "webhook", webhook_id: "6f1f9d8e-0000-4000-8000-000000000001" },
  {
    ...{ kind: "s3", endpoint: "https://s3.example.com", region: "eu-central-1" },
    ...{ bucket: "outlay", prefix: "a/b" },
  },
] as const;

test("a form that nobody touched says the schedule that it began with", () => {
  for (const asked of REQUESTS) {
    for (const destination of DESTINATIONS) {
      const told = {
        ...{ name: "Books", cadence: "monthly", day: 31, hour: 6, destination },
        request: ExportRequest.parse(asked),
      } as const;
      const start = startOfSchedule({ ...told, settings: destination } as unknown as Schedule);
      const input = scheduleInput(start);
      assert.equal("keys" in input, false);
      const keys = destination.kind === "s3" ? { keys: KEYS } : {};
      assert.deepEqual(NewSchedule.parse({ ...input, ...keys }), { ...told, ...keys });
    }
  }
});

test("a schedule of a file keeps its filters and leaves its period to the calendar", () => {
  const parameters = {
    ...{ from: "2026-11-01", to: "2026-12-01", group_by: "team" },
    "filter.team": ["search", "payments"],
  };
  const start = startOfRequest(ExportRequest.parse({ export: "usage", parameters }));
  assert.equal(start.parameters, "filter.team=search&filter.team=payments&group_by=team");
  const month = { month: "2026-11", team: "search" };
  const statement = startOfRequest(ExportRequest.parse({ export: "statement", parameters: month }));
  assert.equal(statement.parameters, "team=search");
});

test("keys that were typed are told, also when one is missing", () => {
  const start = { ...startOfRequest(ExportRequest.parse({ export: "focus" })), ...DESTINATIONS[2] };
  assert.deepEqual(scheduleInput({ ...start, ...KEYS }).keys, KEYS);
  const half = { ...KEYS, secret_access_key: "" };
  assert.deepEqual(scheduleInput({ ...start, ...half }).keys, half);
});
