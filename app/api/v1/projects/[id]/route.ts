import { listProjects, ProjectChange, updateProject } from "#lib/organization/projects.ts";
import { apiRoute, json } from "../../_lib/api-route.ts";
import { projectBody } from "../../_lib/organization.ts";
import { notFound } from "../../_lib/problem.ts";
import { NoParameters, parseQuery } from "../../_lib/query.ts";
import { requestInput } from "../../_lib/request-input.ts";

export const { GET, POST, PUT, PATCH, DELETE } = apiRoute("/projects/{id}", {
  PATCH: async ({ request, url, params, viewer, sql, nowMs }) => {
    parseQuery(NoParameters, url.searchParams);
    const wanted = await requestInput(request, ProjectChange);
    await updateProject(sql, { by: viewer, now: new Date(nowMs) }, params.id ?? "", wanted);
    const project = (await listProjects(sql, viewer)).find(({ id }) => id === params.id);
    if (project === undefined) throw notFound("project");
    return json(projectBody(project));
  },
});
