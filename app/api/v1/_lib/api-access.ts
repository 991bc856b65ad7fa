import type { Role, Viewer } from "#lib/access/viewer.ts";

/**
 * Who may use what, before anything else is looked at. What somebody sees of
 * it is decided by the read models, which take the viewer.
 *
 * - `open`: nobody needs to be anybody.
 * - `all`: every role, within its own teams.
 * - `manager`: all but viewers, within their own teams.
 * - `money`: admins and finance with all teams.
 * - `admin`: admins with all teams.
 */
export type Access = "open" | "all" | "manager" | "money" | "admin";

/** An address that is not here cannot be made with `apiRoute`; a method that is not here is refused. */
export const API_ACCESS = {
  "/adjustments": { GET: "money", POST: "money" },
  "/adjustments.csv": { GET: "money" },
  "/adjustments/{id}/reverse": { POST: "money" },
  "/allocation-rules": { GET: "money", POST: "admin" },
  "/allocation-rules/{id}": { PATCH: "admin", DELETE: "admin" },
  "/anomalies": { GET: "all" },
  "/anomalies.csv": { GET: "all" },
  "/anomalies/back-test": { GET: "all" },
  "/anomalies/limits": { GET: "all", PATCH: "money" },
  "/anomalies/planned-events": { GET: "all", POST: "manager" },
  "/anomalies/planned-events/{event}": { DELETE: "manager" },
  "/anomalies/{id}": { GET: "all", PATCH: "manager" },
  "/audit": { GET: "admin" },
  "/audit.csv": { GET: "admin" },
  "/budgets": { GET: "all", POST: "manager", PATCH: "manager", DELETE: "manager" },
  "/budgets.csv": { GET: "all", POST: "manager" },
  "/budgets/for-event/{event}": { GET: "all" },
  "/budgets/{id}": { GET: "all", PATCH: "manager", DELETE: "manager" },
  "/budgets/{id}/history": { GET: "all" },
  "/budgets/{id}/increases": { GET: "all", POST: "all" },
  "/budgets/{id}/increases/{increase}": { PATCH: "all" },
  "/budgets/{id}/mutes": { GET: "all", POST: "manager", DELETE: "manager" },
  "/budgets/{id}/status": { GET: "all" },
  "/charges": { GET: "all", POST: "money" },
  "/charges/{id}": { PUT: "money", DELETE: "money" },
  "/check": { POST: "all" },
  "/check/{id}": { DELETE: "manager" },
  "/closed-months": { GET: "money", POST: "money" },
  "/closed-months/{month}": { GET: "money" },
  "/closed-months/{month}/reopen": { POST: "money" },
  "/cost-models": { GET: "all", POST: "money" },
  "/cost-models/{id}": { DELETE: "money" },
  "/currency": { GET: "all", PUT: "admin" },
  "/currency/rates": { POST: "money" },
  "/data-quality": { GET: "all" },
  "/deliveries/{id}/replay": { POST: "admin" },
  "/events": { GET: "all" },
  "/events/{id}/receipt": { GET: "all" },
  "/export/{file}": { GET: "all" },
  "/exports": { GET: "all", POST: "all" },
  "/exports/{id}": { GET: "all", DELETE: "all" },
  "/exports/{id}/control": { GET: "all" },
  "/exports/{id}/file": { GET: "all" },
  "/export-schedules": { GET: "money", POST: "money" },
  "/export-schedules/{id}": { GET: "money", PATCH: "money", DELETE: "money" },
  "/export-schedules/{id}/run": { POST: "money" },
  "/export-schedules/{id}/runs": { GET: "money" },
  "/export-schedules/{id}/test": { POST: "money" },
  "/forecasts": { GET: "all" },
  "/forecasts.csv": { GET: "all" },
  "/forecasts/accuracy": { GET: "all" },
  "/forecasts/events": { GET: "all", POST: "manager" },
  "/forecasts/events/{id}": { PATCH: "manager", DELETE: "manager" },
  "/forecasts/refit": { POST: "manager" },
  "/forecasts/scenarios": { GET: "all", POST: "manager" },
  "/forecasts/scenarios/{id}": { DELETE: "manager" },
  "/forecasts/what-if": { POST: "all" },
  "/gl-codes": { GET: "money", PUT: "money" },
  "/gl-journal": { GET: "money" },
  "/gl-journal.csv": { GET: "money" },
  "/keys": { GET: "admin", POST: "admin" },
  "/keys/{id}": { GET: "admin", DELETE: "admin" },
  "/keys/{id}/rotate": { POST: "admin" },
  "/kpis": { GET: "money" },
  "/kpis.csv": { GET: "money" },
  "/model-aliases": { GET: "all", POST: "money" },
  "/model-aliases/{id}": { DELETE: "money" },
  "/people": { GET: "money", POST: "admin" },
  "/people.csv": { GET: "money" },
  "/people/import": { POST: "admin" },
  "/people/{email}": { PATCH: "admin", DELETE: "admin" },
  "/prices": { GET: "all", POST: "money" },
  "/prices/import": { POST: "money" },
  "/prices/unpriced": { GET: "all" },
  "/prices/{id}": { DELETE: "money" },
  "/projects": { GET: "money", POST: "admin" },
  "/projects/{id}": { PATCH: "admin" },
  "/quote": { POST: "all" },
  "/reallocation": { GET: "money", POST: "money" },
  "/reallocation/{id}": { GET: "money" },
  "/reallocation/{id}/cancel": { POST: "money" },
  "/reconciliations": { GET: "money", POST: "money" },
  "/reconciliations/{id}": { GET: "money" },
  "/reconciliations/{id}/accept": { POST: "money" },
  "/reconciliations/{id}/withdraw": { POST: "money" },
  "/repricing": { GET: "money", POST: "money" },
  "/repricing/preview": { POST: "money" },
  "/repricing/{id}": { GET: "money" },
  "/repricing/{id}/cancel": { POST: "money" },
  "/sessions": { GET: "all" },
  "/sessions/{id}": { GET: "all" },
  "/shared-costs": { GET: "money", POST: "money" },
  "/shared-costs/{id}": { PUT: "money", DELETE: "money" },
  "/statement.csv": { GET: "all" },
  "/statements": { GET: "all" },
  "/statements.csv": { GET: "all" },
  "/stream": { GET: "all" },
  "/team-costs": { GET: "all" },
  "/team-costs.csv": { GET: "all" },
  "/team-costs/receipt": { GET: "all" },
  "/teams": { GET: "all", POST: "admin" },
  "/teams/{slug}": { GET: "all", PATCH: "admin" },
  "/teams/{slug}/merge": { POST: "admin" },
  "/teams/{slug}/split": { POST: "admin" },
  "/tool-calls": { GET: "all" },
  "/usage": { GET: "all" },
  "/usage.csv": { GET: "all" },
  "/usage/receipt": { GET: "all" },
  "/usage/changes": { GET: "all" },
  "/webhooks": { GET: "admin", POST: "admin" },
  "/webhooks/{id}": { GET: "admin", PATCH: "admin", DELETE: "admin" },
  "/webhooks/{id}/deliveries": { GET: "admin" },
  "/webhooks/{id}/rotate": { POST: "admin" },
  "/webhooks/{id}/test": { POST: "admin" },
  other: { GET: "all", POST: "all", PUT: "all", PATCH: "all", DELETE: "all" },
} as const satisfies Record<string, { readonly [method: string]: Access }>;

export type ApiName = keyof typeof API_ACCESS;

const ROLES: Readonly<Record<Access, readonly Role[]>> = {
  open: ["admin", "finance", "manager", "viewer"],
  all: ["admin", "finance", "manager", "viewer"],
  manager: ["admin", "finance", "manager"],
  money: ["admin", "finance"],
  admin: ["admin"],
};

/** Whether somebody of this role and these teams may use what has this access. */
export function mayUse({ role, teams }: Pick<Viewer, "role" | "teams">, access: Access): boolean {
  const needsAllTeams = access === "money" || access === "admin";
  return ROLES[access].includes(role) && (!needsAllTeams || teams === "all");
}

/** The access of a method of an address; undefined where it takes none of the kind. */
export function accessOf(name: ApiName, method: string): Access | undefined {
  const methods: { readonly [method: string]: Access } = API_ACCESS[name];
  return methods[method];
}
