import type { Language } from "#lib/notifications/phrases/language.ts";
import type { Anomaly } from "./anomaly.ts";
import { EN, type SentenceWords, type Told, ZH_HANT } from "./sentence-words.ts";

const WORDS: Readonly<Record<Language, SentenceWords>> = { en: EN, "zh-Hant": ZH_HANT };
const MOST_CHARACTERS = 480;

/**
 * An anomaly in one sentence, for messages and the API:
 * "+$212 in 2 h: agent `reviewer` looped `grep` 1,900 times on gpt-5.5".
 */
export function sentenceOf(anomaly: Anomaly, language: Language = "en"): string {
  const words = WORDS[language];
  const { impactText, startsAt, endsAt, kind } = anomaly;
  const hours = Math.max(1, Math.round((endsAt.getTime() - startsAt.getTime()) / 3_600_000));
  const time = hours < 48 ? words.hours(hours) : words.days(Math.round(hours / 24));
  const change = anomaly.metric === "spend" ? money(impactText) : measuredText(anomaly, words);
  const what = words.what[kind](toldOf(anomaly, words));
  return words.sentence(change, time, withCause(anomaly, what, words)).slice(0, MOST_CHARACTERS);
}

function toldOf(anomaly: Anomaly, words: SentenceWords): Told {
  const { scope, kind } = anomaly;
  const finding = anomaly.findings[kind] ?? {};
  const text = (name: string) => String(finding[name] ?? words.unknown);
  const figure = (name: string) => Number(finding[name] ?? 0);
  const count = (name: string) => new Intl.NumberFormat("en").format(figure(name));
  const percent = (name: string) => `${Math.round(100 * figure(name))} %`;
  const parts = (["agent", "team", "model"] as const).flatMap((name) =>
    scope[name] === undefined ? [] : [words.subject(name, scope[name])],
  );
  return {
    who: parts.length === 0 ? words.organization : parts.join(" · "),
    model: scope.model ?? String(finding.model ?? ""),
    ...{ tool: text("tool"), from: text("from"), to: text("to") },
    ...{ calls: count("calls"), turns: count("turns"), tokens: count("tokens") },
    ...{ first: count("first_tokens"), last: count("last_tokens"), retries: count("retries") },
    before: percent("hit_share_before"),
    now: percent("hit_share_now"),
    most: figure("most_retries") > 1 ? count("most_retries") : "",
    share: percent("retry_share_now"),
    isSilent: finding.silent === true,
  };
}

/** Detectors of agents know the cause; of sums it is said where there is a single one. */
function withCause(
  { explanation, scope, source }: Anomaly,
  said: string,
  words: SentenceWords,
): string {
  const [cause] = explanation.causes;
  const isTelling =
    source !== "agent" &&
    explanation.hasSingleCause &&
    cause !== undefined &&
    cause.value !== null &&
    scope[cause.dimension as keyof typeof scope] !== cause.value;
  if (!isTelling) return said;
  return words.because(said, cause.dimension, cause.value ?? words.unknown, money(cause.change));
}

function measuredText({ measured, metric }: Anomaly, words: SentenceWords): string {
  const change = (measured?.actual ?? 0) - (measured?.expected ?? 0);
  const sign = change < 0 ? "−" : "+";
  return `${sign}${new Intl.NumberFormat("en").format(Math.round(Math.abs(change)))}${words.metric(metric)}`;
}

function money(decimal: string): string {
  const isNegative = decimal.startsWith("-");
  const exact = decimal.replace("-", "") as Intl.StringNumericLiteral;
  const digits = decimal.replace("-", "").split(".")[0]?.length ?? 1;
  const cents = digits > 2 ? 0 : 2;
  const format = new Intl.NumberFormat("en", {
    ...{ minimumFractionDigits: cents, maximumFractionDigits: cents },
  });
  return `${isNegative ? "−" : "+"}$${format.format(exact)}`;
}
