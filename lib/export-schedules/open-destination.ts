import { openText } from "#lib/secrets/sealed-text.ts";
import type { ClaimedRun } from "./claim-run.ts";
import { type Destination, KEYS_PURPOSE, StorageKeys } from "./destination.ts";
import { directoryDestination } from "./destinations/directory.ts";
import { s3Destination } from "./destinations/s3.ts";
import { webhookDestination } from "./destinations/webhook.ts";
import type { DeliveryDeps } from "./work-on-run.ts";

/** Where a run's file goes. @throws {Error} when its keys cannot be opened. */
export function openDestination(deps: DeliveryDeps, run: ClaimedRun, now: Date): Destination {
  const { settings, sealedKeys } = run;
  switch (settings.kind) {
    case "directory":
      return directoryDestination(deps.exportDir, settings.path);
    case "s3": {
      if (sealedKeys === null) throw new Error("the storage has no keys");
      const keys = StorageKeys.parse(JSON.parse(openText(sealedKeys, deps.secret, KEYS_PURPOSE)));
      return s3Destination(settings, keys, { allow: deps.webhookAllow });
    }
    case "webhook": {
      const { secret, publicUrl } = deps;
      const endpointId = settings.webhook_id;
      return webhookDestination(
        { sql: deps.database.sql, secret, publicUrl },
        { run, endpointId, now },
      );
    }
  }
}
