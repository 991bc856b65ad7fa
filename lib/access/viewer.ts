import type { RequestOrigin } from "#lib/audit/actor.ts";

export const ROLES = ["admin", "finance", "manager", "viewer"] as const;
export type Role = (typeof ROLES)[number];

/** The teams whose money may be seen: all, or these slugs only (teams below them resolved already). */
export type TeamScope = "all" | readonly string[];

/**
 * Who is asking: a signed-in person or an API key. Every read model takes the
 * viewer's scope, so that no page, route or export can forget it.
 */
export type Viewer = {
  readonly kind: "user" | "key";
  readonly id: string;
  readonly label: string;
  readonly role: Role;
  readonly teams: TeamScope;
  /** Where the request came from, for the audit log. */
  readonly origin?: RequestOrigin;
};
