/** Whoever changes a budget, an increase or a mute notifies this; the payload is the budget's id. */
export const BUDGET_CHANNEL = "outlay_budgets";
