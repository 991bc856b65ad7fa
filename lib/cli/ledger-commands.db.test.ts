import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, beforeEach, describe, test } from "node:test";
import { runCommand } from "#lib/testing/run-command.ts";
import { createTestDatabase } from "#lib/testing/test-database.ts";

const { sql, url } = await createTestDatabase();
const directory = await mkdtemp(join(tmpdir(), "outlay-import-"));
after(() => rm(directory, { recursive: true }));

const HEADER = "id,time,provider,model,input_uncached_tokens,output_tokens,session,attr.team.id";
const ROWS = [
  "a,2026-11-20T09:00:00Z,openai,gpt-5.5,100000,0,s1,payments",
  "b,2026-11-20T10:00:00Z,openai,gpt-5.5,0,100000,s1,payments",
  "c,2026-11-21T09:00:00Z,nobody,unheard-of,10,10,s2,search",
];

async function file(...rows: string[]): Promise<string> {
  const path = join(directory, "usage.csv");
  await writeFile(path, [HEADER, ...rows].join("\n"));
  return path;
}

const run = (...args: string[]) => runCommand(url, ...args);
const importRows = async (...rows: string[]) => run("import", "csv", await file(...rows));
const rowsStored = async () =>
  Number((await sql<{ count: bigint }[]>`select count(*) from usage_event`)[0]?.count);

beforeEach(async () => {
  await sql`truncate usage_event, rate_set, dimension_set, usage_hour, usage_day, usage_day_team, usage_day_user, usage_day_person,
                     session, evidence`;
  await sql`delete from team where slug <> 'unallocated'`;
});

describe("import", () => {
  test("stores a file once, however often it is imported", async () => {
    const first = await importRows(...ROWS);
    assert.equal(first.line, "imported 3 new rows, 0 already there");
    assert.equal(first.exitCode, 0);
    const again = await importRows(...ROWS);
    assert.equal(again.line, "imported 0 new rows, 3 already there");
    assert.equal(await rowsStored(), 3);
  });

  test("imports nothing when a row is bad, and names every bad row", async () => {
    const path = await file(
      ROWS[0] ?? "",
      "b,yesterday,openai,gpt-5.5,1,1,,",
      "c,2026-11-20,,,1,-1,,",
    );
    const { exitCode, line, details = [] } = await run("import", "csv", path);
    assert.equal(exitCode, 1);
    assert.equal(line, "imported nothing: 2 bad rows");
    assert.deepEqual(
      details.map((detail) => detail.slice(0, path.length + 3)),
      [`${path}:3:`, `${path}:4:`],
    );
    assert.equal(await rowsStored(), 0);
  });

  test("rehearses: tells rows, tokens and cost by model, and leaves the ledger as it was", async () => {
    await importRows(ROWS[0] ?? "");
    const {
      line,
      details = [],
      data,
    } = await run("import", "csv", await file(...ROWS), "--dry-run");
    assert.equal(line, "would import 2 new rows, 1 already there");
    assert.equal(await rowsStored(), 1);
    assert.deepEqual(
      [...(await sql`select slug from team order by 1`)],
      [{ slug: "payments" }, { slug: "unallocated" }],
    );
    assert.match(details[1] ?? "", /^openai +gpt-5\.5 +2 +100000 +0 +0 +0 +100000 +3\.5 +0$/);
    assert.match(details[2] ?? "", /^nobody +unheard-of +1 +10 +0 +0 +0 +10 +0 +1$/);
    const { models } = data as { models: { model: string; cost: string }[] };
    assert.deepEqual(
      models.map(({ model, cost }) => [model, cost]),
      [
        ["gpt-5.5", "3.5"],
        ["unheard-of", "0"],
      ],
    );
    await importRows(...ROWS);
    assert.equal(await rowsStored(), 3);
  });

  test("refuses a source and a file that it does not know", async () => {
    await assert.rejects(
      run("import", "csv", join(directory, "none.csv")),
      /none\.csv cannot be read/,
    );
    await assert.rejects(run("import", "abacus", await file()), /SOURCE must be one of openai/);
  });
});

describe("verify", () => {
  test("finds nothing to say of a ledger that adds up, whole and in part", async () => {
    await importRows(...ROWS);
    for (const period of [[], ["--from", "2026-11-20T09:30:00Z"], ["--to", "2026-11-21"]]) {
      const { line, exitCode, details } = await run("verify", ...period);
      assert.deepEqual([exitCode, details], [0, []], line);
      assert.match(line, /no drift$/);
    }
  });

  test("shows a rollup that is not the sum of its rows", async () => {
    await importRows(...ROWS);
    await sql`update usage_day set output = output + 1 where output = 10`;
    const { exitCode, details } = await run("verify");
    assert.equal(exitCode, 1);
    assert.equal(details?.length, 1);
    assert.match(
      details[0] ?? "",
      /^usage_day day=2026-11-21.*: output is 11, the ledger adds up to 10$/,
    );
    assert.equal((await run("verify", "--to", "2026-11-21")).exitCode, 0);
  });

  test("shows a cost that its rate set does not explain, although everything adds up", async () => {
    await importRows(...ROWS);
    await sql`update usage_event set cost = 0.51 where cost = 0.5`;
    for (const table of [
      "usage_hour",
      "usage_day",
      "usage_day_team",
      "usage_day_user",
      "usage_day_person",
      "session",
    ]) {
      await sql`update ${sql(table)} set cost = cost + 0.01 where cost in (0.5, 3.5)`;
    }
    const { exitCode, details } = await run("verify");
    assert.equal(exitCode, 1);
    assert.deepEqual(details?.length, 1);
    assert.match(
      details[0] ?? "",
      /stored priced cost=0\.51 .*priced again priced cost=0\.5 list_cost=0\.5$/,
    );
  });

  test("shows a row whose rate set is gone", async () => {
    await importRows(ROWS[0] ?? "");
    await sql`delete from rate_set`;
    const { details } = await run("verify");
    assert.match(details?.[0] ?? "", /its rate set does not exist$/);
  });

  test("refuses a period that is none", async () => {
    await assert.rejects(run("verify", "--from", "2026-02-30"), /--from must be a date such as/);
    await assert.rejects(run("verify", "--from", "soon"), /--from must be a date such as/);
    await assert.rejects(
      run("verify", "--from", "2026-11-21", "--to", "2026-11-20"),
      /--to must be after --from/,
    );
  });
});

