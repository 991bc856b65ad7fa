import type { z } from "zod";
import { ChargeInput, ModelInput, PoolInput } from "#lib/cost-book/cost-input.ts";
import { TeamCostParameters } from "#lib/exports/kinds/team-costs.ts";
import {
  ChargesBody,
  CostBookParameters,
  ModelsBody,
  PoolsBody,
  RecordedId,
  Withdrawn,
} from "./cost-book.ts";
import { TeamCostReceiptBody, TeamCostReceiptParameters } from "./team-cost-receipt.ts";
import { TeamCostBody } from "./team-costs.ts";
import { UsageReceiptBody, UsageReceiptParameters } from "./usage-receipt.ts";

const json = (schema: z.ZodType) => ({ type: "application/json", schema });

/** What the API's description says of team costs and what they are made of. */
export const COST_OPERATIONS = [
  {
    method: "get",
    path: "/team-costs",
    summary: "What each team costs, line by line, in FOCUS's four costs",
    query: TeamCostParameters,
    answer: json(TeamCostBody),
  },
  {
    method: "get",
    path: "/usage/receipt",
    summary: "How a sum of usage comes about: its tokens by the rates of their calls",
    query: UsageReceiptParameters,
    answer: json(UsageReceiptBody),
  },
  {
    method: "get",
    path: "/team-costs/receipt",
    summary: "How one line of a team's cost comes about, day by day",
    query: TeamCostReceiptParameters,
    answer: json(TeamCostReceiptBody),
  },
  {
    method: "get",
    path: "/cost-models",
    summary: "How the costs of teams are built: markup, funding, headcount",
    query: CostBookParameters,
    answer: json(ModelsBody),
  },
  {
    method: "post",
    path: "/cost-models",
    summary: "Record how a team's cost is built from a day on",
    body: ModelInput,
    answer: json(RecordedId),
  },
  {
    method: "delete",
    path: "/cost-models/{id}",
    summary: "Stop believing a cost model; the one before it holds again",
    answer: json(Withdrawn),
  },
  {
    method: "get",
    path: "/charges",
    summary: "Seats, subscriptions, commitments, credits and fees",
    query: CostBookParameters,
    answer: json(ChargesBody),
  },
  {
    method: "post",
    path: "/charges",
    summary: "Record a charge",
    body: ChargeInput,
    answer: json(RecordedId),
  },
  {
    method: "put",
    path: "/charges/{id}",
    summary: "Correct a charge; what was believed stays on record",
    body: ChargeInput,
    answer: json(RecordedId),
  },
  {
    method: "delete",
    path: "/charges/{id}",
    summary: "Stop believing a charge",
    answer: json(Withdrawn),
  },
  {
    method: "get",
    path: "/shared-costs",
    summary: "Costs that several teams bear, and how they are split",
    query: CostBookParameters,
    answer: json(PoolsBody),
  },
  {
    method: "post",
    path: "/shared-costs",
    summary: "Record a shared cost",
    body: PoolInput,
    answer: json(RecordedId),
  },
  {
    method: "put",
    path: "/shared-costs/{id}",
    summary: "Split a shared cost otherwise, from a day on",
    body: PoolInput,
    answer: json(RecordedId),
  },
  {
    method: "delete",
    path: "/shared-costs/{id}",
    summary: "Stop sharing a cost",
    answer: json(Withdrawn),
  },
] as const;
