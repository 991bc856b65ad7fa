import { z } from "zod";
import { ExportRequest } from "#lib/exports/export-request.ts";
import { DestinationSettings, StorageKeys } from "./destination.ts";

const Fields = {
  name: z.string().trim().min(1).max(120),
  request: ExportRequest.meta({ description: "Without a period: it is the week or month before" }),
  cadence: z.enum(["weekly", "monthly"]),
  day: z
    .int()
    .min(1)
    .max(31)
    .meta({ description: "1 (Monday) to 7; or of the month, 31 being its last" }),
  hour: z.int().min(0).max(23).meta({ description: "In the organisation's time zone" }),
  destination: DestinationSettings,
  keys: StorageKeys.optional().meta({ description: "Of S3-compatible storage; never shown again" }),
};

export const NewSchedule = z
  .strictObject(Fields)
  .refine(({ cadence, day }) => cadence === "monthly" || day <= 7, {
    path: ["day"],
    message: "of a week is 1 (Monday) to 7",
  })
  .refine(({ destination, keys }) => destination.kind !== "s3" || keys !== undefined, {
    path: ["keys"],
    message: "are needed for this storage",
  });
export type NewSchedule = z.output<typeof NewSchedule>;

export const ScheduleChange = z.strictObject({
  ...z.strictObject(Fields).partial().shape,
  enabled: z.boolean().optional().meta({ description: "false pauses; true goes on from now" }),
});
export type ScheduleChange = z.output<typeof ScheduleChange>;
