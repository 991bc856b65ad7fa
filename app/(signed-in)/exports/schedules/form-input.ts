import { withoutPeriod } from "#lib/export-schedules/period-parameters.ts";
import type { Schedule } from "#lib/export-schedules/schedule-rows.ts";
import type { ExportRequest } from "#lib/exports/export-request.ts";
import { parametersIn, queryText } from "#lib/exports/query-parameters.ts";

type Values = Readonly<Record<string, string>>;

/** What a form of a schedule says, in the form of the API; `NewSchedule` says whether it is sound. */
export function scheduleInput(values: Values) {
  const { kind = "", access_key_id: key = "", secret_access_key: secret = "", ...rest } = values;
  const destinations: Readonly<Record<string, object>> = {
    directory: { kind, path: rest.path },
    s3: { kind, ...picked(rest, ["endpoint", "region", "bucket", "prefix"]) },
    webhook: { kind, webhook_id: rest.webhook_id },
  };
  const [cadence, day] = (rest.when ?? "").split("-");
  const [format, flavor = "data"] = (rest.format ?? "").split(" ");
  const keys = { access_key_id: key, secret_access_key: secret };
  return {
    ...{ name: rest.name, cadence, day: Number(day), hour: Number(rest.hour) },
    request: {
      export: rest.export,
      format,
      flavor,
      parameters: parametersIn(rest.parameters ?? ""),
    },
    destination: destinations[kind],
    // Left empty, those that are kept go on.
    ...(kind === "s3" && `${key}${secret}` !== "" ? { keys } : {}),
  };
}

/** What the form begins with for a file that was asked for, whatever its period was. */
export function startOfRequest(request: ExportRequest): Values {
  const { export: name, format, flavor, parameters } = request;
  return {
    export: name,
    format: format === "csv" && flavor === "excel" ? "csv excel" : format,
    parameters: queryText(withoutPeriod(parameters)),
  };
}

/** What the form begins with to change a schedule; its keys stay where they are. */
export function startOfSchedule({ name, request, cadence, day, hour, settings }: Schedule): Values {
  return {
    ...startOfRequest(request),
    ...{ name, when: `${cadence}-${day}`, hour: String(hour) },
    ...settings,
  };
}

function picked(values: Values, names: readonly string[]) {
  return Object.fromEntries(names.map((name) => [name, values[name] ?? ""]));
}
