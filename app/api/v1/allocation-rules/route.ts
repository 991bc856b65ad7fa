import { createRule } from "#lib/organization/change-rules.ts";
import { listRules, listRuleVersions } from "#lib/organization/rules.ts";
import { parameterError } from "#lib/parameters/parameter-error.ts";
import { RuleInput, RulesParameters, ruleBody, ruleOf } from "../_lib/allocation-rules.ts";
import { apiRoute, json } from "../_lib/api-route.ts";
import { NoParameters, parseQuery } from "../_lib/query.ts";
import { requestInput } from "../_lib/request-input.ts";

export const { GET, POST, PUT, PATCH, DELETE } = apiRoute("/allocation-rules", {
  GET: async ({ url, viewer, sql, nowMs }) => {
    const { history, limit } = parseQuery(RulesParameters, url.searchParams);
    const rules =
      history === "true"
        ? await listRuleVersions(sql, viewer, { limit })
        : await listRules(sql, viewer, new Date(nowMs));
    return json({ rules: rules.slice(0, limit).map(ruleBody) });
  },
  POST: async ({ request, url, viewer, sql, nowMs }) => {
    parseQuery(NoParameters, url.searchParams);
    const rule = ruleOf(await requestInput(request, RuleInput));
    if (!rule.success) throw parameterError(rule.error, []);
    const id = await createRule(sql, { by: viewer, now: new Date(nowMs) }, rule.data);
    const [made] = await listRuleVersions(sql, viewer, { lineage: id, limit: 1 });
    return json(made && ruleBody(made));
  },
});
