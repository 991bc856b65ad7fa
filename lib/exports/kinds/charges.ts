import { z } from "zod";
import { type RecordedCharge, readCharges } from "#lib/cost-book/charge-store.ts";
import { maySeePerson, seesCharge } from "#lib/cost-book/seen-by.ts";
import { CURRENCY, toDecimal } from "#lib/money/money.ts";
import { type Column, count, decimal, text } from "#lib/tables/column.ts";
import { BELIEVED_COLUMNS, dayColumn, HISTORY } from "../believed-columns.ts";
import { listKind } from "../list-kind.ts";

const COLUMNS: readonly Column<RecordedCharge>[] = [
  text("id", ({ id }) => id),
  text("kind", ({ kind }) => kind),
  text("name", ({ name }) => name),
  text("team", ({ team }) => team),
  text("shared_cost", ({ pool }) => pool),
  text("person", ({ person }) => person),
  text("provider", ({ provider }) => provider),
  text("model", ({ model }) => model),
  // Of a month, a year or once: prices, whose sum would mean nothing.
  decimal("amount", ({ amount }) => toDecimal(amount)),
  text("currency", () => CURRENCY),
  count("quantity", ({ quantity }) => quantity),
  text("recurrence", ({ recurrence }) => recurrence),
  dayColumn("starts_on", ({ startsOn }) => startsOn),
  dayColumn("ends_on", ({ endsOn }) => endsOn),
  count("daily_tokens", ({ dailyTokens }) => dailyTokens),
  text("source", ({ sourceName }) => sourceName),
  text("source_url", ({ sourceUrl }) => sourceUrl),
  ...BELIEVED_COLUMNS,
];

export const charges = listKind({
  summary: "Seats, subscriptions, commitments, credits and fees",
  name: "charges",
  parameters: z.strictObject({ ...HISTORY, team: z.string().max(120).optional() }),
  columns: COLUMNS,
  rows: async ({ sql, viewer }, { history, team }) =>
    (await readCharges(sql, history === "true" ? "all" : "believed"))
      .filter((charge) => seesCharge(viewer, charge))
      .filter((charge) => team === undefined || charge.team === team)
      .map((charge) => (maySeePerson(viewer, charge.team) ? charge : { ...charge, person: null })),
});
