import type { z } from "zod";
import { EN } from "./en.ts";
import { because, type Reason, type ReasonCode } from "./reason.ts";

type Issue = z.core.$ZodIssue;

/** Sentences without values: a schema gives them as its own words. */
const CODE_OF: ReadonlyMap<string, ReasonCode> = new Map(
  Object.entries(EN).map(([code, text]) => [text, code as ReasonCode]),
);

/** What is wrong with an input, by the field; what a schema says of itself and what zod says of types. */
export function issueReasons(issues: readonly Issue[]): Reason[] {
  const reasons = issues.map((issue) => ({
    ...reasonOf(issue),
    field: issue.path.map(String).join("."),
  }));
  return [...new Map(reasons.map((reason) => [JSON.stringify(reason), reason])).values()];
}

function reasonOf(issue: Issue): Reason {
  const own = CODE_OF.get(issue.message);
  if (own !== undefined) return { code: own, values: {} };
  if (issue.code === "custom" && issue.params?.reason !== undefined) return issue.params.reason;
  switch (issue.code) {
    case "invalid_type":
      return ofType(issue.expected, issue.message);
    case "too_small":
      if (issue.origin === "string" && issue.minimum === 1) return because("needed");
      return because(LEAST[issue.origin] ?? "number_small", { least: String(issue.minimum) });
    case "too_big":
      return because(MOST[issue.origin] ?? "number_big", { most: String(issue.maximum) });
    case "invalid_value":
      return because("not_among", { choices: issue.values.map(String).join(", ") });
    case "unrecognized_keys":
      return because("unknown_fields", { names: issue.keys.join(", ") });
    case "invalid_format":
      return ofFormat(issue.format, issue.message);
    case "invalid_union":
      return ofUnion(issue);
    default:
      return because("other", { detail: issue.message });
  }
}

function ofUnion({ errors, message }: z.core.$ZodIssueInvalidUnion): Reason {
  const inner = errors.flat().at(-1);
  return inner === undefined ? because("other", { detail: message }) : reasonOf(inner);
}

const LEAST: Readonly<Record<string, "text_short" | "list_short">> = {
  string: "text_short",
  array: "list_short",
};
const MOST: Readonly<Record<string, "text_long" | "list_long">> = {
  string: "text_long",
  array: "list_long",
};

function ofType(expected: string, message: string): Reason {
  if (message.endsWith("received undefined")) return because("needed");
  if (expected === "int") return because("not_whole");
  if (expected === "number") return because("not_a_number");
  if (expected === "string") return because("not_text");
  return because("other", { detail: message });
}

function ofFormat(format: string, message: string): Reason {
  if (format === "url") return because("no_url");
  if (format === "date") return because("date");
  if (format === "uuid") return because("no_id");
  return because("other", { detail: message });
}
