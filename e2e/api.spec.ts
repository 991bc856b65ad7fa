import { randomBytes } from "node:crypto";
import { expect, test } from "@playwright/test";
import type { z } from "zod";
import { ask, askApi } from "./support/api.ts";
import { parseCsv } from "./support/csv.ts";
import { addDecimals, parseDecimal } from "./support/decimal.ts";
import { sums } from "./support/figures.ts";
import { modelCall, postSpans } from "./support/otlp.ts";
import {
  ENVIRONMENT,
  freshName,
  mintApiKey,
  mintIngestKey,
  mintTeam,
  type Team,
} from "./support/outlay.ts";
import {
  DataQuality,
  Events,
  Problem,
  Receipt,
  Session,
  Sessions,
  Usage,
} from "./support/schemas.ts";
import { usageTotals } from "./support/stream.ts";

// The API as programs that nobody here wrote see it.

let team: Team;
let session: string;
let ofTeam: string;

test.beforeAll(async () => {
  team = await mintTeam("api");
  session = freshName("session");
  ofTeam = `filter.team=${team.slug}`;
  const traceId = randomBytes(16).toString("hex");
  const call = (attributes: Record<string, string | number>, spanId: string) =>
    modelCall(
      { "gen_ai.conversation.id": session, "gen_ai.agent.name": "planner", ...attributes },
      { traceId, spanId },
    );
  const answer = await postSpans(
    team.ingestKey,
    call({ "gen_ai.response.id": freshName("r") }, "00000000000000a1"),
    call(
      { "gen_ai.response.id": freshName("r"), "gen_ai.usage.input_tokens": 7 },
      "00000000000000a2",
    ),
    call(
      {
        "gen_ai.response.id": freshName("r"),
        "gen_ai.provider.name": "anthropic",
        "gen_ai.request.model": "claude-opus-5-5",
        "gen_ai.response.model": "claude-opus-5-5",
        "gen_ai.agent.name": 'a "quoted", name',
      },
      "00000000000000a3",
    ),
    call(
      {
        "gen_ai.response.id": freshName("r"),
        "gen_ai.request.model": "no-such-model",
        "gen_ai.response.model": "no-such-model",
      },
      "00000000000000a4",
    ),
  );
  expect(answer.status).toBe(200);
});

test("usage has the promised shape, and its rows add up to its total in every grouping", async () => {
  const whole = await askApi(Usage, `/usage?${ofTeam}`);
  expect(whole.total.model_calls).toBe(4);
  expect(whole.total.unpriced_calls).toBe(1);
  expect(whole.total.unpriced_tokens).toBe(1100);
  for (const question of [
    "group_by=model",
    "group_by=team,model",
    "group_by=agent,provider&bucket=hour",
    "group_by=dialect,status,kind,tier&bucket=day",
    "group_by=session,user,service&bucket=week&tz=Asia/Kathmandu",
    "group_by=project,environment,workflow,tool,cost_center&bucket=month",
    "group_by=model&cost=list",
    "group_by=model&cost=contracted",
    "group_by=model&cost=billed",
  ]) {
    const { rows, total } = await askApi(Usage, `/usage?${ofTeam}&${question}`);
    expect(rows.length, question).toBeGreaterThan(0);
    expect(sums(rows), question).toEqual(sums([total]));
  }
});

test("usage pages by cursor without losing or repeating a row", async () => {
  const question = `/usage?${ofTeam}&group_by=model,agent`;
  const { rows } = await askApi(Usage, question);
  const found: unknown[] = [];
  let cursor: string | null = "";
  while (cursor !== null) {
    const next: string = cursor === "" ? "" : `&cursor=${encodeURIComponent(cursor)}`;
    const part: z.infer<typeof Usage> = await askApi(Usage, `${question}&limit=1${next}`);
    expect(part.rows).toHaveLength(1);
    found.push(...part.rows);
    cursor = part.next_cursor;
  }
  expect(found).toEqual(rows);
});

