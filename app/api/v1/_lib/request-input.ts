import type { z } from "zod";
import { parameterError } from "#lib/parameters/parameter-error.ts";
import { requestJson } from "./request-json.ts";

/** Reads a JSON body by a schema. @throws {ParameterError} naming every mistake. */
export async function requestInput<Schema extends z.ZodType>(
  request: Request,
  schema: Schema,
): Promise<z.output<Schema>> {
  const parsed = schema.safeParse(await requestJson(request));
  if (!parsed.success) throw parameterError(parsed.error, []);
  return parsed.data;
}
