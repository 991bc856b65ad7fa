import { problemResponse } from "#app/_server/problem.ts";
import { AppError } from "#lib/errors.ts";
import { ParameterError } from "#lib/parameters/parameter-error.ts";

/** The answer to a failed API request (RFC 9457); a bad request lists every mistake in `errors`. */
export function apiProblem(error: unknown): Response {
  if (!(error instanceof ParameterError)) return problemResponse(error);
  const body = {
    type: "about:blank",
    title: "Bad Request",
    status: 400,
    detail: error.message,
    code: error.code,
    errors: error.mistakes,
  };
  return Response.json(body, {
    status: 400,
    headers: { "content-type": "application/problem+json", "cache-control": "no-store" },
  });
}

export function notFound(what: string): AppError {
  return new AppError(`There is no such ${what}`, { code: "not_found" });
}

export function methodNotAllowed(allowed: readonly string[]): Response {
  const body = {
    type: "about:blank",
    title: "Method Not Allowed",
    status: 405,
    detail: `This address takes ${allowed.join(", ")}`,
    code: "method_not_allowed",
  };
  return Response.json(body, {
    status: 405,
    headers: {
      "content-type": "application/problem+json",
      "cache-control": "no-store",
      allow: allowed.join(", "),
    },
  });
}
