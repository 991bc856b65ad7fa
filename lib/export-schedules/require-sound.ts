import type { Tx } from "#lib/db/client.ts";
import { AppError } from "#lib/errors.ts";
import { requirePossible } from "#lib/http/guarded-request.ts";
import { RequestFailure } from "#lib/http/request-failure.ts";
import { requireSchedulable } from "./period-parameters.ts";
import type { NewSchedule } from "./schedule-input.ts";

/** What of the configuration schedules depend on. */
export type ScheduleSettings = {
  readonly secret: string;
  readonly webhookAllow: readonly string[];
  readonly exportDir: string | null;
};

/**
 * Refuses a schedule that could never deliver here.
 *
 * @throws {AppError} "invalid" for a table without a period, a directory where
 *   none is allowed, an endpoint out of bounds, a webhook that is none.
 */
export async function requireSound(
  tx: Tx,
  { request, cadence, destination }: NewSchedule,
  { webhookAllow, exportDir }: ScheduleSettings,
): Promise<void> {
  requireSchedulable(request, cadence);
  switch (destination.kind) {
    case "directory":
      if (exportDir !== null) return;
      throw new AppError("destination: this installation allows no directory (OUTLAY_EXPORT_DIR)", {
        code: "invalid",
      });
    case "s3":
      requireReachable(destination.endpoint, webhookAllow);
      return;
    case "webhook": {
      const [found] = await tx`
        select from webhook_endpoint where id = ${destination.webhook_id} and disabled_at is null`;
      if (found !== undefined) return;
      throw new AppError("destination: there is no such webhook, or it is turned off", {
        code: "invalid",
      });
    }
  }
}

function requireReachable(url: string, allow: readonly string[]): void {
  try {
    requirePossible(url, allow);
  } catch (error) {
    if (!(error instanceof RequestFailure)) throw error;
    throw new AppError(`endpoint: ${error.message}`, { code: "invalid", cause: error });
  }
}
