import { z } from "zod";
import { AnomalyPatch } from "#lib/anomaly-control/change-anomaly.ts";
import { PlannedEventInput } from "#lib/anomaly-control/planned-events.ts";
import { SettingsInput } from "#lib/anomaly-control/settings.ts";
import {
  AnomaliesBody,
  AnomaliesParameters,
  AnomalyBody,
  BackTestBody,
  BackTestParameters,
  LimitsBody,
  PlannedEventBody,
  PlannedEventsBody,
} from "./anomalies.ts";

const json = (schema: z.ZodType) => ({ type: "application/json", schema });

/** The addresses of anomalies, for the OpenAPI description. */
export const ANOMALY_OPERATIONS = [
  {
    method: "get",
    path: "/anomalies",
    summary: "Spend and usage outside their range, the latest first, with drivers",
    query: AnomaliesParameters,
    answer: json(AnomaliesBody),
  },
  {
    method: "get",
    path: "/anomalies/{id}",
    summary: "One anomaly with its drivers",
    answer: json(AnomalyBody),
  },
  {
    method: "patch",
    path: "/anomalies/{id}",
    summary: "Acknowledge, resolve, call expected, reopen; give feedback; what is left out stays",
    body: AnomalyPatch,
    answer: json(AnomalyBody),
  },
  {
    method: "get",
    path: "/anomalies/back-test",
    summary: "What the daily detector would have said with other limits",
    query: BackTestParameters,
    answer: json(BackTestBody),
  },
  {
    method: "get",
    path: "/anomalies/limits",
    summary: "The organisation's own limits; null: the published ones",
    answer: json(LimitsBody),
  },
  {
    method: "patch",
    path: "/anomalies/limits",
    summary: "Change the limits; what is left out stays",
    body: SettingsInput,
    answer: json(LimitsBody),
  },
  {
    method: "get",
    path: "/anomalies/planned-events",
    summary: "What is known beforehand and widens the expected range",
    answer: json(PlannedEventsBody),
  },
  {
    method: "post",
    path: "/anomalies/planned-events",
    summary: "Plan an event",
    body: PlannedEventInput,
    answer: json(PlannedEventBody),
  },
  {
    method: "delete",
    path: "/anomalies/planned-events/{event}",
    summary: "Remove a planned event",
    answer: json(z.strictObject({ id: z.string(), deleted: z.literal(true) })),
  },
] as const;
