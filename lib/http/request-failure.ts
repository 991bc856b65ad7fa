/**
 * Why a request to an address given by a user got no answer. Few words, so that
 * nobody can tell from them what stands where behind a firewall.
 */
export type RequestFailureReason =
  | "bad_url"
  | "address_refused"
  | "name_not_found"
  | "no_connection"
  | "tls"
  | "timeout"
  | "bad_answer";

const WORDS: { readonly [Reason in RequestFailureReason]: string } = {
  bad_url: "the address must be an https:// URL without user name, on port 443 or 8443",
  address_refused: "the address leads to a private or reserved network, which is not allowed",
  name_not_found: "the host name is not known",
  no_connection: "no connection could be made",
  tls: "the server's certificate is not trusted",
  timeout: "no answer came in time",
  bad_answer: "the answer is no proper HTTP",
};

export class RequestFailure extends Error {
  override readonly name = "RequestFailure";
  readonly reason: RequestFailureReason;

  constructor(reason: RequestFailureReason, options: ErrorOptions = {}) {
    super(WORDS[reason], options);
    this.reason = reason;
  }
}

/** The failure that an error of node's network stands for. */
export function requestFailure(error: unknown): RequestFailure {
  if (error instanceof RequestFailure) return error;
  return new RequestFailure(reasonOf(error), { cause: error });
}

function reasonOf(error: unknown): RequestFailureReason {
  if (!(error instanceof Error)) return "no_connection";
  if (error.name === "AbortError" || error.name === "TimeoutError") return "timeout";
  const code = "code" in error ? String(error.code) : "";
  if (code === "ENOTFOUND" || code === "EAI_AGAIN" || code === "ENODATA") return "name_not_found";
  if (code.startsWith("HPE_")) return "bad_answer";
  if (/CERT|ERR_TLS|ERR_SSL|EPROTO|UNABLE_TO/.test(code)) return "tls";
  return "no_connection";
}
