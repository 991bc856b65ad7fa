import { readFile } from "node:fs/promises";
import type { z } from "zod";
import { AppError } from "#lib/errors.ts";

/**
 * Reads a JSON file of a known shape; "-" reads standard input.
 *
 * @param usage Shown when no file was named.
 * @throws {AppError} "invalid" when the file is missing, is not JSON or has another shape.
 */
export async function readJsonFile<Shape extends z.ZodType>(
  file: string | null,
  shape: Shape,
  usage: string,
): Promise<z.infer<Shape>> {
  if (file === null) throw new AppError(`usage: ${usage}`, { code: "invalid" });
  const parsed = shape.safeParse(parseJson(await readText(file), file));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const where = issue?.path.join(".") || "the whole";
  throw new AppError(`${file}: ${where}: ${issue?.message ?? "has another shape"}`, {
    code: "invalid",
  });
}

async function readText(file: string): Promise<string> {
  try {
    return file === "-" ? await readAll(process.stdin) : await readFile(file, "utf8");
  } catch (cause) {
    throw new AppError(`cannot read ${file}: ${(cause as Error).message}`, {
      code: "invalid",
      cause,
    });
  }
}

async function readAll(stream: AsyncIterable<Buffer | string>): Promise<string> {
  let whole = "";
  for await (const part of stream) whole += part;
  return whole;
}

function parseJson(whole: string, file: string): unknown {
  try {
    return JSON.parse(whole);
  } catch (cause) {
    throw new AppError(`${file} is not JSON`, { code: "invalid", cause });
  }
}
