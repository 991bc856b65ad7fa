import { z } from "zod";
import { EndpointChange, NewEndpoint } from "#lib/notifications/endpoint-input.ts";
import { CheckInput } from "#lib/spend-check/check-input.ts";
import { CheckBody } from "./check.ts";
import type { Operation } from "./openapi.ts";
import {
  DeliveriesBody,
  DeliveriesParameters,
  DeliveryBody,
  SecretRotatedBody,
  WebhookBody,
  WebhookDeletedBody,
  WebhookMadeBody,
  WebhooksBody,
} from "./webhooks.ts";

const json = (schema: Operation["answer"]["schema"]) => ({ type: "application/json", schema });

export const WEBHOOK_OPERATIONS: readonly Operation[] = [
  {
    method: "post",
    path: "/check",
    summary: "May I spend this? Answered before a call, with money held for it on request",
    body: CheckInput,
    answer: json(CheckBody),
  },
  {
    method: "delete",
    path: "/check/{id}",
    summary: "Give back what is held for a call that will not come",
    answer: json(z.strictObject({ id: z.string(), released: z.literal(true) })),
  },
  {
    method: "get",
    path: "/webhooks",
    summary: "Where events are sent to",
    answer: json(WebhooksBody),
  },
  {
    method: "post",
    path: "/webhooks",
    summary: "Add a webhook; its secret is shown this once",
    body: NewEndpoint,
    answer: json(WebhookMadeBody),
  },
  {
    method: "get",
    path: "/webhooks/{id}",
    summary: "One webhook",
    answer: json(WebhookBody),
  },
  {
    method: "patch",
    path: "/webhooks/{id}",
    summary: "Change a webhook, turn it off or on",
    body: EndpointChange,
    answer: json(WebhookBody),
  },
  {
    method: "delete",
    path: "/webhooks/{id}",
    summary: "Remove a webhook with its delivery log",
    answer: json(WebhookDeletedBody),
  },
  {
    method: "post",
    path: "/webhooks/{id}/test",
    summary: "Send a webhook.test; answers after its first attempt, or five seconds",
    answer: json(DeliveryBody),
  },
  {
    method: "post",
    path: "/webhooks/{id}/rotate",
    summary: "Make a new secret; the old one signs too for a day",
    answer: json(SecretRotatedBody),
  },
  {
    method: "get",
    path: "/webhooks/{id}/deliveries",
    summary: "A webhook's deliveries, newest first, with every attempt",
    query: DeliveriesParameters,
    answer: json(DeliveriesBody),
  },
  {
    method: "post",
    path: "/deliveries/{id}/replay",
    summary: "Send a delivery's event once more, under the same webhook-id",
    answer: json(DeliveryBody),
  },
];
