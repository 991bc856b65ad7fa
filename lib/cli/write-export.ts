import type { Viewer } from "#lib/access/viewer.ts";
import { AppError } from "#lib/errors.ts";
import type { ControlTotals } from "#lib/exports/control.ts";
import { checkParameters, ExportRequest } from "#lib/exports/export-request.ts";
import { openExport } from "#lib/exports/open-export.ts";
import { ParameterError, parameterError } from "#lib/parameters/parameter-error.ts";
import { organizationZone } from "#lib/reports/read-only.ts";
import { cliActor } from "./cli-actor.ts";
import { type Call, type Outcome, text } from "./command.ts";
import { withDatabase } from "./command-database.ts";
import { periodOf } from "./period.ts";
import { recordExport } from "./record-export.ts";
import { toStandardOutput, type Write, writeFileWhole } from "./write-file.ts";

/** Options of every command that writes a file. */
export const FILE_OPTIONS = {
  format: { type: "string" },
  flavor: { type: "string" },
  out: { type: "string" },
} as const;

/**
 * Writes the file that the API answers with, to `--out` with its control totals
 * beside it, or to standard output.
 *
 * @param what The command's words, for the audit log.
 * @throws {AppError} "invalid" for options that the export does not take.
 */
export async function writeExport(
  call: Call,
  what: string,
  asked: Pick<ExportRequest, "export"> & { readonly parameters: Record<string, string | null> },
): Promise<Outcome> {
  const out = text(call, "out");
  const request = requestOf(call, asked);
  const isBinary = request.format === "xlsx" || request.format === "parquet";
  if (isBinary && out === null) {
    throw new AppError(`--out is needed for ${request.format}`, { code: "invalid" });
  }
  const pieces: Uint8Array[] = [];
  const control = await withDatabase(call.config, async ({ sql, db }) => {
    const produce = async (write: Write) => {
      const opened = await openExport(sql, cliViewer(), request, new Date(), {
        pace: "unattended",
      });
      for await (const piece of opened.body) await write(piece);
      return opened.control();
    };
    const keep: Write = async (piece) => void pieces.push(Buffer.from(piece));
    const done =
      out === null
        ? await produce(call.json ? keep : toStandardOutput)
        : await writeFileWhole(out, produce);
    await recordExport(db, what, call, done.rows);
    return done;
  });
  if (out !== null) await writeSidecar(out, control, call.config.publicUrl);
  return outcomeOf(call, control, { out, body: Buffer.concat(pieces).toString("utf8") });
}

/** `--from` and `--to`, both needed, as the exports take them. */
export async function periodParameters(
  call: Call,
  timeZone?: string,
): Promise<{ from: string; to: string }> {
  const zone = timeZone ?? (await withDatabase(call.config, ({ sql }) => organizationZone(sql)));
  const { from, to } = periodOf(call, zone);
  if (from !== null && to !== null) return { from: from.toISOString(), to: to.toISOString() };
  throw new AppError("--from and --to are needed", { code: "invalid" });
}

function outcomeOf(
  call: Call,
  control: ControlTotals,
  { out, body }: { readonly out: string | null; readonly body: string },
): Outcome {
  const { rows, total, currency, unpriced_calls, as_of, format } = control;
  const unpriced = unpriced_calls ? ` + ${unpriced_calls} calls unpriced` : "";
  const sum = total === null ? "" : `, ${currency} ${total}${unpriced}`;
  const line = `exported ${rows} rows${sum}${out === null ? "" : ` to ${out}`}`;
  const data = {
    ...{ file: out, rows, currency, total, unpriced_calls, as_of, control },
    ...(out === null ? { [format]: body } : {}),
  };
  if (out !== null || call.json) return { line, data, exitCode: 0 };
  // Standard output is the file.
  process.stderr.write(`${line}\n`);
  return { line: "", data, exitCode: 0 };
}

async function writeSidecar(out: string, control: ControlTotals, publicUrl: string): Promise<void> {
  const text = JSON.stringify({ ...control, link: `${publicUrl}${control.link}` }, null, 2);
  await writeFileWhole(`${out}.control.json`, (write) => write(`${text}\n`));
}

function requestOf(
  call: Call,
  { export: name, parameters }: Parameters<typeof writeExport>[2],
): ExportRequest {
  const given = Object.entries(parameters).filter(([, value]) => value !== null);
  const [format, flavor] = [text(call, "format"), text(call, "flavor")];
  const parsed = ExportRequest.safeParse({
    export: name,
    ...(format === null ? {} : { format }),
    ...(flavor === null ? {} : { flavor }),
    parameters: Object.fromEntries(given),
  });
  if (!parsed.success) throw asOptions(parameterError(parsed.error, []));
  try {
    checkParameters(parsed.data);
  } catch (error) {
    throw error instanceof ParameterError ? asOptions(error) : error;
  }
  return parsed.data;
}

/** In the words of the command line: `--group-by` for `group_by.1`. */
function asOptions({ mistakes }: ParameterError): AppError {
  const told = mistakes.map(({ parameter, detail }) => {
    const [name = ""] = parameter.replace(/^parameters\./, "").split(".");
    return `--${name.replaceAll("_", "-")} ${detail}`;
  });
  return new AppError(told.join("; "), { code: "invalid" });
}

/** Whoever may run commands may see all. */
function cliViewer(): Viewer {
  const { id, label } = cliActor();
  return { kind: "key", id, label, role: "admin", teams: "all", persons: "all" };
}
