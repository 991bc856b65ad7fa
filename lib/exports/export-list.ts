import type { ExportKind } from "./export-kind.ts";
import { adjustments } from "./kinds/adjustments.ts";
import { anomalies } from "./kinds/anomalies.ts";
import { audit } from "./kinds/audit.ts";
import { budgets } from "./kinds/budgets.ts";
import { closedLines } from "./kinds/closed-lines.ts";
import { closedMonths } from "./kinds/closed-months.ts";
import { closedUsage } from "./kinds/closed-usage.ts";
import { quality } from "./kinds/data-quality.ts";
import { events } from "./kinds/events.ts";
import { focus } from "./kinds/focus.ts";
import { forecasts } from "./kinds/forecasts.ts";
import { glJournal } from "./kinds/gl-journal.ts";
import { invoices } from "./kinds/invoices.ts";
import { kpis } from "./kinds/kpis.ts";
import { people } from "./kinds/people.ts";
import { planPeople, plans } from "./kinds/plan-or-pay.ts";
import { prices } from "./kinds/prices.ts";
import { reconciliation } from "./kinds/reconciliation.ts";
import { sessions } from "./kinds/sessions.ts";
import { statement } from "./kinds/statement.ts";
import { statements } from "./kinds/statements.ts";
import { teamCostsExport } from "./kinds/team-costs.ts";
import { toolCalls } from "./kinds/tool-calls.ts";
import { usage } from "./kinds/usage.ts";

/** Every table that can be taken away, by the name that addresses and requests give it. */
export const EXPORTS = {
  focus,
  usage,
  events,
  sessions,
  "tool-calls": toolCalls,
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
  anomalies,
  forecasts,
  prices,
  people,
  audit,
} as const satisfies Record<string, ExportKind>;

export type ExportName = keyof typeof EXPORTS;

export const EXPORT_NAMES = Object.keys(EXPORTS) as readonly ExportName[] as readonly [
  ExportName,
  ...ExportName[],
];
