import { budgetEventWords } from "./budget-words.ts";
import type { EventData, TypedEvent } from "./event-types.ts";
import { increaseWords } from "./increase-words.ts";
import { EN } from "./phrases/en.ts";
import type { Language } from "./phrases/language.ts";
import type { Phrases } from "./phrases/phrases.ts";
import { ZH_HANT } from "./phrases/zh-hant.ts";
import { amountText, countText, scopeText } from "./word-texts.ts";

export type Fact = { readonly name: string; readonly value: string };

/** An event as a person reads it: what chat, paging and mail are made of. */
export type EventWords = {
  readonly title: string;
  readonly summary: string;
  /** Whose it is. */
  readonly scope: string;
  readonly facts: readonly Fact[];
  /** How many more there are than the facts name. */
  readonly unnamed?: number;
  readonly severity: "critical" | "warning" | "info";
  readonly url: string;
  /** What the link is called. */
  readonly open: string;
  readonly labelled: Phrases["labelled"];
  /** Of what is not named. */
  readonly others: Phrases["others"];
  /** What it is about: the same for the event that begins a trouble and the one that ends it. */
  readonly subject: string;
  /** Whether the trouble begins or goes on, somebody is at it, it is over, or is none. */
  readonly action: "trigger" | "acknowledge" | "resolve" | "none";
};

/** Without what is the same for every event of a language. */
export type Words = Omit<EventWords, "open" | "labelled" | "others">;

const PHRASES: Readonly<Record<Language, Phrases>> = { en: EN, "zh-Hant": ZH_HANT };

export function eventWords(event: TypedEvent, language: Language): EventWords {
  const phrases = PHRASES[language];
  const { open, labelled, others } = phrases;
  return { ...wordsOf(event, phrases, language), open, labelled, others };
}

function wordsOf(event: TypedEvent, phrases: Phrases, language: Language): Words {
  switch (event.type) {
    case "anomaly.opened":
    case "anomaly.acknowledged":
    case "anomaly.resolved":
      return anomalyWords(event, phrases, language);
    case "model.unpriced":
      return unpricedWords(event.data, phrases);
    case "export.ready":
      return exportWords(event.data, phrases);
    case "webhook.test":
      return {
        title: phrases.testTitle,
        summary: phrases.test(event.data.endpoint.name),
        ...{ scope: phrases.organization, facts: [], severity: "info", url: event.data.url },
        ...{ subject: `test:${event.data.endpoint.id}`, action: "none" },
      };
    case "webhook.disabled":
      return {
        title: phrases.disabledTitle(event.data.endpoint.name),
        summary: phrases.disabled(event.data.reason === "gone"),
        ...{ scope: phrases.organization, facts: [], severity: "warning", url: event.data.url },
        ...{ subject: `webhook:${event.data.endpoint.id}`, action: "trigger" },
      };
    case "budget.increase_requested":
    case "budget.increase_decided":
      return increaseWords(event, phrases);
    default:
      return budgetEventWords(event, phrases);
  }
}

function anomalyWords(
  { type, data }: Extract<TypedEvent, { type: `anomaly.${string}` }>,
  phrases: Phrases,
  language: Language,
): Words {
  const { anomaly, url } = data;
  const { labels } = phrases;
  const isOver = type === "anomaly.resolved";
  const isTaken = type === "anomaly.acknowledged";
  const what =
    textOf(anomaly.titles?.[language]) ??
    textOf(anomaly.title) ??
    textOf(anomaly.kind) ??
    phrases.oddSpend;
  const scope = scopeText(anomaly.scope ?? {}, phrases);
  const amounts = (["expected", "actual", "excess"] as const).flatMap((name) => {
    const value = textOf(anomaly[name]);
    return value === null ? [] : [{ name: labels[name], value: amountText(value, "USD", phrases) }];
  });
  return {
    title: isTaken ? phrases.anomalyTakenTitle(what) : phrases.anomalyTitle(isOver, what),
    summary: isOver
      ? phrases.anomalyOver(textOf(anomaly.resolved_because))
      : isTaken
        ? phrases.anomalyTaken(textOf(anomaly.owner))
        : what,
    scope,
    facts: [{ name: labels.scope, value: scope }, ...amounts],
    severity: isOver || isTaken ? "info" : "warning",
    url,
    subject: `anomaly:${anomaly.id}`,
    action: isOver ? "resolve" : isTaken ? "acknowledge" : "trigger",
  };
}

function unpricedWords(
  { provider, model, calls, tokens, url }: EventData<"model.unpriced">,
  phrases: Phrases,
): Words {
  const name = `${provider ?? phrases.unknown}/${model ?? phrases.unknown}`;
  return {
    title: phrases.unpricedTitle(name),
    summary: phrases.unpriced(countText(calls), countText(tokens)),
    ...{ scope: phrases.organization, facts: [], severity: "warning", url },
    ...{ subject: `unpriced:${name}`, action: "trigger" },
  };
}

function textOf(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}

function exportWords(
  { schedule, control, download_url: url }: EventData<"export.ready">,
  phrases: Phrases,
): Words {
  return {
    title: phrases.exportTitle(schedule.name),
    summary: phrases.exported(control.file, countText(control.rows)),
    ...{ scope: phrases.organization, facts: [], severity: "info", url },
    ...{ subject: `export:${schedule.id}`, action: "none" },
  };
}
