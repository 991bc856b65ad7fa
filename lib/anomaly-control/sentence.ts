import type { Anomaly } from "./anomaly.ts";
import type { Finding } from "./sighting.ts";

/**
 * An anomaly in one English sentence, for messages and the API:
 * "+$212 in 2 h: agent `reviewer` looped `grep` 1,900 times on gpt-5.5".
 */
export function sentenceOf(anomaly: Anomaly): string {
  const { impactText, startsAt, endsAt } = anomaly;
  const hours = Math.max(1, Math.round((endsAt.getTime() - startsAt.getTime()) / 3_600_000));
  const time = hours < 48 ? `${hours} h` : `${Math.round(hours / 24)} days`;
  const change = anomaly.metric === "spend" ? money(impactText) : measuredText(anomaly);
  return `${change} in ${time}: ${whatOf(anomaly)}`.slice(0, 480);
}

function whatOf(anomaly: Anomaly): string {
  const finding = anomaly.findings[anomaly.kind];
  const who = subjectOf(anomaly);
  switch (anomaly.kind) {
    case "runaway_loop":
      return `${who} looped \`${text(finding, "tool")}\` ${count(finding, "calls")} times${onModel(anomaly)}`;
    case "context_growth":
      return `${who} let its prompt grow from ${count(finding, "first_tokens")} to ${count(finding, "last_tokens")} tokens in ${count(finding, "turns")} turns`;
    case "cache_collapse":
      return `${who} lost its cache: ${percent(finding, "hit_share_before")} of prompt tokens came from it, now ${percent(finding, "hit_share_now")}`;
    case "model_change":
      return `${who} is answered by ${text(finding, "to")} instead of ${text(finding, "from")}${finding?.silent === true ? ", although nobody asked for it" : ""}`;
    case "retry_storm":
      return `${who} retried ${count(finding, "retries")} calls, ${percent(finding, "retry_share_now")} of all`;
    case "orphan_session":
      return `${who} kept calling ${count(finding, "calls")} times after its session had ended`;
    case "unpriced_usage":
      return `${count(finding, "tokens")} tokens of ${text(finding, "model")} have no price`;
    case "gone":
      return `spend of ${who} has stopped`;
    case "new":
      return `${who} has begun to spend`;
    default:
      return `${SERIES_WORDS[anomaly.kind]} ${who}${causeOf(anomaly)}`;
  }
}

const SERIES_WORDS = {
  burn: "too fast spend by",
  spike: "far more than expected by",
  burst: "twice the largest day of",
  fall: "far less than expected by",
  drift: "slow drift of",
  level_shift: "a new level of",
} as const;

function subjectOf({ scope }: Anomaly): string {
  const parts = (["agent", "team", "model"] as const).flatMap((name) =>
    scope[name] === undefined ? [] : [`${name} \`${scope[name]}\``],
  );
  return parts.length === 0 ? "the organisation" : parts.join(" · ");
}

function causeOf({ explanation, scope }: Anomaly): string {
  const [cause] = explanation.causes;
  if (cause === undefined || cause.value === null || !explanation.hasSingleCause) return "";
  if (scope[cause.dimension as keyof typeof scope] === cause.value) return "";
  return `, from ${cause.dimension} \`${cause.value}\` (${money(cause.change)})`;
}

function onModel({ scope, findings, kind }: Anomaly): string {
  const model = scope.model ?? findings[kind]?.model;
  return typeof model === "string" && model !== "" ? ` on ${model}` : "";
}

function measuredText({ measured, metric }: Anomaly): string {
  const change = (measured?.actual ?? 0) - (measured?.expected ?? 0);
  const sign = change < 0 ? "−" : "+";
  return `${sign}${new Intl.NumberFormat("en").format(Math.round(Math.abs(change)))} ${metric.replace("_", " ")}`;
}

function money(decimal: string): string {
  const isNegative = decimal.startsWith("-");
  const exact = decimal.replace("-", "") as Intl.StringNumericLiteral;
  const digits = decimal.replace("-", "").split(".")[0]?.length ?? 1;
  const format = new Intl.NumberFormat("en", { maximumFractionDigits: digits > 2 ? 0 : 2 });
  return `${isNegative ? "−" : "+"}$${format.format(exact)}`;
}

const text = (finding: Finding | undefined, name: string) => String(finding?.[name] ?? "unknown");
const count = (finding: Finding | undefined, name: string) =>
  new Intl.NumberFormat("en").format(Number(finding?.[name] ?? 0));
const percent = (finding: Finding | undefined, name: string) =>
  `${Math.round(100 * Number(finding?.[name] ?? 0))} %`;
