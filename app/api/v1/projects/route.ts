import { createProject, listProjects, ProjectInput } from "#lib/organization/projects.ts";
import { apiRoute, json } from "../_lib/api-route.ts";
import { projectBody } from "../_lib/organization.ts";
import { NoParameters, parseQuery } from "../_lib/query.ts";
import { requestInput } from "../_lib/request-input.ts";

export const { GET, POST, PUT, PATCH, DELETE } = apiRoute("/projects", {
  GET: async ({ url, viewer, sql }) => {
    parseQuery(NoParameters, url.searchParams);
    return json({ projects: (await listProjects(sql, viewer)).map(projectBody) });
  },
  POST: async ({ request, url, viewer, sql, nowMs }) => {
    parseQuery(NoParameters, url.searchParams);
    const project = await requestInput(request, ProjectInput);
    await createProject(sql, { by: viewer, now: new Date(nowMs) }, project);
    const made = (await listProjects(sql, viewer)).find(({ id }) => id === project.id);
    return json(made && projectBody(made));
  },
});
