import { AppError } from "#lib/errors.ts";
import { ParameterError } from "#lib/parameters/parameter-error.ts";
import { because } from "#lib/refusals/reason.ts";

const SMALL_BYTES = 65_536;

/**
 * Reads a JSON body, a small one unless an address takes longer lists.
 *
 * @throws {AppError} "unsupported" for other content types, "too_large" beyond so
 *   many bytes, "invalid" when it is no JSON.
 */
export async function requestJson(request: Request, mostBytes = SMALL_BYTES): Promise<unknown> {
  const type = request.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase() ?? "";
  if (type !== "application/json" && !type.endsWith("+json")) {
    throw new AppError("Send the body as application/json", { code: "unsupported" });
  }
  return parseJson(await requestText(request, mostBytes));
}

/** @throws {AppError} "invalid" when it is no JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new ParameterError([{ parameter: "body", detail: "is no JSON" }], { cause });
  }
}

/** Reads a body as text. @throws {AppError} "too_large" beyond so many bytes. */
export async function requestText(request: Request, mostBytes: number): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  const tooLarge = new AppError(because("too_large", { kib: mostBytes / 1024 }), {
    code: "too_large",
  });
  if (Number(request.headers.get("content-length")) > mostBytes) throw tooLarge;
  for await (const chunk of request.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > mostBytes) throw tooLarge;
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}
