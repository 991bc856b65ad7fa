import assert from "node:assert/strict";
import { createServer, request as httpRequest } from "node:http";
import type { AddressInfo } from "node:net";
import { after, test } from "node:test";
import { createKey, type NewKey } from "#lib/access/keys.ts";
import { SYSTEM } from "#lib/audit/actor.ts";
import { createLog } from "#lib/log.ts";
import { budgetBench } from "#lib/testing/budget-spend.ts";
import { createTestDatabase } from "#lib/testing/test-database.ts";
import { startChecks } from "./checks.ts";

const database = await createTestDatabase();
await budgetBench(database.sql).reset();
const log = createLog("checks", () => {});
const checks = startChecks({ database, publicUrl: "https://outlay.example", log });
const server = createServer((request, response) => {
  if (!checks.answer(request, response)) response.writeHead(404).end();
});
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
const { port } = server.address() as AddressInfo;
after(async () => {
  await checks.stop();
  await new Promise((resolve) => server.close(resolve));
});

type Answer = { readonly status: number; readonly code: string | null; readonly type: string };

function ask(secret: string, body: string, path = "/api/v1/check"): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${secret}`, "content-type": "application/json" };
    const sent = httpRequest({ port, path, method: "POST", headers }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (part: string) => {
        text += part;
      });
      response.on("end", () => {
        const { code = null } = text === "" ? {} : JSON.parse(text);
        const type = response.headers["content-type"] ?? "";
        resolve({ status: response.statusCode ?? 0, code, type });
      });
    });
    sent.on("error", reject);
    sent.end(body);
  });
}

async function keyFor(more: Partial<NewKey>): Promise<string> {
  const key = { kind: "api", team: null, label: "gateway", role: "admin", ...more } as const;
  return (await createKey(database.db, SYSTEM, key)).secret;
}

/** Until the spend is read. */
async function readyWith(secret: string): Promise<void> {
  while ((await ask(secret, "{}")).status === 503);
}

const PROBLEM = "application/problem+json";

test("what is wrong with a check is told as everywhere in the API, and never by silence", async () => {
  const secret = await keyFor({});
  await readyWith(secret);
  const answers = [
    await ask(secret, "{}"),
    await ask("outlay_ak_nobody", "{}"),
    await ask(secret, "{"),
    await ask(secret, '{"teem":"payments"}'),
    await ask(secret, JSON.stringify({ agent: "a".repeat(200_000) })),
  ];
  assert.deepEqual(
    answers.map(({ status, code }) => [status, code]),
    [
      [200, null],
      [401, "unauthenticated"],
      [400, "invalid"],
      [400, "invalid"],
      [413, "too_large"],
    ],
  );
  for (const { type } of answers.slice(1)) assert.equal(type, PROBLEM);
  assert.equal((await ask(secret, "{}", "/api/v1/check?team=payments")).status, 404);
});

test("a refusal is put on record", async () => {
  const secret = await keyFor({ team: "payments", role: "viewer" });
  await readyWith(secret);
  const answer = await ask(secret, '{"team":"search"}');
  assert.deepEqual([answer.status, answer.code], [403, "forbidden"]);
  const refused = await database.sql`
    select target_id from audit_entry where action = 'access.refused' and result = 'refused'`;
  assert.deepEqual(
    refused.map((row) => row.target_id),
    ["POST /api/v1/check"],
  );
});
