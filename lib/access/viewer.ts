import type { RequestOrigin } from "#lib/audit/actor.ts";
import type { KeyScope } from "./key-scopes.ts";

export const ROLES = ["admin", "finance", "manager", "viewer"] as const;
export type Role = (typeof ROLES)[number];

/** The teams whose money may be seen: all, or these slugs only (teams below them resolved already). */
export type TeamScope = "all" | readonly string[];

/**
 * Where figures may be broken down by person: everywhere, nowhere, or within
 * the teams that are named. Elsewhere a person's usage stands under nobody.
 */
export type PersonScope = "all" | "none" | { readonly inTeams: readonly string[] };

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
  readonly persons: PersonScope;
  /** Keys only: what the key may do; people may do what their role can. */
  readonly scopes?: readonly KeyScope[];
  /** People: whether they signed in, or proved again who they are, a short while ago. */
  readonly isFresh?: boolean;
  /** Sees and may nothing until the second factor is set up that their role needs. */
  readonly mustEnroll?: boolean;
  /** Where the request came from, for the audit log. */
  readonly origin?: RequestOrigin;
};
