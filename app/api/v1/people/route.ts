import { z } from "zod";
import { setPerson } from "#lib/organization/change-person.ts";
import { listPeople, membersByEmail } from "#lib/organization/people.ts";
import { parameterError } from "#lib/parameters/parameter-error.ts";
import { apiRoute, json } from "../_lib/api-route.ts";
import { decodeCursor, encodeCursor, questionOf } from "../_lib/cursor.ts";
import { PeopleParameters, PersonInput, personBody, personOf } from "../_lib/organization.ts";
import { NoParameters, parseQuery } from "../_lib/query.ts";
import { requestInput } from "../_lib/request-input.ts";

export const { GET, POST, PUT, PATCH, DELETE } = apiRoute("/people", {
  GET: async ({ url, viewer, sql }) => {
    const { q, team, limit, cursor } = parseQuery(PeopleParameters, url.searchParams);
    const question = questionOf(url);
    const found = await listPeople(sql, viewer, {
      ...(q === undefined ? {} : { search: q }),
      ...(team === undefined ? {} : { team }),
      ...(cursor === undefined ? {} : { after: decodeCursor(cursor, question, z.string()) }),
      limit: limit + 1,
    });
    const people = found.slice(0, limit);
    const last = found.length > limit ? people.at(-1) : undefined;
    return json({
      people: people.map(personBody),
      next_cursor: last === undefined ? null : encodeCursor(question, last.email),
    });
  },
  POST: async ({ request, url, viewer, sql, nowMs }) => {
    parseQuery(NoParameters, url.searchParams);
    const person = personOf(await requestInput(request, PersonInput));
    if (!person.success) throw parameterError(person.error, []);
    await setPerson(sql, { by: viewer, now: new Date(nowMs) }, person.data);
    const [made] = await membersByEmail(sql, [person.data.email]);
    return json(made && personBody(made));
  },
});
