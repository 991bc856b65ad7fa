import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { isJudgedOn } from "./judging-day.ts";
import { parseScope } from "./scope.ts";
import { dateAfter } from "./series-calendar.ts";

const WEEK = Array.from({ length: 7 }, (_, day) => dateAfter("2026-02-25", day));

describe("past forecasts are looked at", () => {
  test("every day for what pages list", () => {
    for (const scope of ["organization", "team:payments", "model:gpt-5.5", "agent:reviewer"]) {
      assert.ok(WEEK.every((day) => isJudgedOn(parseScope(scope), day)));
    }
  });

  test("once a week for a model of a team, and not of all teams on the same day", () => {
    const teams = Array.from({ length: 700 }, (_, team) =>
      parseScope(`team:team-${team}/model:gpt-5.5`),
    );
    for (const team of teams) {
      assert.equal(WEEK.filter((day) => isJudgedOn(team, day)).length, 1);
    }
    for (const day of WEEK) {
      const judged = teams.filter((team) => isJudgedOn(team, day)).length;
      assert.ok(judged > 70 && judged < 130, `${day}: ${judged}`);
    }
  });
});
