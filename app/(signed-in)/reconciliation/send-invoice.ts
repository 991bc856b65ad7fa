import type { z } from "zod";
import type { UploadBody } from "#app/api/v1/_lib/reconciliations.ts";
import { MOST_INVOICE_BYTES } from "#lib/invoices/invoice-line.ts";

export type UploadTexts = z.output<typeof UploadBody>;

/** Sends a file to be held against the ledger. @returns What it came to, or why not, in words. */
export async function sendInvoice(
  file: File,
  params: URLSearchParams,
): Promise<UploadTexts | string> {
  if (file.size > MOST_INVOICE_BYTES) return "too_large";
  try {
    const response = await fetch(`/api/v1/reconciliations?${params}`, {
      method: "POST",
      body: file,
      headers: { "content-type": "application/octet-stream" },
    });
    const body: unknown = await response.json();
    if (response.ok) return body as UploadTexts;
    return wordsOf(body);
  } catch {
    return "unreachable";
  }
}

function wordsOf(problem: unknown): string {
  const { detail, errors } = problem as {
    readonly detail?: unknown;
    readonly errors?: readonly { readonly parameter: string; readonly detail: string }[];
  };
  const wrong = errors?.map((error) => `${error.parameter} ${error.detail}`).join("; ");
  return wrong ?? (typeof detail === "string" ? detail : "internal");
}
