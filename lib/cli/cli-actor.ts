import { userInfo } from "node:os";
import type { AuditActor } from "#lib/audit/actor.ts";

/** Whoever types a command: the machine's user, as far as it has a name. */
export function cliActor(): AuditActor {
  const name = machineUser();
  return { kind: "cli", id: name, label: name };
}

/** A container may run as a user without a name, of which `userInfo` throws. */
function machineUser(): string {
  try {
    return userInfo().username;
  } catch {
    return "unknown user";
  }
}
