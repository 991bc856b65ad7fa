import { z } from "zod";
import { ForecastParameters } from "#lib/exports/kinds/forecasts.ts";
import { EventInput, EventPatch } from "#lib/forecasting/events.ts";
import { ScenarioInput } from "#lib/forecasting/scenarios.ts";
import { WhatIfInput } from "#lib/forecasting/what-if.ts";
import {
  AccuraciesBody,
  AccuracyParameters,
  EventBody,
  EventListParameters,
  EventsBody,
  ForecastBody,
} from "./forecasts.ts";
import { ScenarioBody, ScenariosBody, WhatIfBody } from "./what-if-body.ts";

const json = (schema: z.ZodType) => ({ type: "application/json", schema });

/** The addresses of forecasts, for the OpenAPI description. */
export const FORECAST_OPERATIONS = [
  {
    method: "get",
    path: "/forecasts",
    summary: "Where spend of a scope is heading, by day and to the end of the month",
    query: ForecastParameters,
    answer: json(ForecastBody),
  },
  {
    method: "get",
    path: "/forecasts/accuracy",
    summary: "How good past forecasts were, beside repeating the last week",
    query: AccuracyParameters,
    answer: json(AccuraciesBody),
  },
  {
    method: "get",
    path: "/forecasts/events",
    summary: "What is known of the future: launches, prices, people, holidays, days left out",
    query: EventListParameters,
    answer: json(EventsBody),
  },
  {
    method: "post",
    path: "/forecasts/events",
    summary: "Add an event; the next refit goes by it",
    body: EventInput,
    answer: json(EventBody),
  },
  {
    method: "patch",
    path: "/forecasts/events/{id}",
    summary: "Change an event; what is left out stays",
    body: EventPatch,
    answer: json(EventBody),
  },
  {
    method: "delete",
    path: "/forecasts/events/{id}",
    summary: "Withdraw an event",
    answer: json(z.strictObject({ id: z.string(), deleted: z.literal(true) })),
  },
  {
    method: "post",
    path: "/forecasts/refit",
    summary: "Have the worker fit all series anew, within a minute",
    answer: json(z.strictObject({ requested: z.literal(true) })),
  },
  {
    method: "post",
    path: "/forecasts/what-if",
    summary:
      "Replay the last 30 days under another model, price, cache rate, batch share, head count",
    body: WhatIfInput,
    answer: json(WhatIfBody),
  },
  {
    method: "get",
    path: "/forecasts/scenarios",
    summary: "Saved what-if questions",
    answer: json(ScenariosBody),
  },
  {
    method: "post",
    path: "/forecasts/scenarios",
    summary: "Save a what-if question under a name",
    body: ScenarioInput,
    answer: json(ScenarioBody),
  },
  {
    method: "delete",
    path: "/forecasts/scenarios/{id}",
    summary: "Put a saved question away",
    answer: json(z.strictObject({ id: z.string(), deleted: z.literal(true) })),
  },
] as const;
