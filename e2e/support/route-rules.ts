/**
 * Who may use what: the one list that the access walk goes by. A page, an
 * address or an action that is not here fails the tests.
 *
 * - `open`: nobody needs to be anybody.
 * - `all`: every role, within its own teams.
 * - `manager`: all but viewers, within their own teams.
 * - `money`: admins and finance with all teams.
 * - `admin`: admins with all teams.
 */
export type Access = "open" | "all" | "manager" | "money" | "admin";

/** Pages by path. */
export const PAGES: Readonly<Record<string, Access>> = {
  "/": "all",
  "/connect": "admin",
  "/data-quality": "all",
  "/data-quality/twins": "all",
  "/events": "all",
  "/events/[id]": "all",
  "/explore": "all",
  "/import": "money",
  "/models": "all",
  "/prices": "all",
  "/prices/import": "money",
  "/prices/model": "all",
  "/prices/new": "money",
  "/sessions": "all",
  "/sessions/[id]": "all",
  "/settings/currency": "money",
  "/settings/keys": "admin",
  "/settings/people": "admin",
  "/settings/rules": "money",
  "/settings/rules/[id]": "money",
  "/settings/rules/new": "admin",
  "/settings/teams": "money",
  "/setup": "open",
  "/sign-in": "open",
  "/tools": "all",
  "/unpriced": "all",
};

/** Addresses that answer other than with pages, with the access of each method that they take. */
export const ADDRESSES: Readonly<Record<string, Readonly<Record<string, Access>>>> = {
  "/api/auth/[...all]": { GET: "open", POST: "open" },
  "/api/health": { GET: "open" },
  "/api/ready": { GET: "open" },
  "/api/v1/[...path]": {},
  "/api/v1/currency": { GET: "all", PUT: "admin" },
  "/api/v1/currency/rates": { POST: "money" },
  "/api/v1/data-quality": { GET: "all" },
  "/api/v1/events": { GET: "all" },
  "/api/v1/events/[id]/receipt": { GET: "all" },
  "/api/v1/keys": { GET: "admin", POST: "admin" },
  "/api/v1/keys/[id]": { GET: "admin", DELETE: "admin" },
  "/api/v1/keys/[id]/rotate": { POST: "admin" },
  "/api/v1/model-aliases": { POST: "money" },
  "/api/v1/openapi.json": { GET: "open" },
  "/api/v1/prices": { GET: "all", POST: "money" },
  "/api/v1/prices/[id]": { DELETE: "money" },
  "/api/v1/prices/import": { POST: "money" },
  "/api/v1/prices/unpriced": { GET: "all" },
  "/api/v1/quote": { POST: "all" },
  "/api/v1/sessions": { GET: "all" },
  "/api/v1/sessions/[id]": { GET: "all" },
  "/api/v1/stream": { GET: "all" },
  "/api/v1/tool-calls": { GET: "all" },
  "/api/v1/usage": { GET: "all" },
  "/api/v1/usage.csv": { GET: "all" },
  "/connect/first-event": { GET: "admin" },
  "/import/run": { POST: "money" },
  "/metrics": { GET: "open" },
};

/** Server actions by name: each is an address of its own, whatever page it was written for. */
export const ACTIONS: Readonly<Record<string, Access>> = {
  changeRuleAction: "admin",
  chooseCurrencyAction: "admin",
  chooseLocaleAction: "open",
  chooseThemeAction: "open",
  createFirstAdminAction: "open",
  createIngestKeyAction: "admin",
  createKeyAction: "admin",
  createPersonAction: "admin",
  createTeamAction: "admin",
  recordAliasAction: "money",
  recordPriceAction: "money",
  revokeKeyAction: "admin",
  rotateKeyAction: "admin",
  saveRuleAction: "admin",
  setAccessAction: "admin",
  setContentPolicyAction: "admin",
  setSignInAction: "admin",
  signOutAction: "open",
  tryRulesAction: "money",
  withdrawPriceAction: "money",
};