test("the CSV has the rows and figures of the JSON", async () => {
  const question = `${ofTeam}&group_by=agent,model&bucket=hour`;
  const { rows, total } = await askApi(Usage, `/usage?${question}`);
  const response = await ask(`/api/v1/usage.csv?${question}`);
  expect(response.headers.get("content-type")).toBe("text/csv; charset=utf-8");
  expect(response.headers.get("content-disposition")).toMatch(
    /filename="[^"]*\d{4}-\d\d-\d\d[^"]*\.csv"/,
  );
  expect(response.headers.get("x-outlay-total")).toBe(total.cost);
  expect(response.headers.get("x-outlay-rows")).toBe(String(rows.length));
  expect(Date.parse(response.headers.get("x-outlay-as-of") ?? "")).toBeGreaterThan(0);

  const text = await response.text();
  expect(text.split("\r\n")[0]).toBe(
    "bucket_start,bucket_end,agent,model,model_calls,tool_calls,errors,input_uncached_tokens,cache_read_tokens,cache_write_5m_tokens,cache_write_1h_tokens,output_tokens,reasoning_tokens,list_cost,cost,currency,unpriced_calls,unpriced_tokens",
  );
  const lines = parseCsv(text);
  expect(lines.map(({ agent, model, cost }) => ({ agent, model, cost }))).toEqual(
    rows.map(({ group, cost }) => ({ agent: group.agent, model: group.model, cost })),
  );
  expect(addDecimals(lines.map(({ cost = "" }) => cost))).toBe(parseDecimal(total.cost));
});

test("the Excel flavour starts with a byte order mark and guards formulas", async () => {
  const cell = '=HYPERLINK("https://evil.test")';
  const call = modelCall({ "gen_ai.agent.name": cell, "gen_ai.response.id": freshName("r") });
  expect((await postSpans(await mintIngestKey(), call)).status).toBe(200);
  const path = `/api/v1/usage.csv?group_by=agent&filter.agent=${encodeURIComponent(cell)}`;
  const bytes = Buffer.from(await (await ask(`${path}&flavor=excel`)).arrayBuffer());
  expect(bytes.subarray(0, 3).toString("hex")).toBe("efbbbf");
  const [row] = parseCsv(bytes.subarray(3).toString());
  expect(row?.agent).not.toMatch(/^[=+\-@\t\r]/);
  expect(row?.agent).toContain("HYPERLINK");
});

test("events are listed newest first, page by cursor, and explain their cost", async () => {
  const question = `/events?${ofTeam}&counted=true`;
  const { events } = await askApi(Events, question);
  expect(events).toHaveLength(4);
  const times = events.map(({ started_at }) => Date.parse(started_at));
  expect(times).toEqual(times.toSorted((a, b) => b - a));

  const first = await askApi(Events, `${question}&limit=3`);
  const cursor = encodeURIComponent(first.next_cursor ?? "");
  const rest = await askApi(Events, `${question}&limit=3&cursor=${cursor}`);
  expect([...first.events, ...rest.events].map(({ id }) => id)).toEqual(events.map(({ id }) => id));
  expect(rest.next_cursor).toBeNull();

  for (const event of events) {
    const { lines, sum } = await askApi(Receipt, `/events/${event.id}/receipt`);
    expect(sum).toBe(event.cost);
    if (event.model === "no-such-model") {
      expect(event).toMatchObject({ cost: null, cost_status: "unpriced" });
      continue;
    }
    expect(addDecimals(lines.map(({ amount }) => amount ?? ""))).toBe(parseDecimal(sum ?? ""));
  }
});

test("data quality counts what stands between telemetry and figures", async () => {
  const key = await mintApiKey("manager", team.slug);
  const found = await askApi(DataQuality, "/data-quality", key);
  expect(found.unpriced.count).toBe(1);
  expect(found.unallocated.count).toBe(0);
  expect(found.clock_skew.count).toBe(0);
});

test("a session is a tree whose subtotals add up", async () => {
  const { sessions } = await askApi(Sessions, `/sessions?filter.session=${session}`);
  expect(sessions.map((one) => one.session)).toEqual([session]);
  const { nodes, total } = await askApi(Session, `/sessions/${session}`);
  expect(total.model_calls).toBe(4);
  const roots = nodes.filter(({ parent_id }) => parent_id === null);
  expect(sums(roots.map(({ subtotal }) => subtotal))).toEqual(sums([total]));
  expect(nodes.filter(({ event }) => event !== null)).toHaveLength(4);
});

