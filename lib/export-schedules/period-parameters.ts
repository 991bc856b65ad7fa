import { AppError } from "#lib/errors.ts";
import { EXPORTS } from "#lib/exports/export-list.ts";
import { checkParameters, type ExportRequest } from "#lib/exports/export-request.ts";
import { localDay } from "#lib/time/calendar.ts";

type Period = { readonly from: Date; readonly to: Date };

const SET_BY_SCHEDULE = ["from", "to", "month"];

/** The request of one run: its table asked for the period, where it has one at all. */
export function requestFor(
  request: ExportRequest,
  period: Period,
  timeZone: string,
): ExportRequest {
  const span = spanOf(request);
  if (span === "none") return request;
  const asked =
    span === "month"
      ? { month: localDay(period.from.getTime(), timeZone).slice(0, 7) }
      : { from: period.from.toISOString(), to: period.to.toISOString() };
  return { ...request, parameters: { ...request.parameters, ...asked } };
}

/** Parameters without what a schedule sets anew for each file. */
export function withoutPeriod(
  parameters: ExportRequest["parameters"],
): ExportRequest["parameters"] {
  return Object.fromEntries(
    Object.entries(parameters).filter(([name]) => !SET_BY_SCHEDULE.includes(name)),
  );
}

/**
 * @throws {AppError} "invalid" where the request names a period of its own, or
 *   a table of whole months is to be made weekly.
 * @throws {ParameterError} naming every other mistake of the parameters.
 */
export function requireSchedulable(request: ExportRequest, cadence: "weekly" | "monthly"): void {
  const own = SET_BY_SCHEDULE.filter((name) => name in request.parameters);
  if (own.length > 0) {
    throw new AppError(`parameters: ${own.join(", ")} comes from the schedule`, {
      code: "invalid",
    });
  }
  if (spanOf(request) === "month" && cadence === "weekly") {
    throw new AppError(`${request.export} is of whole months: choose monthly`, { code: "invalid" });
  }
  const period = { from: new Date("2026-10-01T00:00:00Z"), to: new Date("2026-11-01T00:00:00Z") };
  checkParameters(requestFor(request, period, "UTC"));
}

function spanOf({ export: name }: ExportRequest): "period" | "month" | "none" {
  const { shape } = EXPORTS[name].parameters;
  if ("from" in shape && "to" in shape) return "period";
  return "month" in shape ? "month" : "none";
}
