import { z } from "zod";
import { ANOMALY_STATES } from "#lib/anomaly-control/anomaly.ts";
import { ANOMALY_COLUMNS } from "#lib/anomaly-control/anomaly-columns.ts";
import { listAnomalies } from "#lib/anomaly-control/list-anomalies.ts";
import { AGENT_KINDS, SERIES_KINDS } from "#lib/anomaly-control/sighting.ts";
import { exportKind } from "../export-kind.ts";

const MOST = 10_000;
const Moment = z.iso.datetime({ offset: true }).transform((text) => new Date(text));

export const ANOMALY_KINDS = [...SERIES_KINDS, ...AGENT_KINDS] as const;

export const ANOMALY_FILTERS = {
  state: z
    .enum([...ANOMALY_STATES, "active"])
    .optional()
    .meta({ description: "`active`: open or acknowledged" }),
  kind: z.enum(ANOMALY_KINDS).optional(),
  team: z.string().max(200).optional(),
  from: Moment.optional(),
  to: Moment.optional(),
} as const;
const Filters = z.strictObject(ANOMALY_FILTERS);

export function statesOf(state: z.output<typeof Filters>["state"]) {
  if (state === undefined) return undefined;
  return state === "active" ? (["open", "acknowledged"] as const) : [state];
}

export const anomalies = exportKind({
  summary: "Spend and usage outside their range, the latest first",
  parameters: Filters,
  read: async ({ sql, viewer, now }, { state, ...filters }, sink) => {
    const { anomalies: found } = await listAnomalies(sql, viewer, {
      ...filters,
      states: statesOf(state),
      limit: MOST,
    });
    const add = await sink({
      name: `outlay-anomalies-${now.toISOString().slice(0, 10)}`,
      ...{ columns: ANOMALY_COLUMNS, asOf: now, rowCount: found.length },
      ...{ total: null, currency: null },
    });
    await add(found);
  },
});
