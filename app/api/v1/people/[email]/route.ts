import { requireAdmin } from "#lib/access/rights.ts";
import { removePerson, setPerson } from "#lib/organization/change-person.ts";
import { membersByEmail } from "#lib/organization/people.ts";
import { parameterError } from "#lib/parameters/parameter-error.ts";
import { apiRoute, json } from "../../_lib/api-route.ts";
import { PersonChange, PersonInput, personBody, personOf } from "../../_lib/organization.ts";
import { notFound } from "../../_lib/problem.ts";
import { NoParameters, parseQuery } from "../../_lib/query.ts";
import { requestInput } from "../../_lib/request-input.ts";

export const { GET, POST, PUT, PATCH, DELETE } = apiRoute("/people/{email}", {
  PATCH: async ({ request, url, params, viewer, sql, nowMs }) => {
    requireAdmin(viewer);
    parseQuery(NoParameters, url.searchParams);
    const wanted = await requestInput(request, PersonChange);
    const [before] = await membersByEmail(sql, [params.email?.toLowerCase() ?? ""]);
    if (before === undefined) throw notFound("person");
    const whole = personOf(PersonInput.parse({ ...personBody(before), ...wanted }));
    if (!whole.success) throw parameterError(whole.error, []);
    await setPerson(sql, { by: viewer, now: new Date(nowMs) }, whole.data);
    const [after] = await membersByEmail(sql, [before.email]);
    return json(after && personBody(after));
  },
  DELETE: async ({ url, params, viewer, sql, nowMs }) => {
    parseQuery(NoParameters, url.searchParams);
    const email = params.email?.toLowerCase() ?? "";
    await removePerson(sql, { by: viewer, now: new Date(nowMs) }, email);
    return json({ email, removed: true });
  },
});
