import type { Metric, SightingKind } from "./sighting.ts";

/** What a detector found, ready to be read. */
export type Told = {
  readonly who: string;
  readonly tool: string;
  readonly calls: string;
  /** '' where it is not known. */
  readonly model: string;
  readonly from: string;
  readonly to: string;
  readonly turns: string;
  readonly first: string;
  readonly last: string;
  readonly before: string;
  readonly now: string;
  readonly retries: string;
  /** Of one call; '' where it is not known, or once. */
  readonly most: string;
  readonly share: string;
  readonly tokens: string;
  /** Whether nobody asked for another model. */
  readonly isSilent: boolean;
};

/** How a language tells an anomaly in one sentence. */
export type SentenceWords = {
  readonly sentence: (change: string, time: string, what: string) => string;
  readonly hours: (count: number) => string;
  readonly days: (count: number) => string;
  readonly metric: (metric: Metric) => string;
  readonly subject: (dimension: "agent" | "team" | "model", value: string) => string;
  readonly organization: string;
  readonly unknown: string;
  readonly what: Readonly<Record<SightingKind, (told: Told) => string>>;
  readonly because: (said: string, dimension: string, value: string, change: string) => string;
};

export const EN: SentenceWords = {
  sentence: (change, time, what) => `${change} in ${time}: ${what}`,
  hours: (count) => `${count} h`,
  days: (count) => `${count} days`,
  metric: (metric) => ` ${metric.replace("_", " ")}`,
  subject: (dimension, value) => `${dimension} \`${value}\``,
  organization: "the organisation",
  unknown: "unknown",
  what: {
    burn: ({ who }) => `${who} spends too fast`,
    spike: ({ who }) => `far more than expected by ${who}`,
    burst: ({ who }) => `twice the largest day of ${who}`,
    fall: ({ who }) => `far less than expected by ${who}`,
    drift: ({ who }) => `slow drift of ${who}`,
    level_shift: ({ who }) => `a new level of ${who}`,
    gone: ({ who }) => `use of ${who} has stopped`,
    new: ({ who }) => `${who} has begun to spend`,
    runaway_loop: ({ who, tool, calls, model }) =>
      `${who} looped \`${tool}\` ${calls} times${model === "" ? "" : ` on ${model}`}`,
    context_growth: ({ who, first, last, turns }) =>
      `${who} let its prompt grow from ${first} to ${last} tokens in ${turns} turns`,
    cache_collapse: ({ who, before, now }) =>
      `${who} lost its cache: ${before} of prompt tokens came from it, now ${now}`,
    model_change: ({ who, from, to, isSilent }) =>
      `${who} is answered by ${to} instead of ${from}${isSilent ? ", although nobody asked for it" : ""}`,
    retry_storm: ({ who, retries, most, share }) =>
      `${who} retried ${retries} calls${most === "" ? "" : `, up to ${most} times each`}, ${share} of all`,
    orphan_session: ({ who, calls }) =>
      `${who} kept calling ${calls} times after its session had ended`,
    unpriced_usage: ({ tokens, model }) =>
      `${tokens} tokens of ${model || "unknown"} have no price`,
  },
  because: (said, dimension, value, change) =>
    `${said}, from ${dimension} \`${value}\` (${change})`,
};

const METRICS_ZH: Readonly<Record<Metric, string>> = {
  spend: "",
  tokens: "個 Token",
  calls: "次呼叫",
  errors: "次錯誤",
  tool_calls: "次工具呼叫",
};
const DIMENSIONS_ZH: Readonly<Record<string, string>> = {
  agent: "代理",
  team: "團隊",
  model: "模型",
  project: "專案",
  workflow: "工作流程",
};

export const ZH_HANT: SentenceWords = {
  sentence: (change, time, what) => `${time}內 ${change}：${what}`,
  hours: (count) => `${count} 小時`,
  days: (count) => `${count} 天`,
  metric: (metric) => ` ${METRICS_ZH[metric]}`,
  subject: (dimension, value) => `${DIMENSIONS_ZH[dimension]} \`${value}\``,
  organization: "整個組織",
  unknown: "不明",
  what: {
    burn: ({ who }) => `${who} 花費過快`,
    spike: ({ who }) => `${who} 遠高於預期`,
    burst: ({ who }) => `${who} 達到最高單日的兩倍`,
    fall: ({ who }) => `${who} 遠低於預期`,
    drift: ({ who }) => `${who} 緩慢偏移`,
    level_shift: ({ who }) => `${who} 進入新的水準`,
    gone: ({ who }) => `${who} 已停止使用`,
    new: ({ who }) => `${who} 開始有支出`,
    runaway_loop: ({ who, tool, calls, model }) =>
      `${who}${model === "" ? "" : ` 在 ${model} 上`}重複呼叫 \`${tool}\` ${calls} 次`,
    context_growth: ({ who, first, last, turns }) =>
      `${who} 的提示在 ${turns} 輪內由 ${first} 增至 ${last} 個 Token`,
    cache_collapse: ({ who, before, now }) => `${who} 的快取失效：命中率由 ${before} 降至 ${now}`,
    model_change: ({ who, from, to, isSilent }) =>
      `${who} 改由 ${to} 回應，原為 ${from}${isSilent ? "，且無人要求更換" : ""}`,
    retry_storm: ({ who, retries, most, share }) =>
      `${who} 重試了 ${retries} 次呼叫${most === "" ? "" : `（每次最多重試 ${most} 次）`}，占全部的 ${share}`,
    orphan_session: ({ who, calls }) => `${who} 在工作階段結束後又呼叫了 ${calls} 次`,
    unpriced_usage: ({ tokens, model }) => `${model || "不明模型"} 有 ${tokens} 個 Token 沒有價格`,
  },
  because: (said, dimension, value, change) =>
    `${said}，來自${DIMENSIONS_ZH[dimension] ?? dimension} \`${value}\`（${change}）`,
};
