import { z } from "zod";
import { KPI_NAMES, KPIS, kpiTerm, kpiValue, unpricedCalls } from "#lib/kpis/kpi.ts";
import type { MonthKpis } from "#lib/kpis/read-kpis.ts";
import { CURRENCY } from "#lib/money/money.ts";
import { Month } from "#lib/parameters/month.ts";
import { Amount } from "./figures.ts";

const Term = z.strictObject({ unit: z.enum(["usd", "count"]), value: Amount });

export const KpisBody = z.strictObject({
  month: Month,
  currency: z.literal(CURRENCY),
  unpriced_calls: z.int().meta({
    description: "Model calls of the month without a price: its amounts are without them",
  }),
  kpis: z.array(
    z.strictObject({
      name: z.enum(KPI_NAMES),
      unit: z.enum(["share", "index", "usd"]),
      value: Amount.nullable().meta({
        description: "numerator ÷ denominator; null where nothing can be said",
      }),
      numerator: Term.nullable(),
      denominator: Term.nullable(),
    }),
  ),
});

export function kpisBody({ month, kpis }: MonthKpis): z.input<typeof KpisBody> {
  return {
    ...{ month, currency: CURRENCY, unpriced_calls: unpricedCalls(kpis) },
    kpis: KPI_NAMES.map((name) => {
      const { unit, ...units } = KPIS[name];
      const ratio = kpis[name];
      const term = (side: "numerator" | "denominator") =>
        ratio && { unit: units[side], value: kpiTerm(name, side, ratio) };
      return {
        ...{ name, unit, value: ratio && kpiValue(name, ratio) },
        ...{ numerator: term("numerator"), denominator: term("denominator") },
      };
    }),
  };
}
