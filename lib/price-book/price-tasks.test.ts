import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { loadPriceBook } from "#lib/pricing/load-price-book.ts";
import { PROMOTIONS } from "#lib/pricing/promotions.ts";
import { freshnessOf, listPrices } from "./list-prices.ts";
import { priceTasks } from "./price-tasks.ts";
import type { Rechecks } from "./recheck.ts";

const book = loadPriceBook();

function tasksOn(today: string, rechecks: Rechecks = new Map()) {
  const at = new Date(`${today}T12:00:00Z`);
  const rows = listPrices(book, [], { at, believedAt: null, today: at }, rechecks);
  return { rows, tasks: priceTasks(rows, PROMOTIONS, today) };
}

const looked = (ids: readonly string[], day: string): Rechecks =>
  new Map(ids.map((id) => [id, { day, url: "https://a.example", quote: "same", by: "ann" }]));

describe("prices to check", () => {
  test("a promotion asks for a look from the day after its last, while its price is charged", () => {
    const ofSol = (today: string) =>
      tasksOn(today).tasks.filter(
        ({ kind, models }) => kind === "promo_ended" && models.includes("gpt-5.6-sol"),
      );
    assert.deepEqual(ofSol("2026-11-21"), []);
    const [task] = ofSol("2026-11-22");
    assert.equal(task?.day, "2026-11-21");
    assert.ok(task?.rows.some(({ unit, state }) => unit === "output" && state === "in_force"));
    assert.match(task?.promotion?.quote ?? "", /at least 2026-11-21/);
  });

  test("a look after its end settles it; one before does not", () => {
    const [task] = tasksOn("2026-11-22").tasks;
    assert.equal(task?.kind, "promo_ended");
    const ids = task?.rows.map(({ id }) => id) ?? [];
    const promised = (day: string) =>
      tasksOn("2026-11-25", looked(ids, day)).tasks.filter(
        ({ kind, models }) => kind === "promo_ended" && models[0] === task?.models[0],
      ).length;
    assert.deepEqual([promised("2026-11-21"), promised("2026-11-22")], [1, 0]);
  });

  test("an announced price is named with its first day, until it is in force", () => {
    const flash = (today: string) =>
      tasksOn(today).tasks.filter(
        ({ kind, models }) => kind === "announced" && models.includes("gemini-3.8-flash"),
      );
    assert.ok(flash("2026-11-22").every(({ day }) => day === "2027-01-01"));
    assert.ok(flash("2026-11-22").length > 0);
    assert.deepEqual(flash("2027-01-01"), []);
  });

  test("what nobody looked at for 60 days is to be looked at, and fresh again afterwards", () => {
    const { rows, tasks } = tasksOn("2027-02-01");
    const old = tasks.filter(({ kind }) => kind === "not_rechecked");
    const ids = old.flatMap((task) => task.rows.map(({ id }) => id));
    assert.ok(ids.length > 1_000);
    const after = tasksOn("2027-02-01", looked(ids, "2027-01-31"));
    assert.deepEqual(
      after.tasks.filter(({ kind }) => kind === "not_rechecked"),
      [],
    );
    assert.ok(freshnessOf(rows).stale > 0);
    assert.equal(freshnessOf(after.rows).newest, "2027-01-31");
  });
});
