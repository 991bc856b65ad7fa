import type { ImportSource } from "#lib/imports/import-source.ts";
import type { ImportAnswer } from "./import-answer.ts";

/** Sends a file to be checked or imported; a text says why it could not be. */
export async function sendImport(
  source: ImportSource,
  content: File | string,
  commit: boolean,
): Promise<ImportAnswer | string> {
  const params = new URLSearchParams({ source, ...(commit && { commit: "1" }) });
  try {
    const response = await fetch(`/import/run?${params}`, {
      method: "POST",
      body: content,
      headers: { "content-type": "application/octet-stream" },
    });
    const body: unknown = await response.json();
    if (response.ok) return body as ImportAnswer;
    const { code } = body as { readonly code?: unknown };
    return typeof code === "string" ? code : "internal";
  } catch {
    return "unreachable";
  }
}
