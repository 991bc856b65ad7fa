import { requireAdmin } from "#lib/access/rights.ts";
import { editRule, endRule, moveRule } from "#lib/organization/change-rules.ts";
import { listRules, type RuleVersion } from "#lib/organization/rules.ts";
import { parameterError } from "#lib/parameters/parameter-error.ts";
import {
  type RuleChange as Change,
  RuleChange,
  RuleInput,
  ruleBody,
  ruleOf,
} from "../../_lib/allocation-rules.ts";
import { type ApiCall, apiRoute, json } from "../../_lib/api-route.ts";
import { notFound } from "../../_lib/problem.ts";
import { NoParameters, parseQuery } from "../../_lib/query.ts";
import { requestInput } from "../../_lib/request-input.ts";

export const { GET, POST, PUT, PATCH, DELETE } = apiRoute("/allocation-rules/{id}", {
  PATCH: async (call) => {
    const { request, url, viewer, sql, nowMs } = call;
    requireAdmin(viewer);
    parseQuery(NoParameters, url.searchParams);
    const { move, ...wanted } = await requestInput(request, RuleChange);
    const change = { by: viewer, now: new Date(nowMs) };
    let rule = await ruleIn(call);
    if (Object.values(wanted).some((value) => value !== undefined)) {
      const whole = ruleOf(RuleInput.parse({ ...inputOf(rule), ...inputFrom(wanted) }));
      if (!whole.success) throw parameterError(whole.error, []);
      await editRule(sql, change, rule.id, whole.data);
      rule = await ruleIn(call, rule.lineage);
    }
    if (move !== undefined) {
      await moveRule(sql, change, rule.id, move === "up" ? -1 : 1);
      rule = await ruleIn(call, rule.lineage);
    }
    return json(ruleBody(rule));
  },
  DELETE: async (call) => {
    const { url, viewer, sql, nowMs } = call;
    requireAdmin(viewer);
    parseQuery(NoParameters, url.searchParams);
    const { id } = await ruleIn(call);
    await endRule(sql, { by: viewer, now: new Date(nowMs) }, id);
    return json({ id, ended: true });
  },
});

/** The rule of the address, by the id of a version that is in force or of the rule itself. */
async function ruleIn(
  { sql, viewer, nowMs, params }: ApiCall,
  lineage?: string,
): Promise<RuleVersion> {
  const id = lineage ?? params.id ?? "";
  const rules = await listRules(sql, viewer, new Date(nowMs));
  const rule =
    rules.find((candidate) => candidate.id === id && lineage === undefined) ??
    rules.findLast((candidate) => candidate.lineage === id);
  if (rule === undefined) throw notFound("rule in force");
  return rule;
}

/** A rule as it would be sent, for events from now on. */
function inputOf({ name, conditions, assign, ofTeam, effectiveTo }: RuleVersion) {
  const effective_to = effectiveTo?.toISOString() ?? null;
  return { name, conditions, assign, of_team: ofTeam, effective_to };
}

function inputFrom(wanted: Omit<Change, "move">) {
  const { effective_from: from, effective_to: to, ...rest } = wanted;
  const given = Object.entries(rest).filter(([, value]) => value !== undefined);
  return {
    ...Object.fromEntries(given),
    ...(from === undefined ? {} : { effective_from: from?.toISOString() ?? null }),
    ...(to === undefined ? {} : { effective_to: to?.toISOString() ?? null }),
  };
}
