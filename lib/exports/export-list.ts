import type { ExportKind } from "./export-kind.ts";
import { adjustments } from "./kinds/adjustments.ts";
import { agents } from "./kinds/agents.ts";
import { anomalies } from "./kinds/anomalies.ts";
import { audit } from "./kinds/audit.ts";
import { budgetAlerts } from "./kinds/budget-alerts.ts";
import { budgetHistory } from "./kinds/budget-history.ts";
import { budgets } from "./kinds/budgets.ts";
import { charges } from "./kinds/charges.ts";
import { closedLines } from "./kinds/closed-lines.ts";
import { closedMonths } from "./kinds/closed-months.ts";
import { closedUsage } from "./kinds/closed-usage.ts";
import { costCenters } from "./kinds/cost-centers.ts";
import { costModels } from "./kinds/cost-models.ts";
import { quality } from "./kinds/data-quality.ts";
import { deliveries } from "./kinds/deliveries.ts";
import { events } from "./kinds/events.ts";
import { exchangeRates } from "./kinds/exchange-rates.ts";
import { focus } from "./kinds/focus.ts";
import { forecasts } from "./kinds/forecasts.ts";
import { glJournal } from "./kinds/gl-journal.ts";
import { invoices } from "./kinds/invoices.ts";
import { keys } from "./kinds/keys.ts";
import { kpis } from "./kinds/kpis.ts";
import { modelAliases } from "./kinds/model-aliases.ts";
import { people } from "./kinds/people.ts";
import { planPeople, plans } from "./kinds/plan-or-pay.ts";
import { prices } from "./kinds/prices.ts";
import { projects } from "./kinds/projects.ts";
import { receipt } from "./kinds/receipt.ts";
import { reconciliation } from "./kinds/reconciliation.ts";
import { rules } from "./kinds/rules.ts";
import { sessions } from "./kinds/sessions.ts";
import { sharedCosts } from "./kinds/shared-costs.ts";
import { statement } from "./kinds/statement.ts";
import { statements } from "./kinds/statements.ts";
import { teamCostReceipts } from "./kinds/team-cost-receipt.ts";
import { teamCostsExport } from "./kinds/team-costs.ts";
import { teams } from "./kinds/teams.ts";
import { toolCalls } from "./kinds/tool-calls.ts";
import { twins } from "./kinds/twins.ts";
import { unpriced } from "./kinds/unpriced.ts";
import { usage } from "./kinds/usage.ts";
import { usageReceipts } from "./kinds/usage-receipt.ts";
import { users } from "./kinds/users.ts";

/** Every table that can be taken away, by the name that addresses and requests give it. */
export const EXPORTS = {
  focus,
  usage,
  events,
  sessions,
  "tool-calls": toolCalls,
  agents,
  twins,
  receipt,
  "usage-receipt": usageReceipts,
  "team-cost-receipt": teamCostReceipts,
  "team-costs": teamCostsExport,
  statements,
  statement,
  "gl-journal": glJournal,
  adjustments,
  "closed-months": closedMonths,
  "closed-lines": closedLines,
  "closed-usage": closedUsage,
  invoices,
  reconciliation,
  kpis,
  "plan-or-pay": plans,
  "plan-people": planPeople,
  "data-quality": quality,
  budgets,
  "budget-history": budgetHistory,
  "budget-alerts": budgetAlerts,
  anomalies,
  forecasts,
  prices,
  unpriced,
  "model-aliases": modelAliases,
  "exchange-rates": exchangeRates,
  charges,
  "shared-costs": sharedCosts,
  "cost-models": costModels,
  people,
  teams,
  projects,
  "cost-centers": costCenters,
  rules,
  users,
  keys,
  deliveries,
  audit,
} as const satisfies Record<string, ExportKind>;

export type ExportName = keyof typeof EXPORTS;

export const EXPORT_NAMES = Object.keys(EXPORTS) as readonly ExportName[] as readonly [
  ExportName,
  ...ExportName[],
];
