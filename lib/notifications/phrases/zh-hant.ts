import type { CrossingText, Phrases } from "./phrases.ts";

const DIMENSIONS: Readonly<Record<string, string>> = {
  team: "團隊",
  cost_center: "成本中心",
  project: "專案",
  agent: "代理",
  workflow: "工作流程",
  user: "使用者",
  model: "模型",
  provider: "供應商",
  key: "金鑰",
  session: "工作階段",
};

const DECISIONS = { approved: "已核准", refused: "已拒絕", withdrawn: "已撤回" } as const;

/** Why an anomaly is over, where it has not ended by itself. */
const OVER: Readonly<Record<string, string>> = {
  by_hand: "已由人員結案。",
  new_level: "這已成為新的水準。",
  corrected: "較晚送達的資料或調整後的價格使其不再異常。",
};

export const ZH_HANT: Phrases = {
  locale: "zh-Hant-TW",
  open: "在 Outlay 開啟",
  space: "",
  labelled: (name, value) => `${name}：${value}`,
  others: (count) => `另有 ${count} 項`,
  tokens: (count) => `${count} 個 Token`,
  organization: "整個組織",
  unknown: "不明",
  dimension: (name) => DIMENSIONS[name] ?? name,
  labels: {
    scope: "範圍",
    spent: "已支出",
    forecast: "預測",
    startsAnew: "重新起算",
    owner: "負責人",
    driver: (dimension) => `增加最多的${dimension}`,
    expected: "預期",
    actual: "實際",
    excess: "超出",
    reason: "原因",
    until: "有效至",
    askedBy: "申請人",
    decidedBy: "決定者",
    note: "備註",
  },
  ofLimit: (spent, limit) => `${spent}／${limit}`,
  more: (value, amount) => `${value}，比前一期同幾天多 ${amount}`,
  band: (middle, low, high) => `${middle}（五次中有四次介於 ${low} 與 ${high} 之間）`,

  willCrossTitle: (budget, on) => `${budget}：將於${on}超出預算`,
  forecastTitle: (budget, percent) => `${budget}：預測將達預算的 ${percent} %`,
  spentTitle: (budget, percent) => `${budget}：支出已達預算的 ${percent} %`,
  pacingTitle: (budget, unit) => `${budget}：已達${unit === "week" ? "每週" : "每日"}上限`,
  exceededTitle: (budget) => `已超出預算：${budget}`,
  uncrossedTitle: (budget, isForecast, percent) =>
    `${budget}：${isForecast ? "預測" : ""}已回到預算的 ${percent} % 以下`,
  spentOf: (spent, limit) => `預算 ${limit}，已支出 ${spent}。`,
  willCross: (limit, crossing) =>
    `照目前的速度，將於${crossing.on}超出 ${limit}${rangeOf(crossing)}。`,
  willReach: (percent, limit) => `照目前的速度，期間結束前將達 ${limit} 的 ${percent} %。`,
  leastKnown: (calls) => `另有 ${calls} 次呼叫尚無價格，實際支出高於此數。`,
  corrected: (spent, limit) => `更正之後，預算 ${limit} 已支出 ${spent}。`,
  newLimit: (spent, limit) => `預算上限現為 ${limit}，已支出 ${spent}。`,
  stillCrossed: (isForecast, percent) =>
    `${isForecast ? "預測金額" : "支出"}仍高於預算的 ${percent} %。`,
  stillPacing: (unit) => `仍超出${unit === "day" ? "每日" : "每週"}上限。`,

  stillOverTitle: (budgets, total) => {
    if (total === 1) return `${budgets[0]}：仍高於門檻`;
    const left = total - budgets.length;
    const names = `${budgets.join("、")}${left > 0 ? `，另有 ${left} 項` : ""}`;
    return `${total} 項預算仍高於門檻：${names}`;
  },
  stillOver: "每日摘要：先前已通知且仍成立的項目。",
  overPercent: (state, isForecast, percent) =>
    `${state}（${isForecast ? "預測高於" : "高於"} ${percent} %）`,
  newPeriodTitle: (budget) => `新的期間：${budget}`,
  newPeriod: (limit, until) => `${limit}，至 ${until}為止。`,

  increaseAskedTitle: (budget, by, amount) => `${budget}：${by} 申請增加 ${amount}`,
  increaseAsked: (reason) => `「${reason}」請管理員或財務人員在 Outlay 核准或拒絕。`,
  increaseTitle: (budget, decision, amount) => `${budget}：${DECISIONS[decision]}增加 ${amount}`,
  increaseDecided: (decision, amount, until) =>
    decision === "approved"
      ? `上限增加 ${amount}，至${until}為止。`
      : decision === "refused"
        ? `上限維持不變：增加 ${amount} 的申請遭拒。`
        : `增加 ${amount} 的申請已撤回。`,

  anomalyTitle: (isOver, what) => `${isOver ? "已結束" : "異常支出"}：${what}`,
  anomalyTakenTitle: (what) => `已有人處理：${what}`,
  anomalyTaken: (owner) => (owner === null ? "已有人著手查明。" : `由 ${owner} 負責查明。`),
  anomalyOver: (because) => OVER[because ?? ""] ?? "支出已回到預期範圍。",
  oddSpend: "支出超出預期範圍",
  unpricedTitle: (model) => `${model} 沒有價格`,
  unpriced: (calls, tokens) => `${calls} 次呼叫、${tokens} 個 Token 在有價格之前沒有成本。`,
  exportTitle: (schedule) => `匯出檔已就緒：${schedule}`,
  exported: (file, rows) => `${file}，共 ${rows} 列。下載連結有時限。`,
  testTitle: "來自 Outlay 的測試",
  test: (endpoint) => `這是「${endpoint}」的測試，並未發生任何事。`,
  disabledTitle: (endpoint) => `警示不再送往「${endpoint}」`,
  disabled: (isGone) => (isGone ? "接收端回覆 410 Gone。" : "接收端已連續失敗約三天。"),
};

function rangeOf({ earliest, latest }: CrossingText): string {
  if (earliest === latest) return "";
  if (latest === null) return `（最早 ${earliest}）`;
  if (earliest === null) return `（最晚 ${latest}）`;
  return `（介於 ${earliest} 與 ${latest} 之間）`;
}
