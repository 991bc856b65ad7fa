import { verifyAudit } from "#lib/audit/verify-audit.ts";
import type { Call, Outcome } from "./command.ts";
import { withDatabase } from "./command-database.ts";

/** Recomputes the hash chain of the audit log, and names the first entry that breaks it. */
export function verifyAuditLog(call: Call): Promise<Outcome> {
  return withDatabase(call.config, async ({ sql }) => {
    const { entries, broken, head, position } = await verifyAudit(sql);
    return {
      line:
        broken === null
          ? `${entries} audit entries, chain whole up to ${position} ${head ?? "(nothing yet)"}`
          : `the audit log is broken: entry ${broken.entryId} is ${broken.what}`,
      data: { entries, position, head, broken },
      exitCode: broken === null ? 0 : 1,
    };
  });
}
