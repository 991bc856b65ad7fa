"use server";

import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { context } from "#app/_server/context.ts";
import { wrongFields } from "#app/_server/form-state.ts";
import { refusalWords } from "#app/_server/refusal-words.ts";
import { requireFreshRole, requireRole } from "#app/_server/viewer.ts";
import { AppError } from "#lib/errors.ts";
import {
  changeEndpoint,
  deleteEndpoint,
  rotateSecret,
} from "#lib/notifications/change-endpoint.ts";
import { createEndpoint } from "#lib/notifications/create-endpoint.ts";
import { NewEndpoint } from "#lib/notifications/endpoint-input.ts";
import { afterFirstAttempt } from "#lib/notifications/first-attempt.ts";
import { replayDelivery } from "#lib/notifications/replay-delivery.ts";
import { sendTest } from "#lib/notifications/send-test.ts";

export type NewWebhookState = {
  readonly made?: { readonly id: string; readonly secret: string | null };
  readonly errors?: Readonly<Record<string, string | undefined>>;
  readonly message?: string;
};

/** What a button is told after it was pressed. */
export type WebhookNews = {
  readonly tone: "info" | "danger";
  readonly text: string;
  readonly secret?: string;
};

const PATIENCE_MS = 5_000;

/** Adds a webhook. Its secret goes to the admin's screen once. */
export async function createWebhookAction(
  _previous: NewWebhookState,
  form: FormData,
): Promise<NewWebhookState> {
  const viewer = await requireFreshRole("admin");
  const t = await getTranslations("Webhooks");
  const text = (name: string) => String(form.get(name) ?? "").trim() || undefined;
  const list = (name: string) => {
    const chosen = form.getAll(name).map(String);
    return chosen.length === 0 ? null : chosen;
  };
  const parsed = NewEndpoint.safeParse({
    ...{ name: text("name"), format: text("format"), url: text("url") },
    routing_key: text("routing_key"),
    language: text("language"),
    to: text("to")?.split(/[\s,;]+/),
    ...{ types: list("types"), teams: list("teams") },
  });
  if (!parsed.success) {
    const wrong = wrongFields(parsed.error.issues);
    const known = ["url", "to", "routing_key", "name"] as const;
    const errors = known.flatMap((name) =>
      wrong.includes(name) ? [[name, t(`errors.${name}`)] as const] : [],
    );
    return { errors: Object.fromEntries(errors), message: t("badInput") };
  }
  const { sql, config } = context();
  try {
    const { endpoint, signingSecret } = await createEndpoint(sql, viewer, parsed.data, config);
    revalidatePath("/settings/webhooks");
    return { made: { id: endpoint.id, secret: signingSecret } };
  } catch (error) {
    if (error instanceof AppError) return { message: await refusalWords(error) };
    throw error;
  }
}

/** Sends a test and waits a moment for what comes of it. */
export async function testWebhookAction(id: string): Promise<WebhookNews> {
  const viewer = await requireRole("admin");
  const t = await getTranslations("Webhooks");
  const { sql, config } = context();
  return await told(async () => {
    const test = { id: String(id), publicUrl: config.publicUrl, now: new Date() };
    const { deliveryId } = await sendTest(sql, viewer, test);
    const delivery = await afterFirstAttempt(sql, viewer, deliveryId, PATIENCE_MS);
    const attempt = delivery?.attempts.at(-1);
    revalidatePath(`/settings/webhooks/${id}`);
    if (attempt === undefined) return { tone: "info", text: t("testWaits") };
    const { httpStatus: status, latencyMs, failure } = attempt;
    if (delivery?.status === "delivered") {
      return { tone: "info", text: t("testArrived", { status: String(status), ms: latencyMs }) };
    }
    const reason = status === null ? (failure ?? "") : String(status);
    return { tone: "danger", text: t("testFailed", { reason }) };
  });
}

export async function rotateWebhookAction(id: string): Promise<WebhookNews> {
  const viewer = await requireFreshRole("admin");
  const t = await getTranslations("Webhooks");
  const { sql, config } = context();
  return await told(async () => {
    const rotation = { id: String(id), secret: config.secret, now: new Date() };
    const { signingSecret } = await rotateSecret(sql, viewer, rotation);
    revalidatePath(`/settings/webhooks/${id}`);
    return { tone: "info", text: t("rotated"), secret: signingSecret };
  });
}

export async function switchWebhookAction(id: string, enabled: boolean): Promise<WebhookNews> {
  const viewer = await requireRole("admin");
  const t = await getTranslations("Webhooks");
  const { sql, config } = context();
  return await told(async () => {
    const change = { enabled: enabled === true };
    await changeEndpoint(sql, viewer, { id: String(id), change, installation: config });
    revalidatePath(`/settings/webhooks/${id}`);
    return { tone: "info", text: t(change.enabled ? "turnedOn" : "turnedOff") };
  });
}

export async function deleteWebhookAction(id: string): Promise<void> {
  const viewer = await requireRole("admin");
  await deleteEndpoint(context().sql, viewer, String(id));
  revalidatePath("/settings/webhooks");
  redirect("/settings/webhooks");
}

export async function replayDeliveryAction(id: string): Promise<WebhookNews> {
  const viewer = await requireRole("admin");
  const t = await getTranslations("Webhooks");
  const { sql } = context();
  return await told(async () => {
    const delivery = await replayDelivery(sql, viewer, { id: String(id), now: new Date() });
    const after = await afterFirstAttempt(sql, viewer, delivery, PATIENCE_MS);
    revalidatePath(`/settings/webhooks/${after?.endpointId ?? ""}`);
    return { tone: "info", text: t("replayed") };
  });
}

async function told(work: () => Promise<WebhookNews>): Promise<WebhookNews> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof AppError) return { tone: "danger", text: await refusalWords(error) };
    throw error;
  }
}
