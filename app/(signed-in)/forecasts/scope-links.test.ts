import assert from "node:assert/strict";
import { test } from "node:test";
import type { ScopeForecast } from "#lib/forecasting/read-forecast.ts";
import type { Usd } from "#lib/money/money.ts";
import { learntHref } from "./scope-links.ts";

const forecast: ScopeForecast = {
  ...{ scope: { kind: "team", team: "search" }, timeZone: "UTC", unit: "USD" },
  ...{ maturity: "normal", historyDays: 30, basis: "stored", issuedAt: null },
  spent: [{ date: "2026-11-20", spent: 0n as Usd }],
  ...{ days: [], monthEnd: null, runRate: null, unpricedCalls: 0 },
};

test("a forecast leads to as many days as it was learnt from, without the running one", () => {
  assert.equal(
    learntHref(forecast),
    "/explore?period=custom&from=2026-10-21&to=2026-11-19&filter.team=search&bucket=day",
  );
});

test("a forecast without history leads to none; a budget's days are on its page", () => {
  assert.equal(learntHref({ ...forecast, historyDays: 0 }), null);
  assert.equal(learntHref({ ...forecast, scope: { kind: "budget", id: "b1" } }), "/budgets/b1");
});
