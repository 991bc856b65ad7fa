import { z } from "zod";
import { ParameterError, parameterError } from "#lib/parameters/parameter-error.ts";

export const Cursor = z
  .string()
  .max(2_000)
  .meta({ description: "`next_cursor` of the page before" });

/**
 * Reads the query of a URL by a schema: filters as lists, everything else once.
 *
 * @throws {ParameterError} naming every mistake, unknown parameters included.
 */
export function parseQuery<Shape extends z.ZodRawShape>(
  schema: z.ZodObject<Shape>,
  search: URLSearchParams,
): z.output<z.ZodObject<Shape>> {
  const parsed = z.strictObject(schema.shape).safeParse(rawQuery(search));
  if (parsed.success) return parsed.data as z.output<z.ZodObject<Shape>>;
  throw parameterError(parsed.error, Object.keys(schema.shape));
}

/** The query as it stands. @throws {ParameterError} when something but a filter is given twice. */
export function rawQuery(search: URLSearchParams): Record<string, string | string[]> {
  const raw: Record<string, string | string[]> = {};
  const twice: string[] = [];
  for (const name of new Set(search.keys())) {
    const values = search.getAll(name);
    if (name.startsWith("filter.")) raw[name] = values;
    else if (values.length > 1) twice.push(name);
    // A plus sign that nobody encoded arrives as a space.
    else raw[name] = (values[0] ?? "").replace(/^(.*T.*) (\d\d:?\d\d)$/, "$1+$2");
  }
  if (twice.length === 0) return raw;
  throw new ParameterError(twice.map((parameter) => ({ parameter, detail: "is given twice" })));
}

export const NoParameters = z.strictObject({});
