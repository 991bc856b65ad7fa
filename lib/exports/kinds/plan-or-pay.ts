import { z } from "zod";
import { AppError } from "#lib/errors.ts";
import { CURRENCY, sumUsd, toDecimal } from "#lib/money/money.ts";
import { From, To } from "#lib/parameters/moments.ts";
import { periodOf } from "#lib/parameters/period.ts";
import { PLAN_PEOPLE_COLUMNS, planColumns } from "#lib/reports/plan-columns.ts";
import { planOrPay } from "#lib/reports/plan-or-pay.ts";
import { organizationZone } from "#lib/reports/read-only.ts";
import { type ExportCall, exportKind } from "../export-kind.ts";
import { askedPeriod, periodName } from "../period-name.ts";

const parameters = z.strictObject({ from: From.optional(), to: To.optional() });
type Asked = z.output<typeof parameters>;

export const plans = exportKind({
  summary: "Seats and subscriptions against the same usage by the API; whole days",
  parameters,
  read: async (call, input, sink) => {
    const { found, headOf } = await read(call, input);
    const total = toDecimal(sumUsd(found.plans.map(({ cost }) => cost)));
    const columns = planColumns(call.viewer);
    const add = await sink({
      ...headOf("plan-or-pay"),
      ...{ columns, rowCount: found.plans.length, total },
    });
    await add(found.plans);
  },
});

export const planPeople = exportKind({
  summary: "Plan and metered usage by person, who used most first; for those who see persons",
  parameters,
  read: async (call, input, sink) => {
    if (call.viewer.persons === "none") {
      throw new AppError("Persons are not shown to you", { code: "forbidden" });
    }
    const { found, headOf } = await read(call, input);
    const add = await sink({
      ...{ ...headOf("plan-people"), columns: PLAN_PEOPLE_COLUMNS },
      ...{ rowCount: found.people.length, total: null },
    });
    await add(found.people);
  },
});

async function read({ sql, viewer, now }: ExportCall, input: Asked) {
  const timeZone = await organizationZone(sql);
  const period = periodOf(input, timeZone, now.getTime());
  const found = await planOrPay(sql, viewer, period);
  const headOf = (name: string) => ({
    name: `outlay-${name}-${periodName(period, timeZone)}`,
    ...{ asOf: now, currency: CURRENCY, asked: askedPeriod(period) },
  });
  return { found, headOf };
}
