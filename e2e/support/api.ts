import type { z } from "zod";
import { ENVIRONMENT } from "./outlay.ts";

/** Asks an address of the product as it is, by default as an admin's API key. */
export function ask(path: string, key: string | null = ENVIRONMENT.apiKey): Promise<Response> {
  const headers = key === null ? {} : { authorization: `Bearer ${key}` };
  return fetch(ENVIRONMENT.webUrl + path, { headers, redirect: "manual" });
}

/** Asks the API and reads its answer by the schema; anything but 200 throws. */
export async function askApi<T>(schema: z.ZodType<T>, path: string, key?: string): Promise<T> {
  return readAnswer(schema, path, await ask(`/api/v1${path}`, key));
}

/** As `askApi`, with a JSON body. */
export async function postApi<T>(schema: z.ZodType<T>, path: string, body: unknown): Promise<T> {
  const response = await fetch(`${ENVIRONMENT.webUrl}/api/v1${path}`, {
    method: "POST",
    headers: {
      authorization: `Bearer ${ENVIRONMENT.apiKey}`,
      "content-type": "application/json",
    },
    body: JSON.stringify(body),
  });
  return readAnswer(schema, path, response);
}

async function readAnswer<T>(schema: z.ZodType<T>, path: string, response: Response): Promise<T> {
  const text = await response.text();
  if (response.status !== 200) throw new Error(`${path}: ${response.status} ${text}`);
  const parsed = schema.safeParse(JSON.parse(text));
  if (!parsed.success) throw new Error(`${path}: ${parsed.error.message}\n${text.slice(0, 2000)}`);
  return parsed.data;
}
