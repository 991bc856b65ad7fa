import { z } from "zod";
import { parseUrl } from "#lib/http/guarded-request.ts";
import { RequestFailure } from "#lib/http/request-failure.ts";
import type { EndpointTarget } from "./endpoint.ts";
import { EVENT_TYPES, type EventType } from "./event-types.ts";
import { FORMATS, type Format } from "./formats/format.ts";
import { LANGUAGES } from "./phrases/language.ts";

export const PAGERDUTY_URL = "https://events.pagerduty.com/v2/enqueue";

const Types = z
  .array(z.enum(EVENT_TYPES as readonly [EventType, ...EventType[]]))
  .min(1)
  .max(50)
  .nullable()
  .meta({ description: "Types of events; null for all" });

const Filters = {
  types: Types.optional(),
  teams: z.array(z.string().min(1).max(100)).min(1).max(200).nullable().optional(),
  budgets: z.array(z.uuid()).min(1).max(200).nullable().optional(),
};

const TargetFields = {
  url: z.string().trim().refine(isSoundUrl, "must be an http(s) URL without user name").optional(),
  routing_key: z
    .string()
    .trim()
    .regex(/^[\w-]{20,64}$/, "must be PagerDuty's integration key")
    .optional(),
  to: z.array(z.email()).min(1).max(20).optional().meta({ description: "Mail addresses" }),
};

const Name = z.string().trim().min(1).max(120);
const Language = z.enum(LANGUAGES).meta({ description: "Of chat messages, pages and mail" });

export const NewEndpoint = z
  .strictObject({
    name: Name.optional(),
    format: z.enum(FORMATS).default("json"),
    language: Language.default("en"),
    ...TargetFields,
    ...Filters,
  })
  .superRefine(({ format, url, to, routing_key: routingKey }, check) => {
    const needs = format === "email" ? "to" : format === "pagerduty" ? null : "url";
    if (needs === "to" && to === undefined) {
      check.addIssue({ code: "custom", path: ["to"], message: "is needed for mail" });
    }
    if (needs === "url" && url === undefined) {
      check.addIssue({ code: "custom", path: ["url"], message: "is needed" });
    }
    // PagerDuty refuses whatever comes without it.
    if (format === "pagerduty" && routingKey === undefined) {
      check.addIssue({ code: "custom", path: ["routing_key"], message: "is needed" });
    }
  });
export type NewEndpoint = z.output<typeof NewEndpoint>;

export const EndpointChange = z.strictObject({
  name: Name.optional(),
  enabled: z.boolean().optional(),
  language: Language.optional(),
  ...TargetFields,
  ...Filters,
});
export type EndpointChange = z.output<typeof EndpointChange>;

export function targetOf(
  input: Pick<NewEndpoint, "url" | "routing_key" | "to"> & { format: Format },
): EndpointTarget {
  const { format, url, routing_key: routingKey, to } = input;
  if (format === "email") return { url: null, routingKey: null, mailTo: to ?? [] };
  return {
    url: url ?? (format === "pagerduty" ? PAGERDUTY_URL : null),
    routingKey: format === "pagerduty" ? (routingKey ?? null) : null,
    mailTo: [],
  };
}

/** Chat services put their secret into the URL: what is shown of it is the host. */
export function shownTarget(format: Format, { url, mailTo }: EndpointTarget): string {
  if (url === null) return mailTo.join(", ");
  if (format === "json" || format === "pagerduty") return url;
  const { host } = new URL(url);
  return `${host}/…${url.slice(-4)}`;
}

function isSoundUrl(text: string): boolean {
  try {
    parseUrl(text);
    return true;
  } catch (error) {
    if (error instanceof RequestFailure) return false;
    throw error;
  }
}