test("the description is OpenAPI and names every address", async () => {
  const response = await ask("/api/v1/openapi.json", null);
  const { openapi, paths } = (await response.json()) as { openapi: string; paths: object };
  expect(openapi).toMatch(/^3\.1\./);
  for (const path of [
    "/usage",
    "/usage.csv",
    "/events",
    "/events/{id}/receipt",
    "/quote",
    "/sessions",
  ]) {
    expect(Object.keys(paths)).toContain(path);
  }
});

test("health, readiness and metrics need no key and tell of no spend", async () => {
  expect((await ask("/api/health", null)).status).toBe(200);
  expect((await ask("/api/ready", null)).status).toBe(200);
  for (const url of [ENVIRONMENT.webUrl, ENVIRONMENT.otlpUrl]) {
    const response = await fetch(`${url}/metrics`);
    expect(response.headers.get("content-type")).toContain("text/plain; version=0.0.4");
    const text = await response.text();
    expect(text).toMatch(/^# TYPE \w+ (counter|gauge|histogram)$/m);
    expect(text).not.toContain(team.slug);
  }
});

test("the stream tells the totals of today, at once and after a call", async () => {
  const stop = new AbortController();
  const response = await fetch(`${ENVIRONMENT.webUrl}/api/v1/stream`, {
    headers: { authorization: `Bearer ${ENVIRONMENT.apiKey}` },
    signal: stop.signal,
  });
  expect(response.headers.get("content-type")).toContain("text/event-stream");
  const totals = usageTotals(response);
  const before = (await totals.next()).value;
  const call = modelCall({ "gen_ai.response.id": freshName("r") });
  expect((await postSpans(team.ingestKey, call)).status).toBe(200);
  let after = (await totals.next()).value;
  // What was under way when the stream opened may be told first.
  while (after?.model_calls === before?.model_calls) after = (await totals.next()).value;
  expect(after?.model_calls).toBe((before?.model_calls ?? 0) + 1);
  stop.abort();
});

test("mistakes are problems that name every parameter", async () => {
  for (const path of [
    "/usage?from=yesterday",
    "/usage?group_by=colour",
    "/usage?bucket=fortnight",
    "/usage?tz=Mars/Olympus",
    "/usage?from=2026-11-02&to=2026-11-01",
    "/usage?limit=0",
    "/usage?cursor=abc",
    "/usage?colour=red",
    "/usage.csv?cost=cheap",
    "/events?limit=1000000",
    "/events?filter.colour=red",
    "/sessions?limit=-1",
    "/data-quality?from=%00",
  ]) {
    const response = await ask(`/api/v1${path}`);
    expect(response.status, path).toBe(400);
    expect(response.headers.get("content-type"), path).toContain("application/problem+json");
    expect(Problem.parse(await response.json()), path).toMatchObject({
      status: 400,
      code: "invalid",
    });
  }
  for (const [path, status] of [
    ["/no-such-address", 404],
    ["/events/00000000-0000-7000-8000-000000000000/receipt", 404],
    ["/events/not-an-id/receipt", 404],
    ["/sessions/no-such-session", 404],
  ] as const) {
    const response = await ask(`/api/v1${path}`);
    expect(response.status, path).toBe(status);
    Problem.parse(await response.json());
  }
});

test("each key opens its own door only", async () => {
  for (const key of [null, "outlay_ak_wrong", team.ingestKey, "", "ä".normalize("NFD")]) {
    const headers: Record<string, string> =
      key === null ? {} : { authorization: `Bearer ${encodeURIComponent(key)}` };
    const response = await fetch(`${ENVIRONMENT.webUrl}/api/v1/usage`, { headers });
    expect([401, 403], String(key)).toContain(response.status);
    Problem.parse(await response.json());
  }
  expect((await postSpans(ENVIRONMENT.apiKey, modelCall())).status).toBe(403);
});
