import assert from "node:assert/strict";
import { test } from "node:test";
import { z } from "zod";
import { filtersOf } from "#lib/parameters/dimensions.ts";
import { ParameterError } from "#lib/parameters/parameter-error.ts";
import { dateIn, openPeriodOf, periodOf } from "#lib/parameters/period.ts";
import { decodeCursor, encodeCursor, questionOf } from "./cursor.ts";
import { parseQuery } from "./query.ts";
import { UsageParameters } from "./usage.ts";

const parse = (text: string) => parseQuery(UsageParameters, new URLSearchParams(text));

function mistakesOf(text: string): string[] {
  try {
    parse(text);
  } catch (error) {
    if (error instanceof ParameterError) return error.mistakes.map(({ parameter }) => parameter);
    throw error;
  }
  return [];
}

test("reads a question as it is documented", () => {
  const input = parse(
    "from=2026-11-01T00:00:00Z&to=2026-12-01&group_by=team,model&bucket=day&tz=Asia/Taipei" +
      "&cost=list&filter.team=payments&filter.team=search&filter.agent=&limit=7",
  );
  assert.deepEqual(input.group_by, ["team", "model"]);
  assert.equal(input.limit, 7);
  assert.equal(input.cost, "list");
  assert.deepEqual(filtersOf(input), { team: ["payments", "search"], agent: [null] });
});

test("commas belong to the value of a filter", () => {
  assert.deepEqual(filtersOf(parse("filter.user=Doe,%20Jane")), { user: ["Doe, Jane"] });
});

test("an offset's plus sign may come unencoded", () => {
  assert.equal(parse("from=2026-11-01T00:00:00+08:00").from, "2026-11-01T00:00:00+08:00");
});

test("names every mistake at once", () => {
  assert.deepEqual(
    mistakesOf(
      "from=yesterday&bucket=year&limit=0&tz=Mars/Olympus&filter.nope=1&x=1&group_by=team,team",
    ),
    ["from", "group_by", "bucket", "tz", "limit", "filter.nope", "x"],
  );
  assert.deepEqual(mistakesOf("from=2026-11-01&from=2026-11-02"), ["from"]);
  assert.deepEqual(mistakesOf("from=2026-02-30"), ["from"]);
});

test("a period left out is this month to the end of today, in the zone", () => {
  const now = Date.parse("2026-10-31T17:00:00Z");
  assert.deepEqual(periodOf({}, "Asia/Taipei", now), {
    from: new Date("2026-10-31T16:00:00Z"),
    to: new Date("2026-11-01T16:00:00Z"),
  });
  assert.deepEqual(periodOf({ to: "2026-10-01" }, "UTC", now), {
    from: new Date("2026-09-01T00:00:00Z"),
    to: new Date("2026-10-01T00:00:00Z"),
  });
  assert.deepEqual(openPeriodOf({ from: "2026-11-01" }, "America/New_York"), {
    from: new Date("2026-11-01T04:00:00Z"),
  });
  assert.throws(
    () => periodOf({ from: "2026-11-02", to: "2026-11-02" }, "UTC", now),
    ParameterError,
  );
  assert.equal(dateIn(new Date("2026-10-31T16:00:00Z"), "Asia/Taipei"), "2026-11-01");
});

test("a cursor holds for its own question only", () => {
  const asked = (query: string) => questionOf(new URL(`http://x/api/v1/usage?${query}`));
  const question = asked("group_by=team&from=2026-11-01");
  assert.equal(asked("from=2026-11-01&cursor=abc&group_by=team&limit=5"), question);
  assert.notEqual(asked("from=2026-11-02&group_by=team"), question);

  const cursor = encodeCursor(question, 40);
  assert.equal(decodeCursor(cursor, question, z.int().min(0)), 40);
  const refused = [encodeCursor(question, -1), encodeCursor("other", 40), "", "!!", `${cursor}x`];
  for (const bad of refused) {
    assert.throws(() => decodeCursor(bad, question, z.int().min(0)), ParameterError);
  }
});
