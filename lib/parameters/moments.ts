import { z } from "zod";
import { isTimeZone } from "#lib/time/zone.ts";

/** A date, or an instant with its offset. */
const Moment = z
  .union([z.iso.datetime({ offset: true }), z.iso.date()], {
    error: "must be an ISO 8601 instant such as 2026-11-01T00:00:00Z, or a date",
  })
  .meta({ description: "ISO 8601 instant with offset, or a date in `tz`" });

export const From = Moment.meta({
  description: "Start, inclusive: ISO 8601 instant, or a date in `tz`",
});
export const To = Moment.meta({
  description: "End, exclusive: ISO 8601 instant, or a date in `tz`",
});

export const TimeZone = z
  .string()
  .refine(isTimeZone, "must be an IANA time zone such as Asia/Taipei")
  .meta({ description: "IANA zone of buckets and dates; default: the organisation's" });
