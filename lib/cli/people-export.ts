import type { Command } from "./command.ts";
import { FILE_OPTIONS, writeExport } from "./write-export.ts";

/** Writes who works in which team from when to when, as `people import` reads it. */
export const peopleExport: Command = {
  usage: "people export [--out FILE]",
  options: FILE_OPTIONS,
  run: (call) => writeExport(call, "people export", { export: "people", parameters: {} }),
};