describe("export usage", () => {
  const PERIOD = ["--from", "2026-11-20", "--to", "2026-11-22"];
  const CSV = [
    "bucket_start,bucket_end,team,model,model_calls,tool_calls,errors,input_uncached_tokens,cache_read_tokens,cache_write_5m_tokens,cache_write_1h_tokens,output_tokens,reasoning_tokens,list_cost,cost,currency,unpriced_calls,unpriced_tokens",
    "2026-11-20T00:00:00Z,2026-11-22T00:00:00Z,payments,gpt-5.5,2,0,0,100000,0,0,0,100000,0,3.5,3.5,USD,0,0",
    "2026-11-20T00:00:00Z,2026-11-22T00:00:00Z,search,unheard-of,1,0,0,10,0,0,0,10,0,0,0,USD,1,20",
    "",
  ].join("\r\n");

  test("writes a file, whole, and says what is in it", async () => {
    await importRows(...ROWS);
    const out = join(directory, "out.csv");
    const { line } = await run(
      "export",
      "usage",
      ...PERIOD,
      "--out",
      out,
      "--group-by",
      "team,model",
    );
    assert.equal(line, `exported 2 rows, USD 3.5 + 1 calls unpriced to ${out}`);
    assert.equal(await readFile(out, "utf8"), CSV);
    assert.deepEqual(
      (await readdir(directory)).filter((name) => name.endsWith(".part")),
      [],
    );
  });

  test("puts the file into its JSON when there is no other place for it", async () => {
    await importRows(...ROWS);
    const { data } = await run("export", "usage", ...PERIOD, "--group-by", "team,model", "--json");
    const { as_of, control, ...rest } = data as Record<string, unknown>;
    const { sums, sha256 } = control as Record<string, unknown>;
    assert.deepEqual(sums, { list_cost: "3.5", cost: "3.5" });
    assert.equal(sha256, createHash("sha256").update(CSV).digest("hex"));
    assert.ok(as_of);
    assert.deepEqual(rest, {
      file: null,
      rows: 2,
      currency: "USD",
      total: "3.5",
      unpriced_calls: 1,
      csv: CSV,
    });
  });

  test("leaves no file behind when the question is none", async () => {
    const out = join(directory, "never.csv");
    await assert.rejects(run("export", "usage", "--out", out), /--from and --to are needed/);
    for (const [option, value] of [
      ["--group-by", "team,shoe-size"],
      ["--bucket", "minute"],
      ["--tz", "Mars"],
    ] as const) {
      await assert.rejects(
        run("export", "usage", ...PERIOD, "--out", out, option, value),
        (error: Error) => error.message.startsWith(option),
      );
    }
    assert.ok(!(await readdir(directory)).some((name) => name.startsWith("never")));
  });
});

describe("prices list", () => {
  test("shows what a model costs, under any name of its provider", async () => {
    const { details = [], data } = await run(
      "prices",
      "list",
      "--provider",
      "google",
      "--model",
      "gemini-2.5-flash",
    );
    const prices = data as { provider: string; model: string; unit: string; amount: string }[];
    assert.ok(prices.length > 0);
    assert.equal(details.length, prices.length + 1);
    assert.ok(
      prices.every(
        ({ provider, model }) => provider === "gcp.gemini" && model === "gemini-2.5-flash",
      ),
    );
    assert.ok(prices.some(({ unit }) => unit === "output"));
  });

  test("says so when there is no price", async () => {
    const { line, exitCode } = await run("prices", "list", "--model", "unheard-of");
    assert.deepEqual([line, exitCode], ["0 prices in force", 0]);
  });
});

describe("team create", () => {
  test("adds a team that collectors file by at once", async () => {
    const told = Promise.withResolvers<void>();
    const { unlisten } = await sql.listen("outlay_plan", () => told.resolve());
    await run("team", "create", "platform");
    await run(
      "team",
      "create",
      "search",
      "--name",
      "Search",
      "--cost-center",
      "CC 7",
      "--parent",
      "platform",
    );
    await told.promise;
    await unlisten();
    assert.deepEqual(
      [
        ...(await sql`select slug, name, cost_center, parent_slug from team order by created_at desc limit 1`),
      ],
      [{ slug: "search", name: "Search", cost_center: "CC 7", parent_slug: "platform" }],
    );
  });

  test("refuses slugs that are none, twice the same team and unknown parents", async () => {
    await run("team", "create", "search");
    await assert.rejects(run("team", "create", "Search UI"), /SLUG must be 1 to 63 of a-z/);
    await assert.rejects(run("team", "create", "search"), /there is a team search already/);
    await assert.rejects(
      run("team", "create", "ui", "--parent", "serach"),
      /there is no team serach/,
    );
  });
});
