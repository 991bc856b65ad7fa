import type { EventType } from "./event-types.ts";
import type { Format } from "./formats/format.ts";
import type { Language } from "./phrases/language.ts";

/** Where an endpoint's messages go; a secret as a whole, since chat URLs are. */
export type EndpointTarget = {
  /** Null for mail. */
  readonly url: string | null;
  /** PagerDuty's integration key. */
  readonly routingKey: string | null;
  readonly mailTo: readonly string[];
};

/** An endpoint as it may be shown: without its secrets. */
export type Endpoint = {
  readonly id: string;
  readonly name: string;
  readonly format: Format;
  /** What people read it in; JSON has none. */
  readonly language: Language;
  readonly shownTarget: string;
  /** Null for all. */
  readonly types: readonly EventType[] | null;
  /** With the teams below; null for all. */
  readonly teams: readonly string[] | null;
  readonly budgets: readonly string[] | null;
  readonly hasSecret: boolean;
  /** Until when the secret before the last rotation signs too; null where there is none. */
  readonly oldSecretUntil: Date | null;
  readonly failingSince: Date | null;
  readonly disabledAt: Date | null;
  readonly disabledBecause: "by_hand" | "gone" | "failing" | null;
  readonly createdAt: Date;
  readonly createdBy: string;
};

export const TARGET_PURPOSE = "webhook_target";
export const SECRET_PURPOSE = "webhook_secret";

/** How long the secret before a rotation goes on signing. */
export const ROTATION_MS = 24 * 3_600_000;
