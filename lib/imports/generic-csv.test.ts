import assert from "node:assert/strict";
import { test } from "node:test";
import { parseImport } from "./parse-import.ts";

const HEADER =
  "id,time,provider,model,calls,input_uncached_tokens,cache_read_tokens,output_tokens,reasoning_tokens,user,project,reported_cost,attr.team.id";

test("a row carries its tokens, its identity and its attributes", () => {
  const row =
    "r1,2026-11-20T09:00:00+01:00,openai,gpt-5.5,1,100,50,20,5,ana@acme.example,web,0.01,payments";
  const { events, errors } = parseImport("csv", `${HEADER}\r\n${row}\r\n`);
  assert.deepEqual(errors, []);
  const [event] = events;
  assert.equal(event?.startedAtMs, Date.UTC(2026, 10, 20, 8));
  assert.equal(event?.tokens?.cache_read, 50);
  assert.equal(event?.tokens?.reasoning, 5);
  assert.equal(event?.witness, "call");
  assert.equal(event?.identityOf.user, "ana@acme.example");
  assert.equal(event?.attributes["team.id"], "payments");
});

test("the id alone names a row; a sum of several calls is an aggregate", () => {
  const rows = "r1,2026-11-20,openai,gpt-5.5,7,100,,20,,,,,";
  const [event] = parseImport("csv", `${HEADER}\n${rows}`).events;
  const later = parseImport("csv", `id,time,model\nr1,2026-11-21,other`).events[0];
  assert.equal(event?.identity, later?.identity);
  assert.equal(event?.witness, "aggregate");
  assert.equal(event?.calls, 7);
  assert.equal(later?.tokens, null);
  assert.deepEqual(later?.flags, ["usage_missing"]);
});

test("mistakes are told by line, and a misspelt column refuses the file", () => {
  assert.deepEqual(parseImport("csv", "id,time,modle\na,2026-11-20,x").errors, [
    { line: 1, message: "unknown column modle" },
  ]);
  const { errors } = parseImport(
    "csv",
    [
      "id,time,model,output_tokens,reasoning_tokens,status",
      "a,20.11.2026,m,1,0,ok",
      "b,2026-11-20,,1,0,ok",
      "c,2026-11-20,m,1,2,ok",
      "d,2026-11-20,m,1.5,0,ok",
      "e,2026-11-20,m,1,0,maybe",
      "f,2026-11-20,m,1",
    ].join("\n"),
  );
  assert.deepEqual(
    errors.map((error) => error.line),
    [2, 3, 4, 5, 6, 7],
  );
});
