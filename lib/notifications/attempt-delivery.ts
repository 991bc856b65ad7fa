import { setTimeout as sleep } from "node:timers/promises";
import { Webhook } from "standardwebhooks";
import { type Guard, guardedRequest } from "#lib/http/guarded-request.ts";
import { RequestFailure } from "#lib/http/request-failure.ts";
import type { Mailer } from "#lib/mail/mailer.ts";
import { openText } from "#lib/secrets/sealed-text.ts";
import type { AttemptResult } from "./attempt-outcome.ts";
import type { ClaimedDelivery } from "./claim-deliveries.ts";
import { type EndpointTarget, SECRET_PURPOSE } from "./endpoint.ts";
import { openTarget } from "./endpoint-rows.ts";
import { eventWords } from "./event-words.ts";
import { emailOf } from "./formats/email.ts";
import { formatBody } from "./formats/format.ts";

/** What sending takes. */
export type Sender = {
  /** OUTLAY_SECRET. */
  readonly secret: string;
  readonly guard: Omit<Guard, "signal">;
  /** Null where no SMTP server is set up. */
  readonly mailer: Mailer | null;
};

/** CONTRACTS: 2xx within ten seconds is success. */
const TIMEOUT_MS = 10_000;
const MAIL_TIMEOUT_MS = 20_000;
const MOST_BYTES = 65_536;
const KEPT_BYTES = 1_024;

/**
 * Sends a delivery once, and says what came of it. Each attempt is signed anew,
 * with its own time and the same webhook-id and body.
 *
 * @throws the signal's reason when it is aborted: nobody knows then whether it arrived.
 */
export async function attemptDelivery(
  delivery: ClaimedDelivery,
  sender: Sender,
  signal: AbortSignal,
  clock: () => Date,
): Promise<AttemptResult> {
  const startedAt = performance.now();
  const took = () => Math.round(performance.now() - startedAt);
  try {
    const answer =
      delivery.format === "email"
        ? await sendMail(delivery, sender)
        : await post(delivery, delivery.format, sender, signal, clock());
    return { failure: null, ...answer, latencyMs: took() };
  } catch (error) {
    signal.throwIfAborted();
    const { failure, answer } = describeFailure(error);
    return { httpStatus: null, failure, answer, latencyMs: took() };
  }
}

async function post(
  delivery: ClaimedDelivery,
  format: Exclude<ClaimedDelivery["format"], "email">,
  { secret, guard }: Sender,
  signal: AbortSignal,
  now: Date,
): Promise<Pick<AttemptResult, "httpStatus" | "answer" | "retryAfter">> {
  const { url, routingKey } = openTarget(delivery.sealedTarget, secret);
  if (url === null) throw new Error("the endpoint has no URL");
  const body = formatBody(format, delivery.event, { routingKey, language: delivery.language });
  const {
    status,
    headers,
    body: answered,
  } = await guardedRequest(
    url,
    {
      method: "POST",
      headers: {
        "content-type": "application/json",
        "user-agent": "Outlay-Webhooks/1",
        ...(format === "json" ? signatureHeaders(delivery, body, secret, now) : {}),
      },
      body,
      timeoutMs: TIMEOUT_MS,
      maxBytes: MOST_BYTES,
    },
    { ...guard, signal },
  );
  const text = answered.subarray(0, KEPT_BYTES).toString("utf8").replaceAll("\0", "");
  return { httpStatus: status, answer: text, retryAfter: headers["retry-after"] };
}

/** Standard Webhooks 1.0; during a rotation both secrets sign. */
function signatureHeaders(
  { event, sealedSecret, sealedOldSecret, oldSecretUntil }: ClaimedDelivery,
  body: string,
  secret: string,
  now: Date,
): Record<string, string> {
  const isRotating = oldSecretUntil !== null && oldSecretUntil > now;
  const signatures = [sealedSecret, isRotating ? sealedOldSecret : null].flatMap((sealed) =>
    sealed === null
      ? []
      : [new Webhook(openText(sealed, secret, SECRET_PURPOSE)).sign(event.id, now, body)],
  );
  return {
    "webhook-id": event.id,
    "webhook-timestamp": String(Math.floor(now.getTime() / 1_000)),
    "webhook-signature": signatures.join(" "),
  };
}

/** A letter has no status; 250 is SMTP's word for taken over, told here as HTTP's 202. */
async function sendMail(
  { event, language, sealedTarget }: ClaimedDelivery,
  { mailer, secret }: Sender,
): Promise<Pick<AttemptResult, "httpStatus" | "answer">> {
  if (mailer === null) throw new RequestFailure("no_connection", { cause: NO_SERVER });
  const { mailTo }: EndpointTarget = openTarget(sealedTarget, secret);
  const stop = new AbortController();
  const tooLate = sleep(MAIL_TIMEOUT_MS, null, { signal: stop.signal }).then(() => {
    throw new RequestFailure("timeout");
  });
  tooLate.catch(() => {});
  try {
    const letter = emailOf(eventWords(event, language));
    const asker = event.type === "budget.increase_decided" ? event.data.answer_to : null;
    const to = asker === null ? mailTo : [...new Set([...mailTo, asker])];
    const mail = { to, ...letter, messageId: `${event.id}@outlay` };
    await Promise.race([mailer.send(mail), tooLate]);
  } finally {
    stop.abort();
  }
  return { httpStatus: 202, answer: null };
}

const NO_SERVER = new Error("no mail server is set up: OUTLAY_SMTP_URL");

function describeFailure(error: unknown): { failure: string; answer: string | null } {
  if (error instanceof RequestFailure) {
    const said = error.cause === NO_SERVER ? NO_SERVER.message : null;
    return { failure: error.reason, answer: said };
  }
  const text = error instanceof Error ? error.message : String(error);
  return { failure: "not_sent", answer: text.slice(0, KEPT_BYTES).replaceAll("\0", "") };
}
