/** Where a request came from. */
export type RequestOrigin = {
  readonly ip: string | null;
  readonly userAgent: string | null;
  readonly requestId: string | null;
};

/**
 * Who did something: a viewer is one as it stands; the command line, the
 * product itself and people who are not signed in are the others.
 */
export type AuditActor = {
  readonly kind: "user" | "key" | "cli" | "system" | "nobody";
  readonly id: string;
  readonly label: string;
  readonly origin?: RequestOrigin | undefined;
  /** People: whether they signed in, or proved again who they are, a short while ago. */
  readonly isFresh?: boolean | undefined;
};

/** What Outlay does by itself: jobs, the first start. */
export const SYSTEM: AuditActor = { kind: "system", id: "outlay", label: "Outlay" };

/** Whoever may run commands on the machine. */
export const COMMAND_LINE: AuditActor = { kind: "cli", id: "outlay", label: "command line" };

/** How an actor is named where a name has to do; keys may have no label. */
export function actorName({ kind, id, label }: AuditActor): string {
  return label === "" ? `${kind} ${id}` : label;
}
