import { apiRoute } from "../_lib/api-route.ts";
import { notFound } from "../_lib/problem.ts";

const unknown = () => {
  throw notFound("address; see /api/v1/openapi.json");
};

export const { GET, POST, PUT, PATCH, DELETE } = apiRoute("other", {
  GET: unknown,
  POST: unknown,
  PUT: unknown,
  PATCH: unknown,
  DELETE: unknown,
});
