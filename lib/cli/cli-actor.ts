import { userInfo } from "node:os";
import type { Editor } from "#lib/access/rights.ts";
import type { AuditActor } from "#lib/audit/actor.ts";

/** Whoever types a command: the machine's user, as far as it has a name. */
export function cliActor(): AuditActor {
  const name = machineUser();
  return { kind: "cli", id: name, label: name };
}

/** The same, for changes of the organisation: whoever may run commands may do all. */
export function cliEditor(): Editor {
  return { ...cliActor(), role: "admin", teams: "all" };
}

/** A container may run as a user without a name, of which `userInfo` throws. */
function machineUser(): string {
  try {
    return userInfo().username;
  } catch {
    return "unknown user";
  }
}
