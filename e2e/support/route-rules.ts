import { type Access, API_ACCESS } from "../../app/api/v1/_lib/api-access.ts";

// Who may use what: the access walk goes by these lists. A page, an address or
// an action that is not here fails the tests. What the words mean stands with
// `Access`; the addresses of the API are locked by the very list they are
// walked by.

/** Pages by path. */
export const PAGES: Readonly<Record<string, Access>> = {
  "/": "all",
  "/budgets": "all",
  "/budgets/[id]": "all",
  "/budgets/[id]/edit": "manager",
  "/budgets/import": "manager",
  "/budgets/new": "manager",
  "/calculator": "all",
  "/connect": "admin",
  "/cost-models": "all",
  "/cost-models/[team]": "all",
  "/data-quality": "all",
  "/data-quality/twins": "all",
  "/events": "all",
  "/events/[id]": "all",
  "/explore": "all",
  "/forgot": "open",
  "/import": "money",
  "/link": "open",
  "/models": "all",
  "/plan-or-pay": "all",
  "/prices": "all",
  "/prices/aliases": "all",
  "/prices/checks": "all",
  "/prices/import": "money",
  "/prices/model": "all",
  "/prices/new": "money",
  "/sessions": "all",
  "/sessions/[id]": "all",
  "/settings/audit": "admin",
  "/settings/currency": "money",
  "/settings/keys": "admin",
  "/settings/people": "admin",
  "/settings/rules": "money",
  "/settings/rules/[id]": "money",
  "/settings/rules/new": "admin",
  "/settings/teams": "money",
  "/settings/webhooks": "admin",
  "/settings/webhooks/[id]": "admin",
  "/settings/webhooks/new": "admin",
  "/setup": "open",
  "/sign-in": "open",
  "/tools": "all",
  "/unpriced": "all",
};

/** Addresses that answer other than with pages, with the access of each method that they take. */
export const ADDRESSES: Readonly<Record<string, Readonly<Record<string, Access>>>> = {
  ...apiAddresses(),
  "/api/auth/[...all]": { GET: "open", POST: "open" },
  "/api/health": { GET: "open" },
  "/api/ready": { GET: "open" },
  "/api/v1/[...path]": {},
  "/api/v1/openapi.json": { GET: "open" },
  "/connect/first-event": { GET: "admin" },
  "/import/run": { POST: "money" },
  "/metrics": { GET: "open" },
};

/** Server actions by name: each is an address of its own, whatever page it was written for. */
export const ACTIONS: Readonly<Record<string, Access>> = {
  archiveBudgetAction: "manager",
  askIncreaseAction: "all",
  changeRuleAction: "admin",
  chooseCurrencyAction: "admin",
  chooseLocaleAction: "open",
  chooseThemeAction: "open",
  createFirstAdminAction: "open",
  createIngestKeyAction: "admin",
  createKeyAction: "admin",
  createPersonAction: "admin",
  createTeamAction: "admin",
  draftCostModelAction: "money",
  decideIncreaseAction: "all",
  createWebhookAction: "admin",
  deleteWebhookAction: "admin",
  endAliasAction: "money",
  importBudgetsAction: "manager",
  muteBudgetAction: "manager",
  followLinkAction: "open",
  inviteAction: "admin",
  recheckAction: "money",
  recordAliasAction: "money",
  recordPriceAction: "money",
  replayDeliveryAction: "admin",
  resetLinkAction: "admin",
  revokeKeyAction: "admin",
  rotateKeyAction: "admin",
  saveBudgetAction: "manager",
  rotateWebhookAction: "admin",
  saveRuleAction: "admin",
  sendResetAction: "open",
  setAccessAction: "admin",
  setContentPolicyAction: "admin",
  setSignInAction: "admin",
  signOutAction: "open",
  switchWebhookAction: "admin",
  testWebhookAction: "admin",
  tryRulesAction: "money",
  withdrawCostModelAction: "money",
  unmuteBudgetAction: "manager",
  withdrawInvitationAction: "admin",
  withdrawPriceAction: "money",
};

/** `/events/{id}/receipt` is where `app/api/v1/events/[id]/receipt` answers. */
function apiAddresses() {
  const { other: _, ...known } = API_ACCESS;
  return Object.fromEntries(
    Object.entries(known).map(([name, methods]) => [
      `/api/v1${name.replaceAll("{", "[").replaceAll("}", "]")}`,
      methods,
    ]),
  );
}
